"""4. Is the work divided well? Participants per coach, by name: for the manager of the unit only, never a ranking."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.charts import Bar, Rank, RankChart
from reporting.figures import UNRECORDED, Figure, split
from reporting.screens.bars import bars_of
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.words import Names, unit_word


def coaches(counted: Counted, names: Names) -> Block:
    """The bars, with what is new in the last month of the period. No scores: they never rank coaches."""
    asked = counted.asked
    per_coach = split(counted.question, "participants", "coach")
    month = asked.counted.months()[-1]
    new = split(counted.question.flow_in(month), "inflow", "coach")
    named = {**names, UNRECORDED: _("No coach")}
    in_order = [key for key, _name in sorted(names.items(), key=lambda pair: pair[1].casefold())]
    bars = bars_of(asked, per_coach, None, named, by="coach", in_order=in_order)
    there = asked.over(month).figure_url
    by_label = {named.get(cell, cell): (new.number(cell), there("inflow", cell, "coach")) for cell in new.cells}
    number = counted.now["participants"].number()
    chart = RankChart(
        id="coaches",
        title=_title(per_coach),
        sentence=_(
            "By name, participants in this period. The coach on the last day counts, or on the last day of the"
            " trajectory. New: trajectories started in %(month)s."
        )
        % {"month": date_format(month.start, "F Y")},
        bars=[_with_new(bar, *by_label.get(bar.label, (0, ""))) for bar in bars],
        caption=_("Participants per coach"),
        headings=(_("Coach"), _("Participants")),
    )
    about = f"{number} {unit_word(per_coach.definition.unit, number)}"
    return block_of(counted, chart, "participants", about, by="coach")


def _title(per_coach: Figure) -> str:
    """The heading: from how few to how many participants coaches have. No name in it: it is no ranking."""
    numbers = [per_coach.number(cell) for cell in per_coach.cells if cell != UNRECORDED]
    if len(numbers) < 2:
        return _("Participants per coach")
    return _("Coaches have from %(least)s to %(most)s participants") % {"least": min(numbers), "most": max(numbers)}


def _with_new(bar: Bar, new: int, url: str) -> Rank:
    words = ngettext("%(number)s new", "%(number)s new", new) % {"number": new} if new else ""
    return Rank(bar.label, bar.value, bar.url, extra=words, extra_url=url if new else "", extra_value=new)
