"""10. Are our files right? Each check by the side of quality it is about: complete, in time, correct, as before."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from foundation.charts import Progress, ProgressChart
from reporting.figures.quality import CHECK_LABELS
from reporting.screens.ten.block import Block, Counted, block_of

COMPLETE = (
    "ended_without_destination",
    "ended_without_reason",
    "started_without_referral_date",
    "paid_work_without_start",
    "no_first_ladder",
    "no_measurement_6_months",
)
IN_TIME = ("session_not_filled_in", "relapse_without_follow_up", "late_entry")
CORRECT = ("slot_past_end",)
FIGURE = "data_quality"


def quality(counted: Counted) -> Block:
    """A bar for each check, with a link to what is to mend and to what was looked at."""
    figure = counted.now[FIGURE]
    wrong = sum(figure.number(f"{check}.wrong") for check in CHECK_LABELS)
    before = sum(counted.before[FIGURE].number(f"{check}.wrong") for check in CHECK_LABELS)
    chart = ProgressChart(
        id="quality",
        title=_("%(wrong)s things in the files are still to mend") % {"wrong": wrong}
        if wrong
        else _("Everything in this period is complete"),
        sentence=_consistency(counted, before),
        groups=[
            (_("Complete"), list(checks(counted, COMPLETE))),
            (_("In time"), list(checks(counted, IN_TIME))),
            (_("Correct"), list(checks(counted, CORRECT))),
        ],
        caption=_("Complete files, in this period"),
        headings=(_("Check"), _("To mend"), _("Looked at"), _("To mend a year before")),
    )
    number = sum(figure.number(f"{check}.total") for check in CHECK_LABELS)
    about = _("%(number)s looked at") % {"number": number}
    return block_of(counted, chart, FIGURE, about, has_people=False)


def checks(counted: Counted, names: tuple[str, ...]) -> Iterator[Progress]:
    """The checks of one side of quality."""
    for check in names:
        total, wrong = (counted.cell(FIGURE, f"{check}.{part}") for part in ("total", "wrong"))
        yield Progress(str(CHECK_LABELS[check]), total, wrong, counted.before_cell(FIGURE, f"{check}.wrong"))


def _consistency(counted: Counted, before: int) -> str:
    """In line with earlier: in how many checks more is to mend than in the same days a year before."""
    more = sum(
        counted.now[FIGURE].number(f"{check}.wrong") > counted.before[FIGURE].number(f"{check}.wrong")
        for check in CHECK_LABELS
    )
    return _("A year before: %(before)s. In %(more)s of the %(all)s checks there is more to mend than then.") % {
        "before": before,
        "more": more,
        "all": len(CHECK_LABELS),
    }
