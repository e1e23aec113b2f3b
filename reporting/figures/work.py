"""After the outcome and after the end: does the work last, and was there aftercare."""

from django.utils.translation import gettext_lazy as _

from reporting.facts.rows import EventRow, OutcomeRow
from reporting.figures.catalogue import figure
from reporting.figures.counting import Cells, Question, Record, Unit, dated_record
from reporting.figures.outcomes import PAID_WORK
from reporting.figures.shapes import empty, nested
from trajectories.models import EventKind

LASTING = (182, 365)
BEST_FIRST = ("employed", "not_checked", "not_employed")
CONTACTS = {
    EventKind.AFTERCARE_REACHED: "reached",
    EventKind.AFTERCARE_NOT_REACHED: "not_reached",
    EventKind.AFTERCARE_REFUSED: "refused",
}


def employment_state(row: OutcomeRow, days: int) -> str | None:
    """Whether the job lasted so many days; None for a job without a start."""
    if row.employment_starts_on is None:
        return None
    known_until = row.employment_ended_on or row.employment_last_seen_on
    if known_until and (known_until - row.employment_starts_on).days >= days:
        return "employed"
    return "not_employed" if row.employment_ended_on else "not_checked"


@figure(
    "sustained_work",
    Unit.PERSONS,
    label=_("Work that lasts"),
    sentence=_("Who of the people with paid work still had it half a year and a year after the start."),
    rule=_(
        "Of the people to paid work, those whose job started 182 (365) days or more before the reference date."
        " Employed: it ended, or was last seen, that many days after its start or later; not employed: it ended"
        " earlier; else not checked. A person counts once, at the best."
    ),
    shape=nested,
)
def sustained_work(asked: Question) -> Cells:
    cells = empty(f"{days}.{state}" for days in LASTING for state in BEST_FIRST)
    jobs = [row for row in asked.dated(asked.facts.outcomes) if row.kind == PAID_WORK and row.employment_starts_on]
    for days in LASTING:
        best: dict[object, tuple[int, OutcomeRow]] = {}
        for row in jobs:
            state = employment_state(row, days)
            if state is None or row.employment_starts_on is None or row.employment_starts_on > asked.days_ago(days):
                continue
            rank = BEST_FIRST.index(state)
            if row.participant_id not in best or rank < best[row.participant_id][0]:
                best[row.participant_id] = (rank, row)
        for rank, row in best.values():
            record = Record(row.participant_id, row.participant_id, row.trajectory_id, row.employment_starts_on)
            cells[f"{days}.{BEST_FIRST[rank]}"].append(record)
    return cells


@figure(
    "aftercare",
    Unit.TRAJECTORIES,
    label=_("Aftercare"),
    sentence=_("Whom we spoke to after the end, by the last attempt in the period."),
    rule=_("Ended trajectories with an aftercare contact dated in the period, by the last one in the period."),
    shape=nested,
)
def aftercare(asked: Question) -> Cells:
    last: dict[object, EventRow] = {}
    for row in asked.dated(asked.facts.events):
        if row.kind in CONTACTS and asked.trajectories[row.trajectory_id].ended_on:
            known = last.get(row.trajectory_id)
            if known is None or (row.dated_on, row.sequence) > (known.dated_on, known.sequence):
                last[row.trajectory_id] = row
    cells = empty(CONTACTS.values())
    for row in last.values():
        record = dated_record(row)._replace(id=row.trajectory_id)
        cells[CONTACTS[EventKind(row.kind)]].append(record)
    return cells
