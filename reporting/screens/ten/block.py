"""What every one of the ten figures has around its drawing: what it counts, and the same as a table and as people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.charts import Cell, Chart
from foundation.clock import today
from foundation.periods import Period
from reporting.facts import Facts
from reporting.figures import Figure, Question
from reporting.figures.versions import broken_on
from reporting.screens.counting import Counting
from reporting.screens.filters import Filters
from reporting.screens.notes import Noted
from reporting.screens.terms import Term

Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class Counted:
    """What the page counted: the question over the period and over the same days a year before, and their figures."""

    asked: Filters
    question: Question
    earlier: Question
    now: Figures = field(repr=False)
    before: Figures = field(repr=False)
    terms: Sequence[Term] = ()

    def cell(self, figure_id: str, name: str = "", *, by: str = "") -> Cell:
        """A number of now, with the address of the list behind it; no address behind a zero."""
        number = self.now[figure_id].number(name)
        return Cell(number, self.asked.figure_url(figure_id, name, by) if number else "")

    def before_cell(self, figure_id: str, name: str = "") -> Cell:
        """The same number a year before, with the address of its own list."""
        number = self.before[figure_id].number(name)
        return Cell(number, self.asked.year_before.figure_url(figure_id, name) if number else "")

    def broken(self, figure_id: str) -> date | None:
        """The day from which a figure is counted by another definition than in the year before; mostly none."""
        return broken_on(figure_id, Period(self.asked.before.start, self.asked.counted.end))

    def broken_words(self, figure_id: str) -> str:
        """What to say where two periods were counted by different definitions."""
        day = self.broken(figure_id)
        if day is None:
            return ""
        return _("Counted in another way since %(day)s: do not compare what was before with what came after.") % {
            "day": date_format(day, "j F Y")
        }


def counted_of(asked: Filters, facts: Facts, terms: Sequence[Term]) -> Counted:
    """What the page counts of these facts, which hold the year before too: each figure when it is first asked for."""
    question, earlier = (Question(facts, period, today()) for period in (asked.period, asked.before))
    return Counted(asked, question, earlier, Counting(question), Counting(earlier), terms)


@dataclass(frozen=True)
class Block:
    """One of the ten: its drawing, in words what and how many it counts, and the addresses of the same thing."""

    chart: Chart
    about: str
    chart_url: str
    table_url: str
    people_url: str
    definition_url: str
    broken: str = ""
    notes: Sequence[Noted] = ()

    @property
    def note_url(self) -> str:
        """Where a note beside it is written."""
        return f"{self.table_url}#notes"


def block_of(
    counted: Counted,
    chart: Chart,
    figure_id: str,
    about: str,
    *,
    by: str = "",
    defined: str = "",
    has_people: bool = True,
) -> Block:
    """Put the links around a drawing of a figure; ``defined`` is the figure whose definition says most of it."""

    def there(view: str) -> str:
        return counted.asked.figure_url(figure_id, "", by, view)

    return Block(
        chart,
        about,
        there("chart"),
        there("table"),
        there("people") if has_people else "",
        reverse("reporting:definition", args=[defined or figure_id]),
        counted.broken_words(defined or figure_id),
    )
