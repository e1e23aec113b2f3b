"""The dated notes that stand beside a figure."""

from reporting.models import FigureNote
from reporting.screens.filters import Filters


def notes_of(asked: Filters, figure_id: str) -> list[FigureNote]:
    """What managers wrote beside a figure about days of the period, of the units asked about; newest day first."""
    found = FigureNote.objects.filter(
        unit__in=asked.scope.units, figure=figure_id, dated_on__range=(asked.period.start, asked.period.end)
    )
    return list(found.select_related("unit", "written_by"))
