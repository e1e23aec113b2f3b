"""The overview of who keeps several units: a row for each, with the key figures of this year and of the year before."""

from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.charts import Cell
from foundation.clock import today
from foundation.periods import Period
from reporting.facts import Facts, PlainFacts, load
from reporting.facts.loading import DatabaseFacts
from reporting.figures import CATALOGUE, Question, count_one
from reporting.figures.counting import grouped
from reporting.screens.bars import days_of
from reporting.screens.filters import Choices, Filters
from reporting.screens.overview import payers_of
from reporting.screens.ten import bullets
from reporting.screens.ten.block import Block, Counted, counted_of

SHOWN = ("participants", "trajectories", "stock_end", "paid_work", "other_route", "help_question_insight")
MIDDLE = "waiting_time"
TABLES = ("trajectories", "coaches", "outcomes", "targets")
"""What the key figures are counted from: read once for all units."""


@dataclass(frozen=True)
class UnitRow:
    """One unit: its name, where its own overview is, and its numbers now and a year before."""

    name: str
    url: str
    now: list[Cell]
    before: list[Cell]
    headings: list[str]

    @property
    def numbers(self) -> list[tuple[Cell, Cell, str]]:
        """Each number with that of the year before and its name."""
        return list(zip(self.now, self.before, self.headings, strict=True))


@dataclass(frozen=True)
class UnitsOverview:
    """The units that are asked about, counted from one load of facts."""

    asked: Filters
    choices: Choices

    @property
    def units(self) -> dict[UUID, str]:
        """Those asked about, by name."""
        asked = self.asked.units or self.asked.own_units
        found = {key: name for key, name in self.choices.units.items() if key in asked}
        return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))

    @property
    def headings(self) -> list[str]:
        """The names of the numbers."""
        return [str(CATALOGUE[key].label) for key in (*SHOWN, MIDDLE)]

    @cached_property
    def facts(self) -> DatabaseFacts:
        """What all units together are counted from, read once."""
        window = Period(self.asked.before.start, self.asked.period.end)
        payers = payers_of(self.asked, self.choices)
        facts = load(self.asked.scope, window, today(), agreements=payers, programmes=self.choices.programmes)
        facts.read(*TABLES)
        if facts.targets:
            facts.whole_agreements.read("trajectories", "outcomes")
        return facts

    @cached_property
    def counted(self) -> Counted:
        """All units together."""
        return counted_of(self.asked, self.facts, ())

    def total(self) -> UnitRow:
        """All units together: whoever is in two units counts once."""
        now = self._cells(self.facts, self.asked.period, self.asked)
        before = self._cells(self.facts, self.asked.before, self.asked.year_before)
        return UnitRow(_("Together"), self.asked.url, now, before, self.headings)

    def targets(self) -> Block | None:
        """What was agreed with each payer."""
        return bullets.targets(self.counted, payers_of(self.asked, self.choices))

    def broken_words(self) -> str:
        """What to say where a number is not counted as in the year before."""
        words = [
            f"{CATALOGUE[key].label}: {said}" for key in (*SHOWN, MIDDLE) if (said := self.counted.broken_words(key))
        ]
        return " ".join(words)

    def rows(self) -> list[UnitRow]:
        """Each unit, from the same rows split by unit. Whoever is in two units counts in each."""
        facts = self.facts
        unit_of = {row.id: row.unit_id for row in facts.trajectories}
        trajectories = grouped(facts.trajectories, lambda row: row.unit_id)
        outcomes = grouped(facts.outcomes, lambda row: unit_of[row.trajectory_id])
        coaches = grouped(facts.coaches, lambda row: unit_of[row.trajectory_id])
        return [
            self._row(
                key,
                name,
                PlainFacts(
                    trajectories=trajectories.get(key, []),
                    outcomes=outcomes.get(key, []),
                    coaches=coaches.get(key, []),
                    coach=facts.coach,
                ),
            )
            for key, name in self.units.items()
        ]

    def _row(self, key: UUID, name: str, facts: PlainFacts) -> UnitRow:
        there = replace(self.asked, units=frozenset([key]))
        now = self._cells(facts, self.asked.period, there)
        before = self._cells(facts, self.asked.before, there.year_before)
        return UnitRow(name, there.url, now, before, self.headings)

    def _cells(self, facts: Facts, period: Period, there: Filters) -> list[Cell]:
        """The numbers of one unit, each with the address of its list."""
        question = Question(facts, period, today())
        found = []
        for key in SHOWN:
            number = count_one(question, key).number()
            found.append(Cell(number, there.figure_url(key) if number else ""))
        waiting = count_one(question, MIDDLE)
        url = there.figure_url(MIDDLE, "n") if waiting.number("n") else ""
        return [*found, Cell(days_of(waiting), url)]


def units_url(asked: Filters | None, choices: Choices) -> str:
    """Where all units stand beside each other; nothing for who keeps one."""
    if len(choices.units) < 2:
        return ""
    return reverse("reporting:units") + (asked.query() if asked else "")
