"""The dated notes that stand beside a figure, and with the block of the overview in which that figure is drawn."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from reporting.models import FigureNote
from reporting.screens.filters import Filters

DRAWN_WITH = {
    "flow": ("inflow", "outflow", "stock_start", "stock_end"),
    "outcomes": ("outcomes_by_kind",),
    "destinations": ("ended_by_destination", "ended_by_reason", "dropout"),
    "coaches": ("participants.coach",),
    "waiting": ("waiting_time",),
    "durations": ("lead_time", "running_time"),
    "ladder": ("ladder",),
    "loneliness": ("loneliness",),
    "domains": ("instrument_change",),
    "relapse": ("picked_up_again", "relapses"),
    "returns": ("re_entries",),
    "places": ("occupancy", "slot_turnover"),
    "quality": ("data_quality",),
    "targets": ("targets",),
}
"""With which block the notes about a figure stand; the others stand with the key figures."""

KEY_FIGURES = "key-figures"
BLOCKS = {figure: block for block, figures in DRAWN_WITH.items() for figure in figures}


class Noted(NamedTuple):
    """A note as the overview shows it."""

    figure: str
    dated_on: date
    text: str
    unit: str
    written_by: str | None


def note_name(figure_id: str, by: str) -> str:
    """Beside what a note is written: a figure, or its split (per coach: who was away, say)."""
    return f"{figure_id}.{by}" if by else figure_id


def notes_of(asked: Filters, figure: str) -> list[FigureNote]:
    """What managers wrote beside a figure about days of the period, of the units asked about; newest day first."""
    return list(_about(asked).filter(figure=figure).select_related("unit", "written_by"))


def notes_asked(asked: Filters) -> QuerySet[Any, tuple[Any, ...]]:
    """Ask for the notes beside all figures."""
    return _about(asked).values_list("figure", "dated_on", "text", "unit__name", "written_by__name")


def by_block(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Noted]]:
    """The notes that were asked for, by the block of the overview with which they stand."""
    found: dict[str, list[Noted]] = {}
    for note in map(Noted._make, rows):
        found.setdefault(BLOCKS.get(note.figure, KEY_FIGURES), []).append(note)
    return found


def _about(asked: Filters) -> QuerySet[FigureNote]:
    return FigureNote.objects.filter(unit__in=asked.scope.units, dated_on__range=(asked.period.start, asked.period.end))
