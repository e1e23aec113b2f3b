"""The bars of the overview: outcomes, destinations, durations, coaches. Each number is a link."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.charts import Bar, BarChart
from reporting.figures import UNRECORDED, Figure
from reporting.screens.filters import Filters
from reporting.screens.words import Names, cell_label, year_words

Figures = Mapping[str, Figure]


def bars_of(
    asked: Filters, now: Figure, before: Figure | None, names: Names, *, by: str = "", in_order: Sequence[str] = ()
) -> list[Bar]:
    """A bar for each cell, the longest first (or in the order given), what was not recorded last."""

    def rank(cell: str) -> tuple[Any, ...]:
        place = list(in_order).index(cell) if cell in in_order else len(in_order)
        return cell == UNRECORDED, place, -now.number(cell), cell_label(now.id, cell, names)

    return [
        Bar(
            cell_label(now.id, cell, names),
            now.number(cell),
            asked.figure_url(now.id, cell, by),
            before.number(cell) if before else "",
        )
        for cell in sorted(now.cells, key=rank)
        if now.number(cell)
    ]


def outcomes(asked: Filters, now: Figures, before: Figures, names: Names) -> BarChart:
    """How many people found each kind of outcome."""
    bars = bars_of(asked, now["outcomes_by_kind"], before["outcomes_by_kind"], names)
    return BarChart(
        id="outcomes",
        title=_outcomes_message([bar.label for bar in bars]),
        sentence=_(
            "%(work)s to paid work, %(other)s to another route."
            " People who found more than one route count in every row."
        )
        % {"work": now["paid_work"].number(), "other": now["other_route"].number()},
        definition=str(now["outcomes_by_kind"].definition.sentence),
        bars=bars,
        caption=_("Participants with this outcome"),
        headings=(_("Route"), *year_words(asked)),
    )


def _outcomes_message(labels: Sequence[str]) -> str:
    if not labels:
        return _("No outcomes yet in this period")
    if len(labels) == 1:
        return _("People found: %(first)s") % {"first": lowered(labels[0])}
    return _("Most people found %(first)s or %(second)s") % {
        "first": lowered(labels[0]),
        "second": lowered(labels[1]),
    }


def lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def destinations(asked: Filters, now: Figures, before: Figures, names: Names) -> BarChart:
    """Where people went when their trajectory ended."""
    bars = bars_of(asked, now["ended_by_destination"], before["ended_by_destination"], names)
    first = bars[0].label if bars else ""
    return BarChart(
        id="destinations",
        title=_("After the end most went to: %(first)s") % {"first": lowered(first)}
        if first
        else _("No trajectory ended in this period"),
        sentence=ngettext("%(number)s trajectory ended.", "%(number)s trajectories ended.", now["outflow"].number())
        % {"number": now["outflow"].number()},
        definition=str(now["ended_by_destination"].definition.sentence),
        bars=bars,
        caption=_("Ended trajectories by destination"),
        headings=(_("Destination"), *year_words(asked)),
    )


def durations(asked: Filters, now: Figures, before: Figures) -> BarChart:
    """Waiting, the ended ones, and beside them those that run: the middle values, in days."""
    words = {
        "waiting_time": _("From referral to start"),
        "lead_time": _("Ended trajectories"),
        "running_time": _("Still running, so far"),
    }
    lead = now["lead_time"].value
    return BarChart(
        id="durations",
        title=_("The middle value of an ended trajectory is %(days)s days") % {"days": days_of(now["lead_time"])}
        if lead["n"]
        else _("No trajectory ended in this period"),
        sentence=_("The middle value in days. Half of the ended ones took %(low)s to %(high)s days.")
        % {"low": round(lead["q1"]), "high": round(lead["q3"])}
        if lead["n"]
        else _("The middle value in days."),
        definition=str(now["running_time"].definition.sentence),
        bars=[
            Bar(
                f"{label} ({now[key].number('n')})",
                days_of(now[key]),
                asked.figure_url(key, "n"),
                days_of(before[key]),
            )
            for key, label in words.items()
        ],
        caption=_("Days, the middle value"),
        headings=(_("What"), *year_words(asked)),
    )


def days_of(figure: Figure) -> int | str:
    """The median of a figure in whole days; a dash without any."""
    median = figure.value["median"]
    return "–" if median is None else round(median)


def coaches(asked: Filters, split: Figure, names: Names) -> BarChart:
    """Participants per coach, by name: for the manager of the unit only, and not a ranking."""
    in_order = [key for key, _name in sorted(names.items(), key=lambda pair: pair[1].casefold())]
    return BarChart(
        id="coaches",
        title=_("Participants per coach"),
        sentence=_("By name. The coach on the last day of the period counts, or on the last day of the trajectory."),
        bars=bars_of(asked, split, None, {**names, UNRECORDED: _("No coach")}, by="coach", in_order=in_order),
        caption=_("Participants per coach"),
        headings=(_("Coach"), _("Participants")),
    )


def programmes(asked: Filters, figure: Figure, names: Names) -> BarChart:
    """Participants per programme."""
    return BarChart(
        id="programmes",
        title=_("Participants per programme"),
        sentence=str(figure.definition.sentence),
        bars=bars_of(asked, figure, None, names),
        caption=_("Participants per programme"),
        headings=(_("Programme"), _("Participants")),
    )
