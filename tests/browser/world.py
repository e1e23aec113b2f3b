"""A unit as it could be on a Tuesday in March: what the screens show in pictures and to axe."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import DateTimeField, F
from django.db.models.functions import Cast as WhenHeld

from foundation.clock import now
from foundation.models import ReadEvent
from guidance.models import AttendanceKind, Group, Session, SessionKind
from organisations import factors
from organisations.models import SecondFactor, SignIn, StaffMember
from participants.models import Participant
from reporting.models import Report, StatisticDelivery, Tranche
from tests import factories as make
from tests.browser import life, papers, people, privacy
from tests.browser.moving_in import upload_folders
from tests.browser.reports import make_reports
from tests.cast import Cast, make_cast
from trajectories.models import EventKind, State, Trajectory

E, A, K = EventKind, AttendanceKind, SessionKind
TODAY = date(2026, 3, 17)


@dataclass
class World:
    """The cast, those who have nothing yet, and what the screens are about, by name."""

    cast: Cast
    staff: dict[str, StaffMember]
    trajectories: dict[str, Trajectory] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    tranches: dict[str, Tranche] = field(default_factory=dict)

    @property
    def group(self) -> Group:
        return Group.objects.get(unit=self.cast.unit)

    def person(self, name: str) -> Participant:
        return self.trajectories[name].participant


def make_world() -> World:
    """Fill the database, and tell where everything is."""
    cast = make_cast()
    _name_the_unit(cast)
    world = World(cast, _staff(cast))
    world.trajectories |= {"earlier": life.tell_earlier(cast), "samira": life.tell_samira(cast)}
    _tell_the_others(world)
    _fill_today(world)
    make.ProvisionFactory(trajectory=world.trajectories["samira"], description="AE-team dames")
    in_group = [world.trajectories[name] for name in ("samira", "jolanda", "mei_lin", "aylin", "wilma")]
    make.GroupFactory(unit=cast.unit, name="Atelier", coach=cast.noor, trajectories=in_group)
    for number, past in enumerate(people.LAST_YEAR):
        life.tell_past(cast, past, number)
    Session.objects.update(recorded_at=WhenHeld(F("held_on"), DateTimeField()) + timedelta(hours=17))
    make.ParticipantFactory(
        provider=cast.provider, unit=cast.unit, given_names="Samira", prefix="", surname="Amrani",
        birth_year=1991, birth_month=None, birth_day=None, benefit="", home_municipality=cast.municipality,
    )  # fmt: skip  # perhaps the same person: she looks like Samira el Amrani
    world.reports |= make_reports(cast)
    world.tranches |= _demand(cast)
    _export(cast)
    papers.fill(world.trajectories["samira"], cast.noor)
    upload_folders(cast)
    privacy.fill(cast, world.person("wilma"), cast.noor)
    _open_too_much(cast)
    _sign_in_elsewhere(world.staff["sem"])
    _with_second_step(world.staff["sem"])
    AccessAttempt.objects.create(username="geraden@voorbeeld.test", ip_address="127.0.0.1", failures_since_start=5)
    return world


def _with_second_step(member: StaffMember) -> None:
    """An app in use since last week, and one that is being set up."""
    app = {"staff_member": member, "kind": "app", "secret": "DRAADDRAADDRAADDRAADDRAADDRAAD22"}
    SecondFactor.objects.create(**app, name="Telefoon", confirmed_at=now(), used_at=now())
    SecondFactor.objects.create(**app, name="App")
    factors.renew_codes(by=member)


def _open_too_much(cast: Cast) -> None:
    """Bo opened as many files as one may in an hour; of elsewhere, so that the privacy officer's lists have none."""
    opened: dict[str, Any] = {
        "staff_member_id": cast.bo.pk,
        "organisation_id": cast.provider.pk,
        "provider_id": cast.foreign_trajectory.provider_id,
        "action": "view",
        "what": "guidance:person",
    }
    ReadEvent.objects.bulk_create(
        ReadEvent(**opened, participant_ids=[uuid4()]) for _number in range(settings.FILES_AN_HOUR)
    )


def _sign_in_elsewhere(member: StaffMember) -> None:
    """At the office, and on a phone since breakfast."""
    for number, (device, hours, minutes) in enumerate((("Edge, Windows", 2, 12), ("Safari, iPhone", 3, 26))):
        seen = now() - timedelta(minutes=minutes)
        SignIn.objects.create(
            session_key=f"{number:064x}", staff_member=member, device=device,
            signed_in_at=seen - timedelta(hours=hours), seen_at=seen, expire_date=seen + timedelta(days=1),
        )  # fmt: skip


def _export(cast: Cast) -> None:
    """The statistic of January was exported; that its text was not compared yet is confirmed."""
    lines = {
        str(cast.unit.pk): {"D7f3a90c1b22e4": ["40", "2026-01-05", ""], "D81bb20934caf1": ["29", "2025-11-03", ""]}
    }
    StatisticDelivery.objects.create(
        provider=cast.provider,
        municipality=cast.municipality,
        month=date(2026, 1, 1),
        format="csv",
        rows=2,
        sha256="4f1c" * 16,
        lines=lines,
        digests={number: f"{at}a5d0c3e9b1f" * 2 for at, number in enumerate(lines[str(cast.unit.pk)])},
        is_confirmed=True,
        made_by=cast.ineke,
    )


def _demand(cast: Cast) -> dict[str, Tranche]:
    """A tranche that holds, and the next one that the functional manager is writing."""
    asked = ("participants", "trajectories", "paid_work", "help_question_insight", "ladder")
    holds = make.TrancheFactory(
        agreement=cast.agreement, name="Tranche 2, 2026", starts_on=date(2026, 1, 1), confirmed_at=now(), demands=asked
    )
    draft = make.TrancheFactory(
        agreement=cast.agreement, name="Tranche 3, 2027", starts_on=date(2027, 1, 1), copied_from=holds, small_count=3
    )
    return {"holds": holds, "draft": draft}


def _name_the_unit(cast: Cast) -> None:
    renamed: list[tuple[Any, dict[str, Any]]] = [
        (cast.provider, {"name": "Amfors", "code": "AMF"}),
        (cast.unit, {"name": "AE-teams", "code": "AE"}),
        (
            cast.programme,
            {"name": "AE-team dames", "code": "AED", "trial_weeks": 3, "norm_weeks": 13, "provision_type": "40"},
        ),
        (cast.samira, {"language": "Arabisch", "language_level": "A2", "birth_year": 1991}),
    ]
    for row, values in renamed:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    cast.samira.attention = "In februari twee keer niet gekomen. Bel vóór 09:00, dan brengt ze haar zoon weg."
    cast.samira.attention_on, cast.samira.attention_by = date(2026, 2, 24), cast.noor
    cast.samira.save()


def _staff(cast: Cast) -> dict[str, StaffMember]:
    """Who looks: the cast by first name, and newcomers of a unit where nothing happened yet."""
    empty = make.UnitFactory(provider=cast.provider, code="NW", name="Nieuw team")
    return {
        "noor": cast.noor,
        "ineke": cast.ineke,
        "omar": cast.omar,
        "bo": cast.bo,
        "fenna": cast.fenna,
        "piet": cast.piet,
        "lotte": make.StaffMemberFactory(
            name="Lotte Bosch", email="lotte.b@voorbeeld.test", officer=make.MunicipalityFactory(name="Soest")
        ),
        "sem": make.StaffMemberFactory(name="Sem Postma", email="sem@voorbeeld.test", coach=empty),
        "mila": make.StaffMemberFactory(name="Mila Groot", email="mila@voorbeeld.test", manager=empty),
        "yara": _of_two_units(cast),
        "uma": make.StaffMemberFactory(name="Uma Stel", email="uma@voorbeeld.test"),
    }


def _of_two_units(cast: Cast) -> StaffMember:
    """A manager of both units of the provider."""
    yara = make.StaffMemberFactory(name="Yara Smit", email="yara@voorbeeld.test", manager=cast.unit)
    make.add_role(yara, "unit_manager", cast.provider, cast.other_unit)
    return yara


def _tell_the_others(world: World) -> None:
    """Noor's people, in every state, and what was due."""
    cast = world.cast
    atelier = make.ProgrammeFactory(
        provider=cast.provider,
        unit=cast.unit,
        code="ATE",
        name="Atelier",
        kind="day_activity",
        aim="participation",
        legal_ground="wmo",
    )
    passed = "Het team past."
    day = date
    world.trajectories |= {
        "jolanda": life.enrol(cast, people.JOLANDA, day(2026, 1, 14)),
        "nadia": life.enrol(cast, people.NADIA, day(2026, 3, 6), programme=atelier),
        "aylin": life.enrol(cast, people.AYLIN, day(2026, 1, 22)),
        "petra": life.enrol(cast, people.PETRA, day(2026, 2, 27)),
        "mei_lin": life.enrol(cast, people.MEI_LIN, day(2025, 12, 29)),
        "kim": life.enrol(cast, people.KIM, day(2026, 2, 9)),
        "wilma": life.enrol(cast, people.WILMA, day(2026, 2, 2)),
        "henk": life.enrol(cast, people.HENK, day(2026, 1, 12)),
        "elif": life.enrol(cast, people.ELIF, day(2026, 3, 30), state=State.PLANNED),
    }
    told = world.trajectories
    for name, on in (("jolanda", day(2026, 2, 4)), ("mei_lin", day(2026, 1, 19)), ("henk", day(2026, 2, 2))):
        life.go_on(told[name], [(E.TRIAL_PASSED, on, passed)])
    life.go_on(told["petra"], [])
    make.TrajectoryFactory(
        participant=told["nadia"].participant,
        programme=cast.programme,
        agreement=cast.agreement,
        coach=cast.noor,
        started_on=day(2026, 4, 6),
        state=State.PLANNED,
    )
    life.go_on(
        told["aylin"],
        [
            (E.TRIAL_PASSED, day(2026, 2, 11), passed),
            (E.RELAPSE, day(2026, 2, 24), ""),
            (E.RESUMED, day(2026, 3, 9), ""),
        ],
    )
    life.go_on(told["kim"], [(E.TRIAL_PASSED, day(2026, 3, 2), passed), (E.RELAPSE, day(2026, 3, 12), "")])
    life.go_on(told["wilma"], [(E.TRIAL_PASSED, day(2026, 2, 23), passed), (E.PAUSED, day(2026, 3, 5), "Operatie")])


def _fill_today(world: World) -> None:
    """Noor's Tuesday, what was left of last week, and the contacts before."""
    told, made = world.trajectories, world.sessions
    for name, on in (
        ("jolanda", 10),
        ("nadia", 10),
        ("aylin", 11),
        ("petra", 12),
        ("mei_lin", 6),
        ("kim", 9),
        ("wilma", 4),
    ):
        plan = "Samen de brief van de gemeente lezen." if name == "nadia" else ""
        life.session(
            told[name], date(2026, 3, on), "10:00", A.ATTENDED, minutes=30, note="Samen de week besproken.", plan=plan
        )
    life.session(told["henk"], date(2026, 2, 10), "10:00", A.ATTENDED, note="Kennisgemaakt met het team.")
    today: list[tuple[str, str, str, dict[str, Any]]] = [
        ("samira", "09:00", A.ATTENDED, {"place": "Werkplaats"}),
        ("jolanda", "09:30", A.ABSENT_NOTICE, {"minutes": 30, "place": "Kamer 2"}),
        ("nadia", "11:00", "", {"minutes": 30, "place": "Kamer 2"}),
        ("aylin", "14:30", "", {"minutes": 15, "kind": K.PHONE}),
        ("petra", "15:30", "", {"kind": K.THREE_WAY, "place": "Kringloop Noord"}),
    ]
    for name, at, attendance, more in today:
        made[name] = life.session(told[name], TODAY, at, attendance, **more)
    life.session(told["samira"], date(2026, 3, 24), "09:00", place="Werkplaats")
    life.session(told["mei_lin"], date(2026, 3, 13), "11:00")
    life.session(told["kim"], date(2026, 3, 16), "10:00", kind=K.PHONE, minutes=15)
