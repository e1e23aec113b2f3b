"""Figures counted when they are first asked for, with the lists that a drawing of them opens besides."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from foundation.clock import today
from reporting.figures import CATALOGUE, Figure, Question, Record, count_one
from reporting.figures.counting import Cells
from reporting.figures.places import covers, free_on, placement_record

DURATION_BANDS = (
    ("up_to_21", 21),
    ("from_22_to_91", 91),
    ("from_92_to_182", 182),
    ("from_183_to_365", 365),
    ("over_365", None),
)
"""How long a trajectory took, in the bands in which its dots open: up to 3 weeks, 3, 6 and 12 months, and longer."""

OF_ONE_DAY = "counts."
"""Before the day in the cell with who held a place on it."""

FREE = "free"
"""The cell with the places that are free today."""


class Counting(Mapping[str, Figure]):
    """The figures of one question, each counted once; those that say nothing about one coach are not among them."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._known: dict[str, Figure] = {}

    def __getitem__(self, figure_id: str) -> Figure:
        if self.question.facts.coach and CATALOGUE[figure_id].needs_no_coach:
            raise KeyError(figure_id)
        if figure_id not in self._known:
            self._known[figure_id] = count(self.question, figure_id)
        return self._known[figure_id]

    def __iter__(self) -> Iterator[str]:
        return iter(CATALOGUE)

    def __len__(self) -> int:
        return len(CATALOGUE)


def count(question: Question, figure_id: str, cell: str = "") -> Figure:
    """A figure with the lists of its drawing. ``cell`` is the list that is opened: on any day who held a place."""
    figure = count_one(question, figure_id)
    if figure_id not in MORE:
        return figure
    return replace(figure, cells=figure.cells | MORE[figure_id](question, figure, cell))


def in_bands(_question: Question, figure: Figure, _cell: str) -> Cells:
    """The trajectories by how long they took."""
    found: Cells = {name: [] for name, _days in DURATION_BANDS}
    for record in figure.cell("n"):
        found[band_of(record.amount)].append(record)
    return found


def band_of(days: int) -> str:
    return next(name for name, most in DURATION_BANDS if most is None or days <= most)


def on_a_day(question: Question, figure: Figure, cell: str) -> Cells:
    """The places that are free today, and who held one on the day that is asked about."""
    found: Cells = {}
    if cell == FREE:
        free, _all = free_on(question, today())
        found[FREE] = [Record(row.id, None, day=row.starts_on) for row in question.facts.slots if row.id in free]
    if cell.startswith(OF_ONE_DAY) and cell not in figure.cells:
        day, held = _day(cell), {record.id for record in figure.cell("occupied_days")}
        if day is not None and day in question.period:
            rows = (row for row in question.facts.placements if row.id in held and covers(row, day))
            found[cell] = [placement_record(row, 1) for row in rows]
    return found


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell.removeprefix(OF_ONE_DAY))
    except ValueError:
        return None


MORE: dict[str, Callable[[Question, Figure, str], Cells]] = {
    "lead_time": in_bands,
    "running_time": in_bands,
    "occupancy": on_a_day,
}
