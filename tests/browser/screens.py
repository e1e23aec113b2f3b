"""Every screen of the product, once: what it shows, where it is, who looks. Axe and the pictures go by this list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from playwright.sync_api import Page, Response

from guidance.models import Document
from organisations.models import FolderImport
from participants.models import (
    DestructionList,
    LogReview,
    PersonExport,
    PersonRequest,
    ProcessingActivity,
    RetentionClass,
)
from reporting.models import StatisticDelivery
from tests.browser import filling
from tests.browser.world import World

MAIN_BUTTON = "main form .btn-primary"


@dataclass(frozen=True)
class Screen:
    """One screen in one state.

    Attributes:
        name: of its picture; what it shows, and after a dash the state.
        part: screens of one part are looked at in one test.
        view: the name of its address, empty for a page without one (404).
        who: whose first name in the world, or ``nobody``.
        about: where in the world, from the world to the argument of the address, or a list of them.
        query: what stands after the question mark.
        send: whether the form is sent as it stands, to see what is wrong with it.
        fill: what is filled in before it is sent.
        status: what the site answers.
        most_kilobytes: how heavy the page may be.
    """

    name: str
    part: str
    view: str
    who: str
    about: Callable[[World], object] | None = None
    query: str = ""
    send: bool = False
    fill: Callable[[Page], None] | None = None
    status: int = 200
    most_kilobytes: int = 40

    def address(self, world: World) -> str:
        if not self.view:
            return "/bestaat-niet/"
        about = [] if self.about is None else self.about(world)
        return reverse(self.view, args=about if isinstance(about, list) else [about]) + self.query

    def open(self, page: Page, world: World) -> Response:
        """Go to the screen in the state it is about, and give what the site answered."""
        answer = page.goto(self.address(world))
        if self.fill:
            self.fill(page)
        if self.send or self.fill:
            with page.expect_navigation() as sent:
                page.locator(MAIN_BUTTON).last.dispatch_event("click")  # for the hand see the journeys
            answer = sent.value
        assert answer is not None
        return answer


def person(name: str) -> Callable[[World], object]:
    return lambda world: world.person(name).pk


def trajectory(name: str) -> Callable[[World], object]:
    return lambda world: world.trajectories[name].pk


def session(name: str) -> Callable[[World], object]:
    return lambda world: world.sessions[name].pk


def report(name: str) -> Callable[[World], object]:
    return lambda world: world.reports[name].pk


def story(world: World) -> object:
    return world.reports["stuck"].texts.get(kind="story").pk


def tranche(name: str) -> Callable[[World], object]:
    return lambda world: world.tranches[name].pk


def agreement(world: World) -> object:
    return world.cast.agreement.pk


def last_event(name: str) -> Callable[[World], object]:
    return lambda world: world.trajectories[name].events.order_by("sequence").last().pk  # type: ignore[union-attr]


def provision(world: World) -> object:
    return world.trajectories["samira"].provisions.get().pk


def delivery(world: World) -> object:
    return StatisticDelivery.objects.get(rows=2).pk


def uploaded(state: str) -> Callable[[World], object]:
    return lambda world: FolderImport.objects.get(state=state).pk


def letter(world: World) -> object:
    return Document.objects.get(kind="letter", state="ready").pk


def sem(world: World) -> object:
    return world.staff["sem"].pk


def factor_of_sem(world: World) -> object:
    return world.staff["sem"].second_factors.get(name="Telefoon").pk


def group(world: World) -> object:
    return world.group.pk


def goal(world: World) -> object:
    return world.cast.samira.goals.order_by("set_on", "pk").first().pk  # type: ignore[union-attr]


def first_ladder(world: World) -> list[object]:
    return ["no_first_ladder", world.trajectories["samira"].pk]


def referral_day(world: World) -> list[object]:
    return ["started_without_referral_date", world.trajectories["samira"].pk]


def no_position(world: World) -> list[object]:
    return ["no_position", provision(world)]


def destruction_list(world: World) -> object:
    return DestructionList.objects.get(provider=world.cast.provider).pk


def asked(kind: str) -> Callable[[World], object]:
    return lambda world: PersonRequest.objects.get(kind=kind).pk


def export(world: World) -> object:
    return PersonExport.objects.get(json__isnull=False).pk


def sample(world: World) -> object:
    return LogReview.objects.get(provider=world.cast.provider).pk


def activity(world: World) -> object:
    return ProcessingActivity.objects.get(provider=world.cast.provider, code="B1").pk


def retention_class(world: World) -> object:
    return RetentionClass.objects.get(provider=world.cast.provider, code="TRAJ-PW").pk


def figure(name: str) -> Callable[[World], object]:
    return lambda world: name


door = partial(Screen, part="door", who="nobody")
day = partial(Screen, part="day", who="noor")
file = partial(Screen, part="file", who="noor", about=person("samira"))
writing = partial(Screen, part="writing", who="noor")
move = partial(Screen, part="moves", who="noor")
figures = partial(Screen, part="figures", who="ineke")
reports = partial(Screen, part="reports", who="ineke")
signals = partial(Screen, part="signals", who="ineke")
demands = partial(Screen, part="demands", who="fenna")
privacy = partial(Screen, part="privacy", who="piet")

SCREENS: tuple[Screen, ...] = (
    door("inloggen", view="login"),
    door("inloggen-fout", view="login", send=True),
    door("inloggen-weggeweest", view="login", query="?why=idle&next=/vandaag/"),
    door("inloggen-wachten", view="login", fill=filling.guessed_too_often, status=429),
    door("waar-ingelogd", view="organisations:sign_ins", who="sem"),
    door("inloggen-passkey", view="organisations:passkey_sign_in"),
    door("inloggen-stap-twee", view="login", fill=filling.password_of_sem),
    door("stap-twee-instellen", view="organisations:set_up", who="sem"),
    door("app-instellen", view="organisations:set_up_app", who="sem"),
    door("app-instellen-fout", view="organisations:set_up_app", who="sem", send=True),
    door("passkey-toevoegen", view="organisations:add_passkey", who="sem"),
    door("stap-weghalen", view="organisations:remove_factor", who="sem", about=factor_of_sem),
    door("herstelcodes-vernieuwen", view="organisations:renew_codes", who="sem"),
    door("herstelcodes", view="organisations:renew_codes", who="sem", fill=filling.own_password),
    door("wachtwoord", view="organisations:change_password", who="sem"),
    door("wachtwoord-fout", view="organisations:change_password", who="sem", send=True),
    door("stap-twee-kwijt", view="organisations:reset_factors", who="fenna", about=sem),
    door("geen-rol", view="organisations:home", who="uma"),
    door("geen-toegang", view="guidance:people", who="omar", status=403),
    door("niet-gevonden", view="", who="noor", status=404),
    door("te-veel-geopend", view="guidance:person", who="bo", about=person("samira"), status=429),
    door("niet-van-jou", view="guidance:person", who="sem", about=person("samira"), status=404),
    day("vandaag", view="guidance:today"),
    day("vandaag-leeg", view="guidance:today", who="sem"),
    day("vandaag-gisteren", view="guidance:today", query="?day=2026-03-16"),
    day("deelnemers", view="guidance:people"),
    day("deelnemers-zoeken", view="guidance:people", query="?q=samria"),
    day("deelnemers-niets-gevonden", view="guidance:people", query="?q=zzz"),
    day("deelnemers-team", view="guidance:people", query="?tab=team&state=running"),
    day("deelnemers-kiezen", view="guidance:people", query="?for=session"),
    day("deelnemers-leeg", view="guidance:people", who="sem"),
    file("deelnemer", view="guidance:person"),
    file("deelnemer-aangemeld", view="guidance:person", about=person("elif")),
    file("deelnemer-manager", view="guidance:person", who="ineke"),
    file("tijdlijn", view="guidance:timeline"),
    file("tijdlijn-sessies", view="guidance:timeline", query="?part=sessions"),
    file("wijzigingen", view="guidance:changes"),
    file("doelen", view="guidance:goals"),
    file("doelen-leeg", view="guidance:goals", about=person("jolanda")),
    file("doel-maken", view="guidance:set_goal"),
    file("doel-maken-fout", view="guidance:set_goal", send=True),
    file("doel-cijfer", view="guidance:rate_goal", about=goal),
    file("doel-sluiten", view="guidance:close_goal", about=goal),
    file("metingen", view="guidance:measurements"),
    file("metingen-leeg", view="guidance:measurements", about=person("jolanda")),
    file("meting-doen", view="guidance:record_assessment"),
    file("meting-doen-fout", view="guidance:record_assessment", send=True),
    file("documenten", view="guidance:documents"),
    file("documenten-leeg", view="guidance:documents", about=person("jolanda")),
    file("document-toevoegen", view="guidance:add_document"),
    file("document-toevoegen-fout", view="guidance:add_document", send=True),
    file("document-verwijderen", view="guidance:remove_document", about=letter),
    file("gegevens", view="guidance:data"),
    file("gegevens-aanpassen", view="guidance:edit_participant"),
    file("let-op", view="guidance:set_attention"),
    file("contact-toevoegen", view="guidance:add_contact"),
    file("contact-toevoegen-fout", view="guidance:add_contact", send=True),
    file("voorzieningen", view="trajectories:provisions"),
    file("voorzieningen-leeg", view="trajectories:provisions", about=person("jolanda")),
    file("voorziening-vastleggen", view="trajectories:add_provision", about=trajectory("jolanda")),
    file("voorziening-aanpassen", view="trajectories:change_provision", about=provision),
    file("voorziening-afsluiten", view="trajectories:end_provision", about=provision),
    file("voorziening-afsluiten-fout", view="trajectories:end_provision", about=provision, send=True),
    file("arbeidsvermogen", view="trajectories:record_position"),
    writing("sessie", view="guidance:log_session", about=trajectory("samira")),
    writing("sessie-fout", view="guidance:log_session", about=trajectory("samira"), send=True),
    writing("sessie-met-wie", view="guidance:log_session_for", about=person("nadia")),
    writing("sessie-aanpassen", view="guidance:edit_session", about=session("samira")),
    writing(
        "sessie-tegelijk",
        view="guidance:edit_session",
        about=session("samira"),
        fill=filling.edited_meanwhile,
        status=409,
    ),
    writing("sessie-lezen", view="guidance:session", about=session("samira")),
    writing("afspraak-plannen", view="guidance:plan_appointment", about=person("wilma")),
    writing("afspraak-plannen-fout", view="guidance:plan_appointment", about=person("wilma"), send=True),
    writing("afspraak-verzetten", view="guidance:move_appointment", about=session("petra")),
    writing("aanmelden", view="guidance:new_participant"),
    writing("aanmelden-fout", view="guidance:new_participant", send=True),
    writing("aanmelden-zelfde-naam", view="guidance:new_participant", fill=filling.look_alike),
    writing("traject-plannen", view="guidance:new_trajectory", about=person("elif")),
    writing("groepen", view="guidance:groups"),
    writing("groepen-leeg", view="guidance:groups", who="sem"),
    writing("groep", view="guidance:group_day", about=group),
    writing("groep-deelnemers", view="guidance:edit_group", about=group),
    move("traject-starten", view="trajectories:start", about=trajectory("elif")),
    move("traject-pauzeren", view="trajectories:pause", about=trajectory("samira")),
    move("terugval", view="trajectories:relapse", about=trajectory("samira")),
    move("weer-gestart", view="trajectories:resume", about=trajectory("kim")),
    move("weer-gestart-kan-niet", view="trajectories:resume", about=trajectory("samira")),
    move("proef", view="trajectories:trial", about=trajectory("petra")),
    move("proef-fout", view="trajectories:trial", about=trajectory("petra"), send=True),
    move("verlengen", view="trajectories:extend", about=trajectory("samira")),
    move("andere-begeleider", view="trajectories:change_coach", about=trajectory("samira")),
    move("gaat-niet-door", view="trajectories:cancel", about=trajectory("elif")),
    move("nazorg", view="trajectories:aftercare", about=trajectory("earlier")),
    move("traject-afsluiten", view="guidance:end_trajectory", about=trajectory("samira")),
    move("traject-afsluiten-fout", view="guidance:end_trajectory", about=trajectory("samira"), send=True),
    move(
        "traject-afsluiten-controleren",
        view="guidance:end_trajectory",
        about=trajectory("samira"),
        fill=filling.ending,
    ),
    move("ongedaan-maken", view="trajectories:void", about=last_event("samira")),
    figures("overzicht", view="reporting:dashboard", most_kilobytes=140),
    figures("overzicht-units", view="reporting:units", who="yara"),
    figures("overzicht-leeg", view="reporting:dashboard", who="mila"),
    figures("overzicht-fout", view="reporting:dashboard", query="?period=own&first=2026-03-02&last=2026-03-01"),
    figures("overzicht-vorig-jaar", view="reporting:dashboard", query="?period=last_year", most_kilobytes=140),
    figures("cijfer", view="reporting:figure", about=figure("participants")),
    figures("cijfer-leeg", view="reporting:figure", about=figure("paid_work"), who="mila"),
    signals("signalen", view="reporting:signals", who="noor"),
    signals("signalen-manager", view="reporting:signals", most_kilobytes=80),
    signals("signalen-een-soort", view="reporting:signals", query="?check=no_first_ladder", most_kilobytes=80),
    signals("signalen-leeg", view="reporting:signals", who="sem"),
    signals("signaal-dubbel", view="reporting:compare_files", about=person("samira")),
    signals("signalen-doorgegeven", view="reporting:signals", query="?passed=1"),
    signals("signaal-klopt-zo", view="reporting:answer_signal", about=first_ladder),
    signals("signaal-klopt-zo-fout", view="reporting:answer_signal", about=first_ladder, send=True),
    signals("signaal-doorgeven", view="reporting:pass_on_signal", about=first_ladder),
    signals("signaal-herstellen", view="reporting:mend_signal", about=referral_day),
    figures("statistiek", view="reporting:statistic"),
    figures("statistiek-leeg", view="reporting:statistic", who="mila"),
    figures("statistiek-controles", view="reporting:statistic_checks"),
    figures("statistiek-klopt-zo", view="reporting:answer_finding", about=no_position),
    figures("statistiek-personen", view="reporting:statistic_people"),
    figures("statistiek-verstuurd", view="reporting:statistic_delivery", about=delivery),
    figures("statistiek-verstuurd-fout", view="reporting:statistic_delivery", about=delivery, send=True),
    signals("cohorten", view="reporting:cohorts", most_kilobytes=60),
    signals("cohorten-leeg", view="reporting:cohorts", who="mila"),
    figures("wachtlijst", view="reporting:waiting"),
    figures("wachtlijst-leeg", view="reporting:waiting", who="mila"),
    figures("cijfer-grafiek", view="reporting:figure", about=figure("participants"), query="?view=chart"),
    figures("cijfer-tabel", view="reporting:figure", about=figure("participants"), query="?view=table"),
    figures("cijfer-onderdelen", view="reporting:figure", about=figure("outcomes_by_kind")),
    figures("weergaven", view="reporting:saved_views", query="?period=last_year"),
    figures("weergaven-fout", view="reporting:saved_views", send=True),
    figures("begrip", view="reporting:definition", about=figure("participants"), who="omar"),
    figures("begrippen", view="reporting:definitions", who="omar"),
    demands("eisen", view="reporting:tranches"),
    demands("eisen-tranche", view="reporting:tranche", about=tranche("holds")),
    demands("eisen-nieuw", view="reporting:open_tranche", about=agreement),
    demands("eisen-nieuw-fout", view="reporting:open_tranche", about=agreement, send=True),
    demands("eisen-afspraken", view="reporting:tranche_terms", about=tranche("draft")),
    demands("eisen-cijfers", view="reporting:tranche_demands", about=tranche("draft"), most_kilobytes=60),
    demands("importeren", view="organisations:folder_imports"),
    demands("importeren-fout", view="organisations:folder_imports", send=True),
    demands("import-bezig", view="organisations:folder_import", about=uploaded("checking")),
    demands("import-fouten", view="organisations:folder_import", about=uploaded("refused")),
    demands("import-klaar", view="organisations:folder_import", about=uploaded("checked")),
    privacy("verzoeken", view="participants:requests"),
    privacy("verzoek", view="participants:request", about=asked("access")),
    privacy("verzoek-fout", view="participants:request", about=asked("access"), send=True),
    privacy("verzoek-wissen", view="participants:request", about=asked("erasure")),
    privacy("verzoek-langer", view="participants:extend_request", about=asked("access")),
    privacy("dossier-zoeken", view="participants:find_file"),
    privacy("dossier-gevonden", view="participants:find_file", query="?q=samira"),
    privacy("dossier", view="participants:privacy_file", about=person("samira")),
    privacy("dossier-afgeschermd", view="participants:privacy_file", about=person("wilma")),
    privacy("dossier-wie-keek", view="participants:who_looked", about=person("samira")),
    privacy("verzoek-nieuw", view="participants:add_request", about=person("samira")),
    privacy("verzoek-nieuw-fout", view="participants:add_request", about=person("samira"), send=True),
    privacy("dossier-verklaring", view="participants:add_statement", about=person("samira")),
    privacy("dossier-beperken", view="participants:restrict", about=person("samira")),
    privacy("dossier-langer-bewaren", view="participants:place_hold", about=person("samira")),
    privacy("dossier-verstrekking", view="participants:add_disclosure", about=person("samira")),
    privacy("dossier-afschermen", view="participants:shield_file", about=person("samira")),
    privacy("dossier-op-papier", view="participants:ask_export", about=person("samira")),
    privacy("op-papier", view="participants:export", about=export),
    privacy("wie-keek", view="participants:log_review"),
    privacy("wie-keek-lijst", view="participants:log_signal", about=figure("no_link")),
    privacy("wie-keek-leeg", view="participants:log_signal", about=figure("peaks")),
    privacy("steekproef", view="participants:log_sample", about=sample),
    privacy("steekproef-fout", view="participants:log_sample", about=sample, send=True),
    privacy("verwerkingen", view="participants:register"),
    privacy("verwerking", view="participants:edit_activity", about=activity),
    privacy("privacy", view="participants:privacy", who="nobody", query="?van=AMF"),
    privacy("dossier-uitleg", view="participants:notice", who="noor", about=person("samira")),
    privacy("bsn-tonen", view="participants:reveal_bsn", who="noor", about=person("samira")),
    privacy("bsn-tonen-fout", view="participants:reveal_bsn", who="noor", about=person("samira"), send=True),
    privacy("afgeschermd-openen", view="participants:emergency", who="noor"),
    privacy("afgeschermd-openen-fout", view="participants:emergency", who="noor", send=True),
    privacy("deelnemer-afgeschermd", view="guidance:person", who="noor", about=person("wilma")),
    privacy("bewaren", view="trajectories:retention"),
    privacy("bewaren-termijn", view="trajectories:edit_retention_class", about=retention_class),
    privacy("bewaren-termijn-fout", view="trajectories:add_retention_class", send=True),
    privacy("bewaren-lijst", view="trajectories:destruction_list", about=destruction_list),
    demands("eisen-controleren", view="reporting:check_tranche", about=tranche("draft")),
    reports("rapporten", view="reporting:reports"),
    reports("rapporten-leeg", view="reporting:reports", who="lotte"),
    reports("rapporten-gemeente", view="reporting:reports", who="omar"),
    reports("rapport-maken", view="reporting:make_report"),
    reports("rapport-maken-fout", view="reporting:make_report", send=True),
    reports("rapport-bezig", view="reporting:report", about=report("progress")),
    reports("rapport-mislukt", view="reporting:report", about=report("failed")),
    reports("rapport-concept", view="reporting:report", about=report("draft"), most_kilobytes=220),
    reports("rapport-geblokkeerd", view="reporting:report", about=report("stuck"), most_kilobytes=220),
    reports("rapport-toelichten", view="reporting:explain_targets", about=report("stuck")),
    reports("rapport-plannen", view="reporting:write_plans", about=report("stuck")),
    reports("rapport-verhaal", view="reporting:add_story", about=report("stuck")),
    reports("rapport-verhaal-fout", view="reporting:add_story", about=report("stuck"), send=True),
    reports("rapport-verhaal-aanpassen", view="reporting:edit_story", about=story),
    reports("verhalen", view="reporting:stories", who="noor"),
    reports("verhaal-lezen", view="reporting:read_story", about=story, who="noor"),
    reports("rapport-controleren-geblokkeerd", view="reporting:check_report", about=report("stuck")),
    reports("rapport-gecontroleerd", view="reporting:report", about=report("checked"), most_kilobytes=220),
    reports("rapport-ondertekenen", view="reporting:sign_report", about=report("checked")),
    reports("rapport-nieuwe-versie", view="reporting:correct_report", about=report("returned")),
    reports("rapport-teruggestuurd", view="reporting:report", about=report("returned"), who="omar", most_kilobytes=80),
    reports("bestand-controleren", view="reporting:check_file", about=report("signed"), who="omar"),
    reports("bestand-controleren-fout", view="reporting:check_file", about=report("signed"), who="omar", send=True),
    reports("rapport", view="reporting:report", about=report("signed"), who="omar", most_kilobytes=80),
)

PARTS = sorted({screen.part for screen in SCREENS})


def of_part(part: str) -> Iterable[tuple[str, list[Screen]]]:
    """The screens of a part by who looks, so that each signs in once."""
    screens = [screen for screen in SCREENS if screen.part == part]
    for who in sorted({screen.who for screen in screens}):
        yield who, [screen for screen in screens if screen.who == who]
