"""The page of one figure: the same thing as a chart, as a table and as the list of who is behind it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from foundation.charts import Chart, DataTable
from foundation.clock import today
from foundation.periods import Period
from organisations.models import StaffMember
from participants.models import Participant
from reporting.facts import load
from reporting.figures import CATALOGUE, SPLITS, WHOLE, Figure, Question, Record, Unit, split
from reporting.figures.places import PLACE
from reporting.figures.quality import CHECK_RULES
from reporting.figures.splits import SPLIT_FIGURES
from reporting.screens.counting import FREE, Counting, count
from reporting.screens.drawn import DRAWINGS, OWN_TABLES, Drawing, table_of
from reporting.screens.filters import Choices, Filters
from reporting.screens.measures import measures, splits
from reporting.screens.months import ByMonth
from reporting.screens.overview import payers_of
from reporting.screens.parts import OF_ONE_DAY, Parts
from reporting.screens.records import Lines, People, Where, in_order, lines, visible_people
from reporting.screens.ten.block import Block, Counted, counted_of
from reporting.screens.ten.measured import changes_table, others
from reporting.screens.ten.routes import from_to
from reporting.screens.terms import Term, terms_asked, terms_of
from reporting.screens.words import (
    cell_label,
    code_names,
    split_label,
    split_names,
    unit_word,
)

CHART, TABLE, PEOPLE = "chart", "table", "people"

IN_DAYS = {"lead_time", "running_time", "waiting_time", "slot_turnover", "re_entries", "picked_up_again", "occupancy"}

LONGEST_FIRST = {"waiting_time", "lead_time", "running_time"}

TIMED = {"lead_time", "running_time"}

MIXED = {"occupancy", "targets", "data_quality"}
"""Figures whose numbers count different things: each has its own list, all together have none."""

BY_VALUE = {"by_municipality": "municipality", "by_programme": "programme", "gender": "gender", "age_bands": "age_band"}
"""Figures that are a split themselves, and of what."""


@dataclass(frozen=True)
class Shown:
    """Which figure, split by what, which number of it, and as what (chart, table or people)."""

    figure_id: str
    by: str = ""
    cell: str = ""
    view: str = ""


def question_of(asked: Filters, choices: Choices, window: Period) -> Question:
    """The question that the filters ask, over facts of ``window``, which may begin earlier."""
    facts = load(
        asked.scope, window, today(), agreements=payers_of(asked, choices), programmes=choices.programmes
    )  # fmt: skip
    return Question(facts, asked.period, today())


class NumberPage:
    """Counts one figure and lays it out.

    Who counts several figures of one selection hands over the ``question``, whose facts reach back to the year before.
    """

    def __init__(self, asked: Filters, choices: Choices, shown: Shown, question: Question | None = None) -> None:
        definition = CATALOGUE.get(shown.figure_id)
        if definition is None or (asked.coach and definition.needs_no_coach):
            raise Http404
        if shown.by and (shown.by not in SPLITS or shown.figure_id not in SPLIT_FIGURES):
            raise Http404
        self.asked, self.choices, self.shown, self.definition = asked, choices, shown, definition
        window = asked.period if shown.view == PEOPLE else Period(asked.before.start, asked.period.end)
        self.question = question or question_of(asked, choices, window)
        self.figure = self._over(self.question)
        self.names = self._names()
        if shown.cell and shown.cell not in self.figure.cells and shown.cell not in self.names:
            raise Http404

    def _over(self, question: Question) -> Figure:
        if self.shown.by:
            return split(question, self.shown.figure_id, self.shown.by)
        return count(question, self.shown.figure_id, self.shown.cell)

    def _in(self, period: Period) -> Question:
        """The same question over other days that the facts hold."""
        return Question(self.question.facts, period, self.question.reference)

    def _names(self) -> dict[str, str]:
        if self.shown.by:
            return split_names(self.shown.by, self.choices)
        if self.definition.id == "targets":
            codes = {f"{row.id}": row.code for row in self.choices.agreements}
            return {cell: self._target_name(cell, codes) for cell in self.figure.cells}
        if self.definition.id == "occupancy":
            return {f"{PLACE}{row.id}": row.code for row in self.question.facts.slots}
        if self.definition.id in BY_VALUE:
            return split_names(BY_VALUE[self.definition.id], self.choices)
        return code_names(self.definition.id, self.choices.units)

    def _target_name(self, cell: str, codes: dict[str, str]) -> str:
        agreement, _dot, figure_id = cell.partition(".")
        return f"{codes.get(agreement, '')}: {CATALOGUE[figure_id].label}"

    @property
    def is_one(self) -> bool:
        """Whether it is one number; else it is made of several."""
        return bool(self.shown.cell) or (WHOLE in self.figure.cells and not self.shown.by)

    @property
    def has_months(self) -> bool:
        """Whether it is one number that can be asked of each month."""
        is_of_one_day = self.shown.cell.startswith(OF_ONE_DAY) or self.shown.cell == FREE
        return self.is_one and self.definition.id != "targets" and not is_of_one_day and not self.is_drawn

    @property
    def has_people(self) -> bool:
        return self.is_one or self.definition.id not in MIXED

    @property
    def view(self) -> str:
        """As what it is shown: the list of one number, the bars of several, unless the address says otherwise."""
        offered = [tab for tab in (CHART, TABLE, PEOPLE) if tab != PEOPLE or self.has_people]
        usual = PEOPLE if self.is_one else CHART
        return self.shown.view if self.shown.view in offered else usual

    @cached_property
    def records(self) -> list[Record]:
        """The records behind it: of one number, or of all together, each once."""
        return self.figure.cell(self.shown.cell) if self.is_one else self.figure.records

    @cached_property
    def by_month(self) -> ByMonth:
        return ByMonth(
            self.asked,
            self.title,
            self.definition.unit,
            unit_word(self._unit(), len(self.records)),
            lambda period: self._over(self._in(period)).number(self.shown.cell),
            self._url,
            self.counted.broken(self.definition.id),
        )

    def _url(self, period: Period) -> str:
        there = self.asked if period == self.asked.counted else self.asked.over(period)
        return there.figure_url(self.definition.id, self.shown.cell, self.shown.by)

    @cached_property
    def parts(self) -> Parts:
        """All numbers of the figure, also where one of them is asked for."""
        earlier = None if self.definition.id == "targets" else self._over(self._in(self.asked.before))
        return Parts(self.asked, self.title, self.figure, earlier, self.names, self.shown.by)

    @property
    def is_drawn(self) -> bool:
        """Whether the overview draws the whole figure, or this split of it."""
        return not self.shown.cell and (self.shown.figure_id, self.shown.by) in DRAWINGS

    @cached_property
    def drawing(self) -> Block | None:
        """As the overview draws it, where it does and there is something to draw."""
        draw = DRAWINGS[self.shown.figure_id, self.shown.by] if self.is_drawn else None
        return draw(Drawing(self.counted, self.choices, self.names)) if draw else None

    @cached_property
    def counted(self) -> Counted:
        """This year and the year before, as the overview counts them."""
        found = counted_of(self.asked, self.question.facts, self.terms)
        return replace(found, now=Counting(self.question), question=self.question)

    @property
    def terms(self) -> list[Term]:
        """The terms of the programmes, where the drawing has a line for them."""
        return terms_of(terms_asked(self.asked)) if self.shown.figure_id in TIMED else []

    def table(self) -> DataTable:
        """The table behind the chart: as the overview has it, by month for one number, else every number of it."""
        if self.is_drawn and self.definition.id == "instrument_change":
            return changes_table(self.counted)
        if self.drawing and self.definition.id not in OWN_TABLES:
            return table_of(self.drawing.chart) or self.parts.table()
        return self.by_month.chart.table if self.has_months else self.parts.table()

    def charts(self) -> list[Chart]:
        """The drawings: by month for one number, else what the figure is made of."""
        if self.drawing:
            more = others(self.counted) if self.definition.id == "instrument_change" else []
            return [self.drawing.chart, *more]
        return [self.by_month.chart] if self.has_months else self.parts.bars()

    def context(self, member: StaffMember, after: str) -> dict[str, Any]:
        """What the template shows."""
        view = self.view
        return {
            "definition": self.definition,
            "rule": self._rule(),
            "title": self.title,
            "view": view,
            "tabs": self._tabs(),
            "unit": unit_word(self._unit(), len(self.records)),
            "number": len(self.records) if self.is_one or view == PEOPLE else None,
            "amount_head": self.amount_head,
            "lines": self._lines(member, after) if view == PEOPLE else None,
            "longest_first": self.is_longest_first,
            "broken": "" if view == PEOPLE else self.counted.broken_words(self.definition.id),
            "table": self.table() if view == TABLE else None,
            "from_to": self._from_to() if view == TABLE else None,
            "charts": self.charts() if view == CHART else None,
            "measures": [] if self.shown.by else measures(self.figure),
            "splits": splits(self.asked, self.definition.id, self.shown.by),
        }

    def _from_to(self) -> DataTable | None:
        """Beside where people went: from which programme."""
        if not self.is_drawn or self.definition.id != "ended_by_destination":
            return None
        programmes = {f"{key}": name for key, name in self.choices.own_programmes.items()}
        return from_to(self.counted, self.names, programmes)

    def _tabs(self) -> list[dict[str, Any]]:
        """Chart, table and people: three tabs of the same thing, each with its own address."""
        words = {CHART: _("Chart"), TABLE: _("Table"), PEOPLE: _("People")}
        return [
            {
                "label": label,
                "url": self.asked.figure_url(self.definition.id, self._cell_in(view), self.shown.by, view),
                "current": view == self.view,
            }
            for view, label in words.items()
            if view != PEOPLE or self.has_people
        ]

    def _cell_in(self, view: str) -> str:
        """A number of which there is nothing by month stands in the chart and table of its whole figure."""
        return self.shown.cell if view == PEOPLE or self.has_months else ""

    def _unit(self) -> Unit:
        """What the number counts; the figures with a target count various things."""
        return Unit.RECORDS if self.definition.unit is Unit.VARIOUS else self.definition.unit

    def _rule(self) -> str:
        """The exact rule; of one check of the files, its own."""
        rules = CHECK_RULES if self.definition.id == "data_quality" else {}
        return str(rules.get(self.shown.cell.partition(".")[0], self.definition.rule))

    @property
    def title(self) -> str:
        label = str(self.definition.label)
        if self.shown.cell and self.shown.cell != "n":
            return f"{label}: {cell_label(self.definition.id, self.shown.cell, self.names)}"
        if self.shown.by and not self.shown.cell:
            return _("%(figure)s by %(split)s") % {"figure": label, "split": split_label(self.shown.by).lower()}
        return label

    def _lines(self, member: StaffMember, after: str) -> Lines:
        return lines(self.records, self.people(member), self.where(), after=after, longest=self.is_longest_first)

    def ordered(self, people: People) -> list[Record]:
        """The records in the order of the list."""
        return in_order(self.records, people, longest=self.is_longest_first)

    @property
    def is_longest_first(self) -> bool:
        """Whether who waited or ran longest stands first: of them somebody wants to know first."""
        return self.definition.id in LONGEST_FIRST

    def people(self, member: StaffMember) -> dict[UUID | None, Participant]:
        """The files behind it that ``member`` may see."""
        return visible_people(member, {record.participant_id for record in self.records if record.participant_id})

    def where(self) -> Where:
        """The trajectories that the records hang on; of a target, those of the whole agreement."""
        facts = self.question.facts
        found = facts.whole_agreements if self.definition.id == "targets" and self.records else facts
        return Where(
            {row.id: row for row in found.trajectories},
            {row.id: row.name for row in self.choices.programmes},
            {row.id: row.code for row in facts.slots} if self.definition.id == "occupancy" else {},
        )  # fmt: skip

    @property
    def amount_head(self) -> str:
        """The head of the column with days or minutes; none where a record counts as one."""
        if self.definition.id == "sessions":
            return _("Minutes")
        return _("Days") if self.definition.id in IN_DAYS and any(record.amount for record in self.records) else ""
