"""1. How are we doing? Six numbers, each beside the same days a year before and beside its target."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.charts import Fig, TargetBar
from reporting.figures import Figure
from reporting.screens.bars import days_of
from reporting.screens.filters import YEAR
from reporting.screens.ten.block import Counted
from reporting.screens.words import number

KEY_FIGURES = ("participants", "trajectories", "paid_work", "other_route", "help_question_insight")
LEAST_FOR_PERCENTAGE = 20


class WholeTarget(TargetBar):
    """A target of an agreement that lasts longer than the period: its bar says how much of it is reached."""

    @property
    def target_words(self) -> str:
        return _("agreement: %(reached)s of %(target)s") % {
            "reached": number(self.realised),
            "target": number(self.target),
        }


def target_bar(row: dict[str, Any], value: object) -> TargetBar:
    """The bar of the one target that a figure has, over the whole agreement."""
    kind = TargetBar if row["realised"] == value else WholeTarget
    return kind(row["realised"], row["target"], row["expected"])


def key_figures(counted: Counted) -> list[Fig]:
    """The six, the waiting time last."""
    return [*(_fig(counted, key) for key in KEY_FIGURES), _waiting(counted)]


def _fig(counted: Counted, key: str) -> Fig:
    figure = counted.now[key]
    targets = [row for row in counted.now["targets"].value if row["figure"] == key]
    compare = compared(counted, figure, counted.before[key])
    return Fig(
        str(figure.definition.label),
        figure.value,
        url=counted.asked.figure_url(key),
        compare=compare,
        compare_url=counted.before_cell(key).url,
        compare_more=_("see the targets") if len(targets) > 1 else "",
        target=target_bar(targets[0], figure.value) if len(targets) == 1 else None,
        no_target=not targets,
    )


def _waiting(counted: Counted) -> Fig:
    figure, before = counted.now["waiting_time"], counted.before["waiting_time"]
    return Fig(
        str(figure.definition.label),
        days_of(figure),
        url=counted.asked.figure_url(figure.id, "n"),
        unit=_("days"),
        compare=_with_break(counted, figure.id, last_year(counted, days_of(before))),
        compare_url=counted.before_cell(figure.id, "n").url,
        no_target=True,
    )


def compared(counted: Counted, now: Figure, before: Figure) -> str:
    """Last year's number; with the change in per cent where it was counted the same way and is not too small."""
    words = last_year(counted, before.value)
    if counted.broken(now.id) or before.value < LEAST_FOR_PERCENTAGE:
        return _with_break(counted, now.id, words)
    change = round(100 * (now.value - before.value) / before.value)
    return f"{words} ({change:+d}%)" if change else words


def _with_break(counted: Counted, figure_id: str, words: str) -> str:
    if not counted.broken(figure_id):
        return words
    break_words = _("counted in another way")
    return f"{words} | {break_words}"


def last_year(counted: Counted, value: object) -> str:
    """The number of the same days a year before, in words."""
    if counted.asked.choice == YEAR:
        return _("last year %(value)s") % {"value": value}
    return _("a year before %(value)s") % {"value": value}
