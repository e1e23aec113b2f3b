"""What happened to the people in the pictures: threads, sessions, goals, measurements."""

from datetime import date, time, timedelta
from typing import Any

from guidance.models import AttendanceKind, GoalStep, Moment, Session, SessionKind
from organisations.models import StaffMember
from participants.models import NetworkContact, Participant
from tests import factories as make
from tests.browser.people import DESTINATIONS, Past, Somebody
from tests.cast import Cast
from trajectories.models import Destination, EndReason, EventKind, OutcomeKind, State, Trajectory
from trajectories.models.referral import Decision
from trajectories.workflow import replay

E, A, K = EventKind, AttendanceKind, SessionKind
CAME = A.ATTENDED
WEEK = timedelta(weeks=1)
LAST_FRIDAY = date(2026, 3, 13)


def enrol(cast: Cast, who: Somebody, started_on: date, **more: Any) -> Trajectory:
    """Give somebody a file and a trajectory of thirteen weeks in the unit, coached by Noor unless told."""
    person = make.ParticipantFactory(
        provider=cast.provider,
        given_names=who.given_names,
        prefix=who.prefix,
        surname=who.surname,
        birth_year=who.birth_year,
        gender=who.gender,
        home_municipality=cast.municipality,
    )
    more = {"programme": cast.programme, "agreement": cast.agreement, "coach": cast.noor, **more}
    more.setdefault("planned_end_on", started_on + 12 * WEEK + timedelta(days=5))
    more["referral"] = make.ReferralFactory(
        participant=person,
        programme=more["programme"],
        referred_on=min(started_on, LAST_FRIDAY) - timedelta(days=5 + who.birth_year % 20),
        decision=Decision.NEW if more.get("state") == State.PLANNED else Decision.PLACED,
    )
    return make.TrajectoryFactory(participant=person, started_on=started_on, **more)


def go_on(trajectory: Trajectory, events: list[tuple[str, date, str]]) -> None:
    """Add what happened after the start, each with what the coach wrote, and set the state it leads to."""
    for kind, day, note in events:
        make.add_event(trajectory, kind, day, note=note, recorded_by=trajectory.coach)
    rows = trajectory.events.order_by("dated_on", "sequence")
    trajectory.state = replay(rows, has_trial=trajectory.programme.trial_weeks > 0)
    trajectory.save(update_fields=["state"])


def session(trajectory: Trajectory, day: date, at: str, attendance: str = "", **more: Any) -> Session:
    """A session, or without attendance an appointment."""
    more = {"minutes": 45, "kind": K.INDIVIDUAL, "note": "", "plan": "", **more}
    starts_at = time.fromisoformat(at)
    return make.SessionFactory(
        trajectory=trajectory,
        held_on=day,
        starts_at=starts_at,
        attendance=attendance,
        recorded_by=trajectory.coach,
        **more,
    )


def tell_samira(cast: Cast) -> Trajectory:
    """Samira: an earlier trajectory, a trial, a relapse, and the thread picked up again."""
    samira, trajectory = cast.samira, cast.trajectory
    trajectory.planned_end_on = date(2026, 4, 15)
    trajectory.save(update_fields=["planned_end_on"])
    go_on(
        trajectory,
        [
            (E.TRIAL_PASSED, date(2026, 2, 6), "Samira, Noor en Tineke vinden alle drie dat het team past."),
            (E.RELAPSE, date(2026, 2, 16), "Zoon ziek en veel post. Afspraak: Noor belt op donderdag."),
            (E.RESUMED, date(2026, 2, 25), "Samira begint met drie ochtenden in de week."),
        ],
    )
    session(trajectory, date(2026, 2, 17), "09:00", A.ABSENT_NOTICE, note="Zoon ziek. Ik bel donderdag.")
    session(
        trajectory, date(2026, 2, 19), "14:00", CAME, minutes=10, kind=K.PHONE,
        note="Haar zoon is beter. Ze wil woensdag komen. Afgesproken: ik wacht bij de deur.",
    )  # fmt: skip
    session(
        trajectory, date(2026, 3, 10), "09:00", CAME, place="Werkplaats", life_domains=["daytime", "finances"],
        note="Samira is weer begonnen, eerst drie ochtenden. Ze vond het spannend en is blij dat ze er is."
        " Busabonnement is geregeld.",
        plan="Samen bellen met de bewindvoerder.",
    )  # fmt: skip
    _measure(samira, trajectory, date(2026, 1, 26), 3, Moment.INTAKE)
    _goal(samira, "Ik wil elke ochtend op tijd zijn, ook als het thuis druk is.", "daytime", 3)
    _goal(samira, "Ik snap mijn post en weet wie ik kan bellen.", "finances", 1)
    NetworkContact.objects.create(
        provider=cast.provider,
        participant=samira,
        name="Tineke Prins",
        organisation_name="Atelier",
        role="Werkbegeleider",
    )
    return trajectory


def tell_earlier(cast: Cast) -> Trajectory:
    """Samira's first trajectory, with another coach: it gave insight in her help question."""
    reason = make.EndReasonFactory(provider=cast.provider, code="DOEL", name="Doel gehaald")
    earlier = make.TrajectoryFactory(
        participant=cast.samira,
        programme=cast.programme,
        agreement=cast.agreement,
        coach=cast.bo,
        started_on=date(2025, 1, 13),
        ended_on=date(2025, 6, 27),
        planned_end_on=date(2025, 4, 13),
        end_reason=reason,
        destination=destination(cast, OutcomeKind.HELP_QUESTION_INSIGHT),
    )
    make.OutcomeFactory(
        trajectory=earlier,
        kind=OutcomeKind.HELP_QUESTION_INSIGHT,
        dated_on=date(2025, 6, 20),
        note="De vraag was werk vinden. Het bleek eerst om rust in geldzaken te gaan.",
    )
    _measure(cast.samira, earlier, date(2025, 2, 3), 2, Moment.INTAKE)
    return earlier


def _measure(person: Participant, trajectory: Trajectory, day: date, step: int, moment: str) -> None:
    make.measure(person, "ladder", day, {"step": step}, trajectory=trajectory, moment=moment)


def _goal(person: Participant, words: str, domain: str, done: int) -> None:
    goal = make.GoalFactory(participant=person, words=words, domain=domain, state="busy", set_on=date(2026, 2, 2))
    steps = ("Opschrijven wat lukt", "Samen oefenen", "Zelf proberen", "Volhouden, drie weken")
    for position, step in enumerate(steps):
        day = date(2026, 3, 2 + position) if position < done else None
        GoalStep.objects.create(
            provider=person.provider, participant=person, goal=goal, words=step, position=position, done_on=day
        )


def destination(cast: Cast, kind: str) -> Destination:
    """Where somebody went who found this."""
    name, category = DESTINATIONS[OutcomeKind(kind)]
    found = Destination.objects.filter(provider=cast.provider, code=category).first()
    return found or make.DestinationFactory(provider=cast.provider, code=category, name=name, category=category)


def tell_past(cast: Cast, past: Past, number: int) -> Trajectory:
    """A trajectory of last year, by one of the two coaches in turn, for one of the two payers in turn."""
    coach: StaffMember = (cast.noor, cast.bo)[number % 2]
    agreement = cast.other_agreement if number % 4 == 3 else cast.agreement
    ending = _ending(cast, past) if past.ended_on else {}
    events = [(E.RELAPSE, past.relapse[0]), (E.RESUMED, past.relapse[1])] if past.relapse else []
    events.insert(0, (E.TRIAL_PASSED, past.started_on + 3 * WEEK))
    ending.setdefault("planned_end_on", past.started_on + 39 * WEEK)
    trajectory = enrol(cast, past.who, past.started_on, coach=coach, agreement=agreement, events=events, **ending)
    if past.outcome and past.ended_on:
        make.OutcomeFactory(trajectory=trajectory, kind=past.outcome, dated_on=past.ended_on)
    for turn, day in enumerate((past.started_on + WEEK, past.started_on + 20 * WEEK)):
        if day <= min(past.ended_on or LAST_FRIDAY, LAST_FRIDAY):
            _measure(trajectory.participant, trajectory, day, 2 + number % 3 + turn * (number % 2), Moment.INTERIM)
            session(trajectory, day, "10:00", CAME, note="Samen de week besproken.")
    return trajectory


def _ending(cast: Cast, past: Past) -> dict[str, Any]:
    reason = EndReason.objects.get(provider=cast.provider, code="DOEL")
    return {"ended_on": past.ended_on, "end_reason": reason, "destination": destination(cast, past.outcome)}
