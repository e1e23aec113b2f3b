"""8. How often is there a relapse, is the thread picked up, and who comes back? Neutral facts, in the same blue."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.charts import Bar, RankChart
from reporting.screens import charts
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.words import unit_word, year_words


def relapse(counted: Counted) -> Block:
    """Every relapse once, by how it went on."""
    now = counted.now
    picked, number = now["picked_up_again"], now["relapses"].number()
    chart = charts.relapse(counted.asked, now, counted.before)
    sentence = _("Relapse is part of it. Each sign is one time. A year before: %(number)s.") % {
        "number": counted.before["relapses"].number()
    }
    about = f"{number} {unit_word(picked.definition.unit, number)}"
    return block_of(counted, replace(chart, definition="", sentence=sentence), picked.id, about)


def returns(counted: Counted) -> Block:
    """Who started again after an earlier end: within half a year, within a year, or later."""
    figure = counted.now["re_entries"]
    number, starts = figure.number("total"), counted.now["inflow"].number()
    words = {
        "within_182": _("Within 6 months after the end"),
        "within_365": _("After 6 months and within 12 months"),
        "over_365": _("After more than 12 months"),
    }
    bars = [
        Bar(label, cell.value, cell.url, before.value, before.url)
        for name, label in words.items()
        for cell, before in [(counted.cell(figure.id, name), counted.before_cell(figure.id, name))]
    ]
    chart = RankChart(
        id="returns",
        title=ngettext(
            "%(number)s of the %(starts)s starts was somebody who came back",
            "%(number)s of the %(starts)s starts were people who came back",
            number,
        )
        % {"number": number, "starts": starts}
        if number
        else _("Nobody came back in this period"),
        sentence=_("A new trajectory after an earlier one. Coming back is a way of going on."),
        bars=bars,
        caption=_("Started again, by the time since the end"),
        headings=(_("Time since the end"), *year_words(counted.asked)),
    )
    return block_of(counted, chart, figure.id, f"{number} {unit_word(figure.definition.unit, number)}")
