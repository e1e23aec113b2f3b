"""One number of a report before anything is withheld: its key, its name and how many people stand behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.periods import Period
from reporting.composing.counted import Counted
from reporting.documents.content import Cell
from reporting.figures import UNRECORDED, WHOLE, Figure

SAME_NUMBER = {
    "outcomes_by_kind.paid_work": "paid_work",
    "outcomes_by_kind.help_question_insight": "help_question_insight",
    "lead_time.n": "outflow",
    "running_time.n": "stock_end",
    "data_quality.ended_without_destination.wrong": f"ended_by_destination.{UNRECORDED}",
    "data_quality.ended_without_reason.wrong": f"ended_by_reason.{UNRECORDED}",
}
"""Cells that are another number by definition: withheld together, shown together."""


class Elsewhere(NamedTuple):
    """That a line tells a number that other tables or reports know as theirs: which, of which agreements, and when.

    Without agreements or days: those of the report around it.
    """

    key: str
    agreements: tuple[str, ...] = ()
    period: Period | None = None


@dataclass(frozen=True)
class Line:
    """One row of one column. ``key`` names the number wherever it stands; ``people`` stand behind it.

    ``is_count``: a number of things, which may add up with others; otherwise a median, that ``rests_on`` a count.
    ``beside``: what else stands in the row and is about nobody, as a target is.
    """

    key: str
    label: str
    value: int | float | None
    people: int
    is_count: bool = True
    rests_on: str = ""
    elsewhere: Elsewhere | None = None
    beside: tuple[Cell, ...] = ()


Labels = Mapping[str, str | Promise]
Rows = Callable[[Counted], list[Line]]


def key_of(figure_id: str, cell: str) -> str:
    """Return the name of a number: the figure, and the cell where it has several."""
    key = f"{figure_id}.{cell}" if cell else figure_id
    return SAME_NUMBER.get(key, key)


def of_figure(figure: Figure, label: str | Promise | None = None, cell: str = WHOLE) -> Line:
    """Return the line of one cell of a figure."""
    name = str(label or figure.definition.label)
    return Line(key_of(figure.id, cell), name, figure.number(cell), len(figure.people(cell)))


def of_cells(figure_id: str, labels: Labels, *, prefix: str = "", all_rows: bool = False) -> Rows:
    """Return the rows of a split: one per code, in the order of ``labels``, codes without a label last.

    Args:
        figure_id: the figure that is split.
        labels: names of the codes, in order.
        prefix: what stands before the code in the names of the cells (``by_kind.``).
        all_rows: whether a code that did not occur has a row too, with zero.
    """

    def rows(counted: Counted) -> list[Line]:
        figure = counted[figure_id]
        there = [name.removeprefix(prefix) for name in figure.cells if name.startswith(prefix)]
        known = [code for code in labels if all_rows or code in there]
        others = sorted(code for code in there if code not in labels and code not in NO_ROW)
        missing = [UNRECORDED] if UNRECORDED in there else []
        return [of_figure(figure, named(code, labels), f"{prefix}{code}") for code in [*known, *others, *missing]]

    return rows


def row_of(line: Line) -> str:
    """Return the row on which a line stands: started and ended of one month share it."""
    return line.key.split(".slice.")[-1] if ".slice." in line.key else line.key


def across(columns: Sequence[Sequence[Line]]) -> list[dict[str, Line]]:
    """Return for each column its line on every row of the table: a code that did not occur there is a zero."""
    found = [{row_of(line): line for line in column} for column in columns]
    rows: dict[str, Line] = {}
    for column in found:
        rows |= {row: line for row, line in column.items() if row not in rows}
    nobody = {row: replace(line, value=0 if line.is_count else None, people=0) for row, line in rows.items()}
    return [{row: column.get(row, nobody[row]) for row in rows} for column in found]


NO_ROW = {WHOLE, UNRECORDED, "n", "planned"}


def named(code: str, labels: Labels) -> str:
    """Return the label of a code; the code itself when it has none."""
    return _("Not recorded") if code == UNRECORDED else str(labels.get(code, code))


def of_plain(*figure_ids: str) -> Rows:
    """Return one row for each of these plain figures."""
    return lambda counted: [of_figure(counted[figure_id]) for figure_id in figure_ids]


def of_value(figure: Figure, part: str, label: str, cell: str = "n") -> Line:
    """Return a line with a median or a rate of a composed figure, and the people of the cell it rests on."""
    return Line(
        f"{figure.id}.{part}",
        label,
        figure.value[part],
        len(figure.people(cell)),
        is_count=False,
        rests_on=key_of(figure.id, cell),
    )
