"""5. How long do people wait, and how long does a trajectory take? Those that still run stand beside the ended ones."""

from django.utils.translation import gettext as _

from foundation.charts import Band, Cell, DataTable, Row, Stack, StackChart, Strip, StripChart
from reporting.figures import Figure
from reporting.screens.bars import days_of
from reporting.screens.counting import DURATION_BANDS
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.terms import usual_terms
from reporting.screens.words import cell_label, unit_word, year_words

BANDS = ("within_14", "from_15_to_28", "from_29_to_56", "over_56")


def waiting(counted: Counted) -> Block:
    """Who started within two, four and eight weeks after the referral, this year and the year before."""
    figure = counted.now["waiting_time"]
    number = figure.number("n")
    now, before = year_words(counted.asked)
    stacks = [Stack(now, [counted.cell(figure.id, band) for band in BANDS], counted.cell(figure.id, "n"))]
    if not counted.broken(figure.id):
        earlier = [counted.before_cell(figure.id, band) for band in BANDS]
        stacks.append(Stack(before, earlier, counted.before_cell(figure.id, "n")))
    chart = StackChart(
        id="waiting",
        title=_("Half of the people started within %(days)s days after the referral") % {"days": days_of(figure)}
        if number
        else _("No starts with a day of referral in this period"),
        sentence=_("From the day of the referral to the first day. Each bar is all starts with a day of referral."),
        stacks=stacks,
        names=(_("0-2 weeks"), _("2-4 weeks"), _("4-8 weeks"), _("longer")),
        heading=_("Waited"),
        whole_name=_("All"),
        caption=_("Starts by the weeks waited"),
        description=_("A bar for each year, divided in who waited up to 2, up to 4, up to 8 and more than 8 weeks."),
    )
    return block_of(counted, chart, figure.id, f"{number} {unit_word(figure.definition.unit, number)}")


def durations(counted: Counted) -> Block:
    """A dot for each trajectory: above those that ended, below those that still run, which are counted apart."""
    lead, running = counted.now["lead_time"], counted.now["running_time"]
    chart = StripChart(
        id="durations",
        title=_("The middle value of an ended trajectory is %(days)s days") % {"days": days_of(lead)}
        if lead.number("n")
        else _("No trajectory ended in this period"),
        sentence=f"{_about_running(counted, running)} {_about_lines(counted)}",
        strips=[_strip(counted, lead, _("Ended")), _strip(counted, running, _("Still running, so far"))],
        lines=counted.terms or usual_terms(),
        unit=_("days"),
        description=_("Two rows of dots on a scale of days: ended trajectories, and those that still run."),
        numbers=_table(counted),
    )
    number = lead.number("n")
    return block_of(counted, chart, lead.id, f"{number} {unit_word(lead.definition.unit, number)}")


def _about_running(counted: Counted, running: Figure) -> str:
    return _(
        "A year before %(before)s days. Who still runs is counted apart: %(running)s trajectories, the middle value"
        " so far is %(days)s days, the longest %(longest)s."
    ) % {
        "before": days_of(counted.before["lead_time"]),
        "running": running.number("n"),
        "days": days_of(running),
        "longest": max((record.amount for record in running.cell("n")), default="–"),
    }


def _about_lines(counted: Counted) -> str:
    """By which rule the lines stand where they stand."""
    if counted.terms:
        return _("The lines are the trial and the usual length that the programmes are set to.")
    return _("These programmes have no trial or usual length: the lines stand at 3 weeks and 3 months.")


def _strip(counted: Counted, figure: Figure, label: str) -> Strip:
    days = [record.amount for record in figure.cell("n")]
    url = counted.asked.figure_url
    return Strip(
        f"{label} ({len(days)})",
        days,
        figure.value["median"],
        _("%(days)s days") % {"days": days_of(figure)},
        bands=[
            Band(most, f"{label}, {cell_label(figure.id, name, {})}: {figure.number(name)}", url(figure.id, name))
            for name, most in DURATION_BANDS
        ],
    )


def _table(counted: Counted) -> DataTable:
    """How many took how long: ended, a year before, and still running."""
    now, before = year_words(counted.asked)
    headings = (_("Took"), f"{_('Ended')}, {now}", f"{_('Ended')}, {before}", _("Still running, so far"))
    rows = [_row(counted, name) for name, _most in DURATION_BANDS]
    figures = (counted.now["lead_time"], counted.before["lead_time"], counted.now["running_time"])
    rows.append(Row(_("Middle value, in days"), [Cell(f"{days_of(figure)}") for figure in figures]))
    return DataTable(_("Trajectories by how long they took"), headings, rows, _row(counted, "n"))


def _row(counted: Counted, name: str) -> Row:
    cells = [
        counted.cell("lead_time", name),
        counted.before_cell("lead_time", name),
        counted.cell("running_time", name),
    ]
    return Row(cell_label("lead_time", name, {}), cells)
