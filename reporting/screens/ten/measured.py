"""6 and 7. What was measured twice: the ladder, the life domains and loneliness. Never averaged, never per coach."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.charts import Cell, DataTable, DivergingChart, Divided, Row, Stack, StackChart
from guidance.scoring import SCALES
from guidance.scoring import ZRM as SELF_RELIANCE
from participants.models import LifeDomain
from reporting.screens import charts
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.words import unit_word, year_words

SUMS = ("up", "same", "down", "no_second")
CLASSES = ("not", "somewhat", "strongly")


def ladder(counted: Counted) -> Block:
    """The ladder as a table of six by six, with the sums up, the same and down beside those of last year."""
    figure = counted.now["ladder"]
    measured = sum(figure.number(name) for name in SUMS[:3])
    chart = replace(charts.ladder(counted.asked, counted.now), definition="", sums=ladder_sums(counted))
    about = _("%(number)s measured twice") % {"number": f"{measured} {unit_word(figure.definition.unit, measured)}"}
    return block_of(counted, chart, figure.id, about)


def ladder_sums(counted: Counted) -> DataTable:
    """Up, the same, down and measured once, now and a year before."""
    words = {
        "up": _("Higher"),
        "same": _("The same"),
        "down": _("Lower"),
        "no_second": _("No second measurement"),
    }
    now, before = year_words(counted.asked)
    rows = [
        Row(now, [counted.cell("ladder", name) for name in SUMS]),
        Row(before, [counted.before_cell("ladder", name) for name in SUMS]),
    ]
    return DataTable(_("Sums, beside a year before"), (_("Period"), *words.values()), rows)


def domains(counted: Counted) -> Block:
    """Per life domain who does better, the same and worse between the first and the last measurement."""
    names = {str(key): str(label) for key, label in LifeDomain.choices}
    parts = [part for domain in SCALES[SELF_RELIANCE].scored if (part := _divided(counted, domain, names))]
    gained = [part for part in parts if part.numbers[2] > part.numbers[0]]
    chart = DivergingChart(
        id="domains",
        title=ngettext(
            "In %(gained)s of %(number)s life domain more people do better than worse",
            "In %(gained)s of %(number)s life domains more people do better than worse",
            len(parts),
        )
        % {"gained": len(gained), "number": len(parts)}
        if parts
        else _("Nobody was measured twice on the life domains yet"),
        sentence=_("Self-reliance matrix, from the first to the last measurement. Any step counts as a change."),
        parts=parts,
        caption=_("Change by life domain, participants"),
        heading=_("Life domain"),
        names=(_("worse"), _("the same"), _("better")),
        whole_name="n",
    )
    most = max((int(part.whole.value or 0) for part in parts), default=0)
    about = _("up to %(number)s a domain") % {"number": f"{most} {unit_word(counted.now['ladder'].definition.unit)}"}
    return block_of(counted, chart, "instrument_change", about)


def _divided(counted: Counted, domain: str, names: dict[str, str]) -> Divided | None:
    """One domain; none where nobody was measured twice."""
    stem = f"{SELF_RELIANCE}.{domain}"
    if not counted.now["instrument_change"].number(f"{stem}.n"):
        return None
    worse, same, better, whole = (
        counted.cell("instrument_change", f"{stem}.{name}") for name in ("worse", "same", "better", "n")
    )
    return Divided(names.get(domain, domain), worse, same, better, whole)


def loneliness(counted: Counted) -> Block:
    """The three classes at the first and at the last measurement, of the same people."""
    figure = counted.now["loneliness"]
    number = figure.number("n")
    whole = counted.cell("loneliness", "n")
    first, last = ([counted.cell("loneliness", f"{when}.{name}") for name in CLASSES] for when in ("first", "last"))
    chart = StackChart(
        id="loneliness",
        title=_lonely_message(number, first, last),
        sentence=_("What people say themselves (De Jong Gierveld, six questions), of who was measured twice."),
        stacks=[Stack(_("First measurement"), first, whole), Stack(_("Last measurement"), last, whole)],
        names=(_("not lonely"), _("somewhat"), _("very")),
        heading=_("Measurement"),
        whole_name=_("All"),
        caption=_("Loneliness at the first and at the last measurement, participants"),
        description=_("Two bars: at the first and at the last measurement, each divided in three classes."),
    )
    return block_of(counted, chart, figure.id, f"{number} {unit_word(figure.definition.unit, number)}")


def _lonely_message(number: int, first: list[Cell], last: list[Cell]) -> str:
    if not number:
        return _("Nobody was measured twice on loneliness yet")
    return _("At the first measurement %(first)s of %(number)s people were not lonely, at the last %(last)s") % {
        "first": first[0].value,
        "last": last[0].value,
        "number": number,
    }
