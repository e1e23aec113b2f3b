"""4. Is the work divided well? Participants per coach, by name: for the manager of the unit only, never a ranking."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.charts import CaseloadChart, Cell, Load
from foundation.periods import Period
from reporting.figures import UNRECORDED, Figure, split
from reporting.screens.filters import Choices, Filters
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.words import Names, unit_word

Band = tuple[int, int]


@dataclass(frozen=True)
class People:
    """The participants of each coach: on the last day and in the whole period, and what is new in its last month."""

    today: Figure
    whole: Figure
    new: Figure


def coaches(counted: Counted, names: Names, band: Band | None = None) -> Block:
    """The bars of the last day, with what is new in its month, beside the agreed range. No scores: they rank nobody."""
    asked = counted.asked
    last = asked.counted.months()[-1]
    people = People(
        today=split(counted.question.flow_in(last_day(asked)), "participants", "coach"),
        whole=split(counted.question, "participants", "coach"),
        new=split(counted.question.flow_in(last), "inflow", "coach"),
    )
    named: dict[str, str] = {**names, UNRECORDED: _("No coach")}
    cells = sorted(
        (cell for cell in people.whole.cells if people.whole.number(cell)),
        key=lambda cell: (cell == UNRECORDED, (named.get(cell) or cell).casefold()),
    )
    chart = CaseloadChart(
        id="coaches",
        title=_title(people.today),
        sentence=_(
            "By name, participants on %(day)s: for one coach at a time, so not all of the period."
            " New: trajectories started in %(month)s."
        )
        % {"day": date_format(asked.counted.end, "j F Y"), "month": date_format(last.start, "F Y")},
        bars=[_load(asked, people, cell, named.get(cell, cell), band) for cell in cells],
        caption=_("Participants per coach"),
        headings=_headings(asked, last, band),
        band=band,
        band_words=_("agreed: %(low)s to %(high)s at a time") % {"low": band[0], "high": band[1]} if band else "",
    )
    number = people.whole.records
    about = f"{len(number)} {unit_word(people.whole.definition.unit, len(number))}"
    return block_of(counted, chart, "participants", about, by="coach")


def last_day(asked: Filters) -> Period:
    """The day on which a coach's participants are counted."""
    return Period(asked.counted.end, asked.counted.end)


def agreed(asked: Filters, choices: Choices) -> Band | None:
    """The range that was agreed for the units asked about, where they all have the same."""
    ranges = {choices.caseloads.get(key) for key in asked.scope.units}
    return next(iter(ranges)) if len(ranges) == 1 else None


def _headings(asked: Filters, last: Period, band: Band | None) -> tuple[str, ...]:
    day = date_format(asked.counted.end, "j F Y")
    new = _("New in %(month)s") % {"month": date_format(last.start, "F Y")}
    return _("Coach"), day, _("Whole period"), new, *([_("Agreed range")] if band else [])


def _load(asked: Filters, people: People, cell: str, label: str, band: Band | None) -> Load:
    here, whole, new = (figure.number(cell) for figure in (people.today, people.whole, people.new))

    def there(period: Period, number: int, figure_id: str = "participants") -> str:
        return asked.over(period).figure_url(figure_id, cell, "coach") if number else ""

    return Load(
        label,
        here,
        there(last_day(asked), here),
        extra=ngettext("%(number)s new", "%(number)s new", new) % {"number": new} if new else "",
        extra_url=there(asked.counted.months()[-1], new, "inflow"),
        extra_value=new,
        whole=Cell(whole, asked.figure_url("participants", cell, "coach")),
        word=_outside(here, band) if cell != UNRECORDED else "",
    )


def _outside(number: int, band: Band | None) -> str:
    """A word for who has fewer or more than was agreed; the bar alone would say it by its length only."""
    if band is None or band[0] <= number <= band[1]:
        return ""
    return _("fewer than agreed") if number < band[0] else _("more than agreed")


def _title(per_coach: Figure) -> str:
    """The heading: from how few to how many participants coaches have. No name in it: it is no ranking."""
    numbers = [per_coach.number(cell) for cell in per_coach.cells if cell != UNRECORDED]
    if len(numbers) < 2:
        return _("Participants per coach")
    return _("Coaches have from %(least)s to %(most)s participants") % {"least": min(numbers), "most": max(numbers)}
