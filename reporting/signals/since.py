"""Since when a record is wrong: its age, and what tells a new occurrence from one that somebody answered before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from foundation.periods import ONE_DAY
from reporting.figures.counting import Record
from reporting.figures.quality import HALF_A_YEAR
from reporting.signals.looking import Look, last_days
from trajectories.models import EventKind


@dataclass(frozen=True)
class Found:
    """A record in which a check finds something: since when, and who else it is about."""

    record: Record
    since: date
    other: UUID | None = None


Find = Callable[[Look], list[Found]]
Since = Callable[[Look], Callable[[Record], date]]


def day(record: Record) -> date:
    """The day of a record: every check dates its own."""
    return cast("date", record.day)


def days_after(look: Look, *, days: int) -> Callable[[Record], date]:  # noqa: ARG001 the others need it
    """So many days after the day of the record."""
    return lambda record: day(record) + timedelta(days=days)


def after_end(look: Look) -> Callable[[Record], date]:
    """The day on which the end was recorded here, or the last day itself: recorded anew, it is a new signal."""
    ended = (row for row in look.asked.facts.events if row.kind == EventKind.ENDED and not row.is_imported)
    recorded = last_days((row.trajectory_id, row.recorded_on) for row in ended)
    return lambda record: max(day(record), recorded.get(record.id, day(record)))


def half_a_year_after(look: Look) -> Callable[[Record], date]:
    """182 days after the last measurement, or after the start for who was never measured."""
    known = (row for row in look.asked.facts.assessments if row.dated_on <= look.asked.period.end)
    measured = last_days((row.participant_id, row.dated_on) for row in known)

    def since(record: Record) -> date:
        last = max(day(record), measured.get(record.participant_id, day(record)))  # type: ignore[arg-type]
        return last + timedelta(days=HALF_A_YEAR)

    return since


def after_trajectory(look: Look) -> Callable[[Record], date]:
    """The day after the last day of the trajectory."""
    ended = look.asked.trajectories

    def since(record: Record) -> date:
        row = ended[record.trajectory_id] if record.trajectory_id else None
        return (row.ended_on if row and row.ended_on else day(record)) + ONE_DAY

    return since


def when_entered(look: Look) -> Callable[[Record], date]:
    """The day on which it was entered."""
    facts = look.asked.facts
    entered = {row.id: row.recorded_on for rows in (facts.events, facts.sessions, facts.outcomes) for row in rows}
    return lambda record: entered[record.id]
