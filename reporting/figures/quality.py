"""Data quality: what is missing or late in the files themselves, so that somebody can complete it."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guidance.models.session import TOOK_PLACE
from guidance.scoring import LADDER
from reporting.facts.rows import AssessmentRow, EventRow, OutcomeRow, SessionRow, TrajectoryRow
from reporting.figures.catalogue import figure
from reporting.figures.counting import (
    Cells,
    Question,
    Record,
    Unit,
    dated_record,
    grouped,
    trajectory_record,
)
from reporting.figures.course import relapse_events, started_record
from reporting.figures.outcomes import PAID_WORK
from reporting.figures.places import placed, placement_record
from reporting.figures.shapes import nested
from trajectories.models import EventKind

FIRST_LADDER = timedelta(days=30)
HALF_A_YEAR = 182
FOLLOW_UP = timedelta(days=14)
ENTERED_WITHIN = 5
ADMINISTRATIVE = frozenset({EventKind.STARTED, EventKind.ENDED, EventKind.COACH_CHANGED, EventKind.CANCELLED})
"""Events that say nothing about what was done with somebody after a relapse."""

Row = TypeVar("Row")
Entered = EventRow | SessionRow | OutcomeRow
Check = Callable[[Question], Cells]


def check(rows: Iterable[Row], record: Callable[[Row], Record], is_wrong: Callable[[Row], bool]) -> Cells:
    """The rows a check looks at, and those in which something is wrong."""
    looked_at = [(record(row), is_wrong(row)) for row in rows]
    return {"total": [one for one, _ in looked_at], "wrong": [one for one, wrong in looked_at if wrong]}


def started(row: TrajectoryRow) -> Record:
    return started_record(row, 0)


def ended_without_destination(asked: Question) -> Cells:
    """Trajectories that ended in the period; wrong: no destination."""
    return check(asked.outflow, trajectory_record, lambda row: not row.destination)


def ended_without_reason(asked: Question) -> Cells:
    """Trajectories that ended in the period; wrong: no reason."""
    return check(asked.outflow, trajectory_record, lambda row: not row.end_reason)


def started_without_referral_date(asked: Question) -> Cells:
    """Trajectories that started in the period; wrong: no day of referral."""
    return check(asked.inflow, started, lambda row: row.referred_on is None)


def of_person(asked: Question) -> dict[UUID, list[AssessmentRow]]:
    known = (row for row in asked.facts.assessments if row.dated_on <= asked.reference)
    return grouped(known, lambda row: row.participant_id)


def no_first_ladder(asked: Question) -> Cells:
    """Trajectories 30 days on, of programmes that use the ladder; wrong: no ladder within 30 days of the start."""
    measured = of_person(asked)

    def is_due(row: TrajectoryRow) -> bool:
        day = row.started_on + FIRST_LADDER
        ran = row.ended_on is None or row.ended_on >= day
        return ran and day <= asked.period.end and asked.programmes[row.programme_id].uses_ladder

    def is_missing(row: TrajectoryRow) -> bool:
        first, last = row.started_on - FIRST_LADDER, row.started_on + FIRST_LADDER
        own = measured.get(row.participant_id, ())
        return not any(one.instrument == LADDER and first <= one.dated_on <= last for one in own)

    return check(filter(is_due, asked.running), started, is_missing)


def no_measurement_6_months(asked: Question) -> Cells:
    """Trajectories running at the end for half a year or more; wrong: nothing measured in the last 182 days."""
    measured = of_person(asked)
    end = asked.period.end
    first = asked.days_ago(HALF_A_YEAR - 1, before=end)
    long_ago = asked.days_ago(HALF_A_YEAR, before=end)

    def is_missing(row: TrajectoryRow) -> bool:
        return not any(first <= one.dated_on <= end for one in measured.get(row.participant_id, ()))

    return check((row for row in asked.stock_end if row.started_on <= long_ago), started, is_missing)


def session_not_filled_in(asked: Question) -> Cells:
    """Sessions in the period and before the reference date; wrong: not filled in whether somebody came."""
    past = (row for row in asked.dated(asked.facts.sessions) if row.dated_on < asked.reference)
    return check(past, dated_record, lambda row: not row.attendance)


def paid_work_without_start(asked: Question) -> Cells:
    """Outcomes paid work in the period; wrong: no first day of the job."""
    found = (row for row in asked.dated(asked.facts.outcomes) if row.kind == PAID_WORK)
    return check(found, dated_record, lambda row: row.employment_starts_on is None)


def relapse_without_follow_up(asked: Question) -> Cells:
    """Relapses of 14 days ago or longer; wrong: nothing happened on the trajectory within 14 days."""
    acts = grouped(contact_days(asked), lambda pair: pair[0])

    def is_missing(row: EventRow) -> bool:
        days = (day for _, day, key in acts.get(row.trajectory_id, ()) if key != row.id)
        return not any(row.dated_on <= day <= row.dated_on + FOLLOW_UP for day in days)

    old = (row for row in relapse_events(asked) if row.dated_on + FOLLOW_UP <= asked.reference)
    return check(old, dated_record, is_missing)


def contact_days(asked: Question) -> list[tuple[UUID, date, UUID]]:
    """Trajectory, day and id of every event that tells something, and of every session that took place."""
    events = (row for row in asked.known(asked.facts.events) if row.kind not in ADMINISTRATIVE)
    sessions = (row for row in asked.known(asked.facts.sessions) if row.attendance in TOOK_PLACE)
    return [(row.trajectory_id, row.dated_on, row.id) for rows in (events, sessions) for row in rows]


def slot_past_end(asked: Question) -> Cells:
    """Placements of trajectories that ended in the period; wrong: open, or ended after the trajectory."""
    ended = {row.id: row.ended_on for row in asked.outflow if row.ended_on}
    found = (row for row in placed(asked) if row.trajectory_id in ended)
    return check(
        found,
        lambda row: placement_record(row, 0),
        lambda row: row.ends_on is None or row.ends_on > ended[row.trajectory_id],
    )


def late_entry(asked: Question) -> Cells:
    """Events, sessions and outcomes in the period that were entered here; wrong: over 5 days after their date."""
    facts = asked.facts
    dated: list[Entered] = [*asked.dated(facts.events), *asked.dated(facts.sessions), *asked.dated(facts.outcomes)]
    entered = (row for row in dated if not row.is_imported)
    return check(entered, dated_record, lambda row: (row.recorded_on - row.dated_on).days > ENTERED_WITHIN)


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        ended_without_destination,
        ended_without_reason,
        started_without_referral_date,
        no_first_ladder,
        no_measurement_6_months,
        session_not_filled_in,
        paid_work_without_start,
        relapse_without_follow_up,
        slot_past_end,
        late_entry,
    )
}

CHECK_LABELS = {
    "ended_without_destination": _("Ended without a destination"),
    "ended_without_reason": _("Ended without a reason"),
    "started_without_referral_date": _("Started without a day of referral"),
    "no_first_ladder": _("No first ladder measurement"),
    "no_measurement_6_months": _("Nothing measured for half a year"),
    "session_not_filled_in": _("Sessions not filled in"),
    "paid_work_without_start": _("Paid work without a first day"),
    "relapse_without_follow_up": _("Relapse without follow-up"),
    "slot_past_end": _("Place kept after the end"),
    "late_entry": _("Entered more than 5 days later"),
}

CHECK_RULES = {
    "ended_without_destination": _("Trajectories that ended in the period. To mend: those without a destination."),
    "ended_without_reason": _("Trajectories that ended in the period. To mend: those without a reason."),
    "started_without_referral_date": _(
        "Trajectories that started in the period. To mend: those without a day of referral."
    ),
    "no_first_ladder": _(
        "Trajectories that still ran 30 days after the start, of programmes that use the ladder. To mend: no ladder"
        " measurement from 30 days before the start to 30 days after it."
    ),
    "no_measurement_6_months": _(
        "Trajectories running at the end that started 182 days before it or earlier. To mend: nothing measured in the"
        " last 182 days."
    ),
    "session_not_filled_in": _(
        "Sessions in the period and before the reference date. To mend: not filled in whether somebody came."
    ),
    "paid_work_without_start": _("Outcomes paid work in the period. To mend: no first day of the job."),
    "relapse_without_follow_up": _(
        "Relapses in the period, 14 days old or older. To mend: no other event and no session that took place on the"
        " trajectory in the 14 days after."
    ),
    "slot_past_end": _(
        "Places held by trajectories that ended in the period. To mend: still held, or longer than the trajectory."
    ),
    "late_entry": _(
        "Events, sessions and outcomes in the period that were entered here. To mend: entered more than 5 days after"
        " their date."
    ),
}


@figure(
    "data_quality",
    Unit.RECORDS,
    label=_("Complete files"),
    sentence=_(
        "What is missing in the files, or was entered late. Per check: how many were looked at, and how many to mend."
    ),
    rule=_("Per check the records it looks at and those that are wrong, dated in the period."),
    shape=nested,
)
def data_quality(asked: Question) -> Cells:
    return {f"{name}.{cell}": found for name, look in CHECKS.items() for cell, found in look(asked).items()}
