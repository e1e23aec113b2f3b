"""On which screen each form stands, how it is filled in honestly, and where its words can be read afterwards."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse

from foundation.clock import now
from guidance.models import Session
from participants.models import Participant
from trajectories.models import Trajectory

# Method and address of each form: the screen of ``tests/browser/screens.py`` that it stands on.
FORMS = {
    "get participants:log_review": "wie-keek",
    "get reporting:cohorts": "cohorten",
    "get reporting:dashboard": "overzicht",
    "get reporting:figure": "cijfer-grafiek",
    "get reporting:signals": "signalen-een-soort",
    "get reporting:statistic": "statistiek",
    "get reporting:statistic_checks": "statistiek-controles",
    "get reporting:statistic_people": "statistiek-personen",
    "get reporting:units": "overzicht-units",
    "get reporting:waiting": "wachtlijst",
    "post guidance:add_contact": "contact-toevoegen",
    "post guidance:close_goal": "doel-sluiten",
    "post guidance:edit_group": "groep-deelnemers",
    "post guidance:edit_participant": "gegevens-aanpassen",
    "post guidance:edit_session": "sessie-aanpassen",
    "post guidance:end_trajectory": "traject-afsluiten",
    "post guidance:group_day": "groep",
    "post guidance:log_session": "sessie",
    "post guidance:move_appointment": "afspraak-verzetten",
    "post guidance:new_participant": "aanmelden",
    "post guidance:new_trajectory": "traject-plannen",
    "post guidance:people": "deelnemers-kiezen",
    "post guidance:plan_appointment": "afspraak-plannen",
    "post guidance:rate_goal": "doel-cijfer",
    "post guidance:record_assessment": "meting-doen",
    "post guidance:record_attendance": "vandaag",
    "post guidance:remove_contact": "gegevens",
    "post guidance:set_attention": "let-op",
    "post guidance:set_goal": "doel-maken",
    "post guidance:tick_step": "doelen",
    "post login": "inloggen-weggeweest",
    "post logout": "waar-ingelogd",
    "post organisations:add_passkey": "passkey-toevoegen",
    "post organisations:begin_app": "waar-ingelogd",
    "post organisations:change_password": "wachtwoord",
    "post organisations:end_other_sign_ins": "waar-ingelogd",
    "post organisations:end_sign_in": "waar-ingelogd",
    "post organisations:folder_imports": "importeren",
    "post organisations:passkey_sign_in": "inloggen-passkey",
    "post organisations:read_folder_in": "import-klaar",
    "post organisations:remove_factor": "stap-weghalen",
    "post organisations:renew_codes": "herstelcodes-vernieuwen",
    "post organisations:reset_factors": "stap-twee-kwijt",
    "post organisations:set_up_app": "app-instellen",
    "post organisations:stay_signed_in": "waar-ingelogd",
    "post organisations:throw_folder_away": "import-bezig",
    "post participants:add_disclosure": "dossier-verstrekking",
    "post participants:add_request": "verzoek-nieuw",
    "post participants:add_statement": "dossier-verklaring",
    "post participants:ask_export": "dossier-op-papier",
    "post participants:draw_sample": "wie-keek",
    "post participants:edit_activity": "verwerking",
    "post participants:emergency": "afgeschermd-openen",
    "post participants:erase_as_asked": "verzoek-wissen",
    "post participants:extend_request": "verzoek-langer",
    "post participants:find_file": "dossier-zoeken",
    "post participants:lift_hold": "dossier-afgeschermd",
    "post participants:lift_shield": "dossier-afgeschermd",
    "post participants:log_sample": "steekproef",
    "post participants:place_hold": "dossier-langer-bewaren",
    "post participants:request": "verzoek",
    "post participants:restrict": "dossier-beperken",
    "post participants:reveal_bsn": "bsn-tonen",
    "post participants:shield_file": "dossier-afschermen",
    "post reporting:accept_report": "rapport",
    "post reporting:add_note": "cijfer",
    "post reporting:add_story": "rapport-verhaal",
    "post reporting:answer_finding": "statistiek-klopt-zo",
    "post reporting:answer_signal": "signaal-klopt-zo",
    "post reporting:check_file": "bestand-controleren",
    "post reporting:check_tranche": "eisen-controleren",
    "post reporting:correct_report": "rapport-nieuwe-versie",
    "post reporting:discard_report": "rapport-bezig",
    "post reporting:discard_tranche": "eisen-controleren",
    "post reporting:edit_story": "rapport-verhaal-aanpassen",
    "post reporting:explain_targets": "rapport-toelichten",
    "post reporting:make_report": "rapport-maken",
    "post reporting:mend_signal": "signaal-herstellen",
    "post reporting:open_tranche": "eisen-nieuw",
    "post reporting:pass_on_signal": "signaal-doorgeven",
    "post reporting:read_story": "verhaal-lezen",
    "post reporting:remake_report": "rapport-concept",
    "post reporting:remove_story": "rapport-verhaal-aanpassen",
    "post reporting:reopen_report": "rapport-gecontroleerd",
    "post reporting:retry_report": "rapport-mislukt",
    "post reporting:return_report": "rapport",
    "post reporting:save_view": "weergaven",
    "post reporting:sign_report": "rapport-ondertekenen",
    "post reporting:statistic_delivery": "statistiek-verstuurd",
    "post reporting:tranche_demands": "eisen-cijfers",
    "post reporting:tranche_terms": "eisen-afspraken",
    "post reporting:write_plans": "rapport-plannen",
    "post set_language": "inloggen",
    "post trajectories:add_provision": "voorziening-vastleggen",
    "post trajectories:add_retention_class": "bewaren-termijn-fout",
    "post trajectories:aftercare": "nazorg",
    "post trajectories:approve_destruction_list": "bewaren-lijst",
    "post trajectories:cancel": "gaat-niet-door",
    "post trajectories:change_coach": "andere-begeleider",
    "post trajectories:change_provision": "voorziening-aanpassen",
    "post trajectories:discard_destruction_list": "bewaren-lijst",
    "post trajectories:edit_retention_class": "bewaren-termijn",
    "post trajectories:end_provision": "voorziening-afsluiten",
    "post trajectories:extend": "verlengen",
    "post trajectories:keep_file": "bewaren-lijst",
    "post trajectories:pause": "traject-pauzeren",
    "post trajectories:record_position": "arbeidsvermogen",
    "post trajectories:relapse": "terugval",
    "post trajectories:remove_provision": "voorziening-aanpassen",
    "post trajectories:resume": "weer-gestart",
    "post trajectories:start": "traject-starten",
    "post trajectories:trial": "proef",
    "post trajectories:void": "ongedaan-maken",
}

# What nobody would guess from the page: the answers with which a form is taken.
HONEST: dict[str, dict[str, str]] = {"post guidance:new_participant": {"birth": "12-03-1990"}}


def _timeline(pk: UUID) -> str:
    person = Trajectory.objects.values_list("participant", flat=True).get(pk=pk)
    return reverse("guidance:timeline", args=[person])


def _newest_session(pk: UUID) -> str:
    logged = (
        Session.objects.filter(trajectory=pk, recorded_at__lte=now())
        .exclude(attendance="")
        .order_by("recorded_at")
        .last()
    )
    assert logged is not None
    return reverse("guidance:edit_session", args=[logged.pk])


def _newest_person(_nobody: None) -> str:
    return reverse("guidance:data", args=[Participant.objects.latest("created_at").pk])


def _classes(_pk: UUID) -> str:
    return reverse("trajectories:retention")


# Where words can be read that stand neither in the form again nor where it leads.
READ: dict[str, Callable[[Any], str]] = {
    "post guidance:log_session": _newest_session,
    "post guidance:new_participant": _newest_person,
    "post trajectories:add_retention_class": _classes,
    **{
        f"post trajectories:{move}": _timeline
        for move in ("aftercare", "cancel", "extend", "pause", "relapse", "resume", "start", "trial")
    },
}

# Words that no page shows, each with the reason.
NOT_SHOWN: dict[str, str] = {
    "post trajectories:add_retention_class code": "the list tells classes by name; the code stands in the form of each",
    "post reporting:add_note text": "a note on a day of another year stands beside the figures of that year",
    "post reporting:correct_report reason": "it stands on the new version, which a worker still has to make",
    "post trajectories:void reason": "it stands in the history of the file, with the event that is void",
    "post reporting:answer_signal reason": "what was answered stands on the last page of a list of several",
}

# What is sent to and shows its answer on the page itself: taken, although it leads nowhere.
ANSWERS_ITSELF = {"post participants:reveal_bsn", "post reporting:check_file", "post organisations:renew_codes"}

# What an address asks and the page does not repeat, each with the reason.
NOT_REPEATED = {
    "get participants:log_review": "what is no day is read as the last thirty days, and those stand there",
}

# What takes a POST and stands on no screen of the list as a form, each with the reason.
_BUTTON = "a button that asks nothing, in a state that no screen shows"
_LEADS_ON = "a page that leads on, whatever is sent"
WITHOUT_A_FORM: dict[str, str] = {
    "admin_door": _LEADS_ON,
    "guidance:remove_document": _BUTTON,
    "guidance:undo_attendance": _BUTTON,
    "organisations:home": _LEADS_ON,
    "organisations:second_step": "stands behind a right password; sent by tests/organisations/test_sign_in_attacks.py",
    "participants:download_export": _LEADS_ON,
    "participants:lift_restriction": _BUTTON,
    "participants:take_usual_register": _BUTTON,
    "reporting:check_report": _BUTTON,
    "reporting:close_provision": _BUTTON,
    "reporting:delete_view": _BUTTON,
    "reporting:export_statistic": _BUTTON,
    "reporting:remove_note": _BUTTON,
    "reporting:reopen_finding": _BUTTON,
    "reporting:reopen_signal": _BUTTON,
    "trajectories:make_destruction_list": _BUTTON,
    "trajectories:take_usual_classes": _BUTTON,
    "trajectories:undo": _BUTTON,
}
