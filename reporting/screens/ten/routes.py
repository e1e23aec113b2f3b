"""3. Where do people go? What they found, and where they went when a trajectory ended, the most first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.charts import Cell, DataTable, RankChart, Row
from reporting.screens.bars import bars_of, lowered
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.words import Names, cell_label, unit_word, year_words


def outcomes(counted: Counted, names: Names) -> Block:
    """How many people found each kind of outcome."""
    now = counted.now["outcomes_by_kind"]
    bars = bars_of(counted.asked, now, counted.before[now.id], names)
    chart = RankChart(
        id="outcomes",
        title=outcomes_message([bar.label for bar in bars if bar.value]),
        sentence=_(
            "%(work)s to paid work, %(other)s to another route."
            " People who found more than one route count in every row."
        )
        % {"work": counted.now["paid_work"].number(), "other": counted.now["other_route"].number()},
        bars=bars,
        caption=_("Participants with this outcome"),
        headings=(_("Route"), *year_words(counted.asked)),
    )
    number = len(now.records)
    return block_of(counted, chart, now.id, f"{number} {unit_word(now.definition.unit, number)}")


def outcomes_message(labels: Sequence[str]) -> str:
    """The heading: what most people found."""
    if not labels:
        return _("No outcomes yet in this period")
    if len(labels) == 1:
        return _("People found: %(first)s") % {"first": lowered(labels[0])}
    return _("Most people found %(first)s or %(second)s") % {"first": lowered(labels[0]), "second": lowered(labels[1])}


def from_to(counted: Counted, names: Names, programmes: Names) -> DataTable | None:
    """From which programme to which destination, with the share of the row; none for one programme."""
    figure, facts = counted.now["ended_by_destination"], counted.question.facts
    programme_of = {row.id: f"{row.programme_id}" for row in facts.trajectories}
    to = [cell for cell in figure.cells if figure.number(cell)]
    rows = dict(sorted(programmes.items(), key=lambda pair: pair[1]))
    of = Counter((programme_of[record.id], cell) for cell in to for record in figure.cell(cell))
    found = [_from(counted, key, label, [of[key, cell] for cell in to], to) for key, label in rows.items()]
    if sum(any(cell.value for cell in row.cells) for row in found) < 2:
        return None
    headings = (_("Programme"), *(cell_label(figure.id, cell, names) for cell in to), _("All"))
    shown = [row for row in found if row.cells[-1].value]
    return DataTable(_("From which programme to which destination"), headings, shown)


def _from(counted: Counted, programme: str, label: str, numbers: list[int], to: list[str]) -> Row:
    asked, whole = replace(counted.asked, programmes=frozenset([UUID(programme)])), sum(numbers)
    cells = [
        Cell(f"{number} ({number / whole:.0%})", asked.figure_url("ended_by_destination", cell)) if number else Cell(0)
        for number, cell in zip(numbers, to, strict=True)
    ]
    return Row(label, [*cells, Cell(whole, asked.figure_url("outflow") if whole else "")])


def destinations(counted: Counted, names: Names) -> Block:
    """Where people went when their trajectory ended."""
    now = counted.now["ended_by_destination"]
    bars = bars_of(counted.asked, now, counted.before[now.id], names)
    number = counted.now["outflow"].number()
    chart = RankChart(
        id="destinations",
        title=_("After the end most went to: %(first)s") % {"first": lowered(bars[0].label)}
        if number
        else _("No trajectory ended in this period"),
        sentence=ngettext("%(number)s trajectory ended.", "%(number)s trajectories ended.", number)
        % {"number": number},
        bars=bars,
        caption=_("Ended trajectories by destination"),
        headings=(_("Destination"), *year_words(counted.asked)),
    )
    return block_of(counted, chart, now.id, f"{number} {unit_word(now.definition.unit, number)}")
