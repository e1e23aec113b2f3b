"""What stands beside the numbers of a figure: what follows from them and is no count, and the splits it offers."""

from typing import Any

from django.utils.translation import gettext as _

from reporting.figures import SPLITS, Figure
from reporting.figures.splits import SPLIT_FIGURES
from reporting.screens.filters import Filters
from reporting.screens.words import number, percentage, split_label


def measures(figure: Figure) -> list[tuple[str, str]]:
    """What follows from the records and is no count: a middle value, a share, minutes."""
    if not isinstance(figure.value, dict):
        return []
    words = {
        "mean": _("Average, in days"),
        "median": _("Middle value, in days"),
        "median_days": _("Middle value, in days"),
        "q1": _("A quarter took at most, in days"),
        "q3": _("Three quarters took at most, in days"),
        "minutes": _("Minutes together"),
    }
    found = [(label, number(figure.value[key])) for key, label in words.items() if key in figure.value]
    if "rate" in figure.value:
        found.append((_("Share"), percentage(figure.value["rate"])))
    return found


def splits(asked: Filters, figure_id: str, by: str) -> list[dict[str, Any]]:
    """The splits that this figure offers, as links."""
    if figure_id not in SPLIT_FIGURES:
        return []
    return [
        {"label": split_label(one), "url": asked.figure_url(figure_id, by=one), "current": one == by} for one in SPLITS
    ]
