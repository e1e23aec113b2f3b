"""8, by cohort: of what ended in a quarter, after how much of it somebody came back within a year. A neutral fact."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.charts import ShareChart
from foundation.charts.intervals import Shared
from foundation.periods import Period
from reporting.figures import Record
from reporting.figures.cohorts import BACK, ENDED, Ending, endings, quarters_of
from reporting.screens.filters import Filters
from reporting.screens.ten.block import Block, Counted

YEARS_BACK = 2


def quarters_before(asked: Filters) -> list[Period]:
    """The quarters of the period and of the two years before it."""
    first = asked.period.start.replace(year=asked.period.start.year - YEARS_BACK, day=1)
    return quarters_of(Period(first, asked.counted.end))


def returned(counted: Counted) -> Block | None:
    """The line; none for one coach or one starting year, who cannot be followed after the end."""
    if counted.asked.coach or counted.asked.started_in:
        return None
    found = endings(counted.question, quarters_before(counted.asked))
    if not any(one.ended for one in found):
        return None
    chart = chart_of(counted.asked, found)
    there = f"{reverse('reporting:cohorts')}{counted.asked.query()}#returned"
    definition = reverse("reporting:definition", args=["re_entries"])
    about = _("%(number)s ended") % {"number": sum(len(one.ended) for one in found)}
    return Block(chart, about, there, there, "", definition, counted.broken_words("re_entries"))


def chart_of(asked: Filters, found: list[Ending]) -> ShareChart:
    """The share of each quarter, with the table behind it."""
    ended = sum(len(one.ended) for one in found if one.back is not None)
    back = sum(len(one.back) for one in found if one.back is not None)
    return ShareChart(
        id="returned",
        title=_("After %(share)s of the trajectories somebody came back within 12 months")
        % {"share": f"{back / ended:.0%}"}
        if ended
        else _("Who comes back within 12 months cannot be told yet"),
        sentence=_(
            "By the quarter of the end: a new trajectory within 12 months after it. Not told before those are over."
        ),
        shares=[_shared(asked, one) for one in found],
        caption=_("Came back within 12 months, by the quarter of the end"),
        description=_("A line with a dot for each quarter: the share after which somebody started again."),
        headings=(_("Ended in"), _("Trajectories"), _("Came back"), _("Share")),
    )


def cells_of(found: list[Ending]) -> dict[str, list[Record]]:
    """Every number of it that can be opened, by its name in the address."""
    cells: dict[str, list[Record]] = {}
    for one in found:
        cells |= {f"{key_of(one)}.{ENDED}": [*one.ended], f"{key_of(one)}.{BACK}": [*(one.back or ())]}
    return cells


def key_of(one: Ending) -> str:
    return f"{one.quarter.start:%Y}-{(one.quarter.start.month + 2) // 3}"


def _shared(asked: Filters, one: Ending) -> Shared:
    year, number = key_of(one).split("-")
    label = _("%(year)s, Q%(number)s") % {"year": year, "number": number}

    def there(cell: str, records: list[Record]) -> str:
        return reverse("reporting:cohorts") + asked.query(cell=f"{key_of(one)}.{cell}") if records else ""

    whole = there(ENDED, [*one.ended])
    if one.back is None or not one.ended:
        return Shared(label, len(one.ended), whole, word=_("not yet") if one.back is None else "–")
    share = len(one.back) / len(one.ended)
    return Shared(label, len(one.ended), whole, len(one.back), there(BACK, [*one.back]), share)
