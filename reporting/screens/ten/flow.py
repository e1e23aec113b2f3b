"""2. Do more come than go? Started and ended per month, who went on, and how many there were, beside last year."""

from django.utils.translation import gettext as _

from foundation.charts import ColumnChart, Month, Row
from foundation.periods import Period
from reporting.figures import Question, count_one
from reporting.screens.months import part_words, parts_of
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.ten.provisional import last_sure_day
from reporting.screens.words import unit_word
from trajectories.models import OutcomeKind

WENT_ON = OutcomeKind.NEXT_TRAJECTORY.value
"""Who went on is counted by the outcome, so that an internal move is not read as an end."""


def flow(counted: Counted) -> Block:
    """The columns, with a ring for who went on to a next trajectory and a dashed line for last year."""
    now = counted.now
    came, went = now["inflow"].number(), now["outflow"].number()
    on = now["outcomes_by_kind"].number(WENT_ON)
    parts = parts_of(counted.asked.counted)
    chart = ColumnChart(
        id="flow",
        title=message(came, went),
        sentence=_(
            "%(came)s started, %(went)s stopped or completed; %(on)s people went on to a next trajectory."
            " %(end)s trajectories are running now, at the beginning %(start)s."
        )
        % {
            "came": came,
            "went": went,
            "on": on,
            "end": now["stock_end"].number(),
            "start": now["stock_start"].number(),
        },
        months=months(counted, parts),
        names=(_("started"), _("stopped or completed"), _("running")),
        third_name=_("went on"),
        before_name=_("running a year before"),
        stock_name=_("running trajectories, end of the month"),
        caption=_("Trajectories per month"),
        description=_(
            "Columns per month with started and stopped or completed, rings for people who went on, a line with running"
            " trajectories and a dashed line with those of a year before."
        ),
        provisional=sum(part.end > last_sure_day() for part in parts),
        broken=_broken_month(counted, parts),
        broken_words=_("counted in another way"),
        total=_whole(counted),
    )
    number = now["trajectories"].number()
    about = f"{number} {unit_word(now['trajectories'].definition.unit, number)}"
    return block_of(counted, chart, "trajectories", about, defined="inflow")


def _whole(counted: Counted) -> Row:
    """The row below the table: the whole period, at its last day."""
    on = counted.cell("outcomes_by_kind", WENT_ON)
    came, went, there = (counted.cell(name) for name in ("inflow", "outflow", "stock_end"))
    return Row(_("Whole period"), [came, went, on, there, counted.before_cell("stock_end")])


def message(came: int, went: int) -> str:
    """The heading: which of the two was more."""
    if came == went:
        return _("As many trajectories started as stopped")
    return _("More trajectories started than stopped") if came > went else _("More trajectories stopped than started")


def _broken_month(counted: Counted, parts: list[Period]) -> int | None:
    """The month in which the definition of what is drawn changed, where that lies in the period."""
    days = [day for key in ("inflow", "outflow", "stock_end") if (day := counted.broken(key))]
    found = [index for index, part in enumerate(parts) if any(day in part for day in days)]
    return found[0] if found else None


def months(counted: Counted, parts: list[Period]) -> list[Month]:
    """Each month beside the same month a year before."""
    pairs = zip(parts, parts_of(counted.asked.before), strict=True)
    return [_month(counted, part, before) for part, before in pairs]


def _month(counted: Counted, part: Period, before: Period) -> Month:
    of_part = counted.question.flow_in(part)
    came, went, there = (count_one(of_part, key).number() for key in ("inflow", "outflow", "stock_end"))
    on = count_one(part_of(counted.question, part), "outcomes_by_kind").number(WENT_ON)
    there_before = count_one(counted.earlier.flow_in(before), "stock_end").number()
    url = counted.asked.over(part).figure_url
    label, full_label = part_words(part)
    return Month(
        label,
        came,
        went,
        there,
        url("inflow") if came else "",
        url("outflow") if went else "",
        url("stock_end") if there else "",
        full_label=full_label,
        third=on,
        third_url=url("outcomes_by_kind", WENT_ON) if on else "",
        stock_before=there_before,
        stock_before_url=counted.asked.over(before).figure_url("stock_end") if there_before else "",
    )


def part_of(question: Question, part: Period) -> Question:
    """The same question over a part of the period, for what is dated in it on any trajectory in scope."""
    asked = Question(question.facts, part, question.reference)
    if question.facts.coach is None:
        asked.trajectories = question.trajectories
    return asked
