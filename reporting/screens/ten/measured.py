"""6 and 7. What was measured twice: the ladder, the life domains and loneliness. Never averaged, never per coach."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.charts import Cell, Chart, DataTable, DivergingChart, Divided, Row, Stack, StackChart
from guidance.scoring import LADDER, SCALES
from guidance.scoring import ZRM as SELF_RELIANCE
from reporting.figures.measurements import courses
from reporting.figures.shapes import mean, median
from reporting.screens import charts
from reporting.screens.ten.block import Block, Counted, Figures, block_of
from reporting.screens.words import part_label, unit_word, year_words

CHANGE = "instrument_change"
SUMS = ("up", "same", "down", "no_second")
CLASSES = ("not", "somewhat", "strongly")


def ladder(counted: Counted) -> Block:
    """The ladder as a table of six by six, with the sums up, the same and down beside those of last year."""
    figure = counted.now["ladder"]
    measured = sum(figure.number(name) for name in SUMS[:3])
    drawn = charts.ladder(counted.asked, counted.now)
    sentence = f"{drawn.sentence} {time_between(counted)}".strip()
    chart = replace(drawn, sentence=sentence, definition="", sums=ladder_sums(counted))
    about = _("%(number)s measured twice") % {"number": f"{measured} {unit_word(figure.definition.unit, measured)}"}
    return block_of(counted, chart, figure.id, about)


def time_between(counted: Counted) -> str:
    """The middle value of the time between the two measurements on the ladder."""
    days = [(course.last_on - course.first_on).days for course in courses(counted.question, LADDER).get("step", [])]
    middle = median(days)
    if middle is None:
        return ""
    weeks = round(middle / 7)
    return ngettext(
        "Between the two measurements lies %(weeks)s week (middle value).",
        "Between the two measurements lie %(weeks)s weeks (middle value).",
        weeks,
    ) % {"weeks": weeks}


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
    chart = changes(counted, SELF_RELIANCE, "domains", domains_message)
    most = max((int(part.whole.value or 0) for part in chart.parts), default=0)
    about = _("up to %(number)s a domain") % {"number": f"{most} {unit_word(counted.now['ladder'].definition.unit)}"}
    return block_of(counted, chart, CHANGE, about)


def domains_message(number: int, gained: int) -> str:
    """The heading: in how many domains more people gained than lost."""
    if not number:
        return _("Nobody was measured twice on the life domains yet")
    return ngettext(
        "In %(gained)s of %(number)s life domain more people do better than worse",
        "In %(gained)s of %(number)s life domains more people do better than worse",
        number,
    ) % {"gained": gained, "number": number}


def others(counted: Counted) -> list[Chart]:
    """The other measuring lists, drawn as the life domains are; for the page of the figure."""
    drawn = (changes(counted, slug, slug, lambda *_n, slug=slug: part_label(slug)) for slug in SCALES)
    return [chart for chart in drawn if chart.parts and chart.id not in {SELF_RELIANCE, LADDER}]


def changes(counted: Counted, slug: str, name: str, message: Callable[[int, int], str]) -> DivergingChart:
    """The change per part of one measuring list, small beside it that of a year before."""
    parts = [part for dimension in SCALES[slug].scored if (part := _divided(counted, slug, dimension))]
    gained = sum(part.numbers[2] > part.numbers[0] for part in parts)
    return DivergingChart(
        id=name,
        title=message(len(parts), gained),
        sentence=_("Self-reliance matrix, from the first to the last measurement. Any step counts as a change.")
        if slug == SELF_RELIANCE
        else _("From the first to the last measurement."),
        parts=parts,
        caption=_("Change by life domain, participants"),
        heading=_("Life domain") if slug == SELF_RELIANCE else _("Part"),
        names=(_("worse"), _("the same"), _("better")),
        whole_name="n",
        before_name="" if counted.broken(CHANGE) else year_words(counted.asked)[1],
    )


def _divided(counted: Counted, slug: str, dimension: str) -> Divided | None:
    """One part; none where nobody was measured twice."""
    stem = f"{slug}.{dimension}"
    if not counted.now[CHANGE].number(f"{stem}.n"):
        return None
    worse, same, better, whole = (counted.cell(CHANGE, f"{stem}.{name}") for name in ("worse", "same", "better", "n"))
    before: tuple[Cell | None, Cell | None] = (None, None)
    if not counted.broken(CHANGE):
        before = (counted.before_cell(CHANGE, f"{stem}.better"), counted.before_cell(CHANGE, f"{stem}.n"))
    return Divided(part_label(dimension), worse, same, better, whole, *before)


def changes_table(counted: Counted) -> DataTable:
    """Every part of every measuring list, with the average change, beside a year before. No average over parts."""
    now, before = year_words(counted.asked)
    words = (_("worse"), _("the same"), _("better"), "n", _("average change"))
    headings = (_("Part"), *(f"{word}, {year}" for year in (now, before) for word in words))
    rows = [
        Row(f"{part_label(slug)}, {part_label(dimension)}", _changed(counted, f"{slug}.{dimension}"))
        for slug, scale in SCALES.items()
        for dimension in scale.scored
        if counted.now[CHANGE].number(f"{slug}.{dimension}.n") or counted.before[CHANGE].number(f"{slug}.{dimension}.n")
    ]
    return DataTable(_("Change between the first and the last measurement"), headings, rows)


def _changed(counted: Counted, stem: str) -> list[Cell]:
    years: list[tuple[Figures, Callable[[str, str], Cell]]] = [
        (counted.now, counted.cell),
        (counted.before, counted.before_cell),
    ]
    found = []
    for figures, cell in years:
        found += [cell(CHANGE, f"{stem}.{name}") for name in ("worse", "same", "better", "n")]
        found.append(Cell(_mean(figures, stem)))
    return found


def _mean(figures: Figures, stem: str) -> str:
    """The average step of one part, which says nothing about another part."""
    middle = mean([record.amount for record in figures[CHANGE].cell(f"{stem}.n")])
    return "–" if middle is None else f"{middle:+.1f}"


def loneliness(counted: Counted) -> Block:
    """The three classes at the first and at the last measurement, of the same people."""
    figure = counted.now["loneliness"]
    number = figure.number("n")
    first, last = ([counted.cell("loneliness", f"{when}.{name}") for name in CLASSES] for when in ("first", "last"))
    chart = StackChart(
        id="loneliness",
        title=_lonely_message(number, first, last),
        sentence=_("What people say themselves (De Jong Gierveld, six questions), of who was measured twice."),
        stacks=_lonely_stacks(counted),
        names=(_("not lonely"), _("somewhat"), _("very")),
        heading=_("Measurement"),
        whole_name=_("All"),
        caption=_("Loneliness at the first and at the last measurement, participants"),
        description=_("Two bars a year: at the first and at the last measurement, each divided in three classes."),
    )
    return block_of(counted, chart, figure.id, f"{number} {unit_word(figure.definition.unit, number)}")


def _lonely_stacks(counted: Counted) -> list[Stack]:
    """The first and the last measurement, and those of a year before where they were counted the same way."""
    now, before = year_words(counted.asked)
    years: list[tuple[str, Callable[[str, str], Cell]]] = [(now, counted.cell)]
    if counted.before["loneliness"].number("n") and not counted.broken("loneliness"):
        years.append((before, counted.before_cell))
    words = {"first": _("First measurement"), "last": _("Last measurement")}
    return [
        Stack(
            f"{label}, {year}", [cell("loneliness", f"{when}.{name}") for name in CLASSES], cell("loneliness", "n")
        )
        for year, cell in years
        for when, label in words.items()
    ]  # fmt: skip


def _lonely_message(number: int, first: list[Cell], last: list[Cell]) -> str:
    if not number:
        return _("Nobody was measured twice on loneliness yet")
    return _("At the first measurement %(first)s of %(number)s people were not lonely, at the last %(last)s") % {
        "first": first[0].value,
        "last": last[0].value,
        "number": number,
    }
