"""Section "Terms" of the definitions: period, reference date, scope, runs in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.oracle.folder import Rows, day

Fact = dict[str, Any]

# Of each file that holds dated facts: every column with a date, and the one the row is dated by.
DATES = {
    "trajectories": ("referred_on", "started_on", "planned_end_on", "ended_on"),
    "events": ("on",),
    "outcomes": ("on", "employment_starts_on", "employment_ended_on", "employment_last_seen_on"),
    "placements": ("from", "until"),
    "sessions": ("on",),
    "attendance": ("on",),
    "assessments": ("on",),
    "certificates": ("on", "valid_until"),
    "slots": ("from", "until"),
    "agreements": ("starts_on", "ends_on"),
}
DATED_BY = {
    "trajectories": "started_on",
    "events": "on",
    "outcomes": "on",
    "placements": "from",
    "sessions": "on",
    "attendance": "on",
    "assessments": "on",
    "certificates": "on",
}


class Question(NamedTuple):
    """What is asked: from when to when, counted on which day, and for which part."""

    first: date
    last: date
    reference: date
    agreements: Collection[str] = ()
    municipalities: Collection[str] = ()
    programmes: Collection[str] = ()
    units: Collection[str] = ()


def facts_of(rows: Rows) -> dict[str, list[Fact]]:
    """The rows with their dates as dates, each with its place in the file as `order`."""
    facts: dict[str, list[Fact]] = {}
    for name, lines in rows.items():
        facts[name] = []
        for order, line in enumerate(lines):
            fact: Fact = {**line, "order": order}
            for column in DATES.get(name, ()):
                fact[column] = day(line.get(column, ""))
            facts[name].append(fact)
    return facts


class World:
    """The facts as far as one question may see them."""

    def __init__(self, facts: dict[str, list[Fact]], question: Question) -> None:
        if question.reference < question.first:
            raise ValueError("A reference date before the period is refused.")
        self.all_facts = facts
        self.question = question
        self.reference = question.reference
        self.first = question.first
        # "P.end becomes the earlier of the two"
        self.last = min(question.last, question.reference)
        # "Rows dated after it do not count."
        self.facts = {
            name: [fact for fact in lines if name not in DATED_BY or fact[DATED_BY[name]] <= self.reference]
            for name, lines in facts.items()
        }
        self.programme = {fact["code"]: fact for fact in facts["programmes"]}
        self.agreement = {fact["code"]: fact for fact in facts["agreements"]}
        self.participant = {fact["reference"]: fact for fact in facts["participants"]}
        self.trajectory = {fact["reference"]: fact for fact in self.facts["trajectories"]}
        self.trajectories = [fact for fact in self.facts["trajectories"] if self.in_scope(fact)]

    def in_period(self, on: date | None) -> bool:
        """Two calendar dates, both included."""
        return on is not None and self.first <= on <= self.last

    def in_scope(self, trajectory: Fact) -> bool:
        """Any combination of agreement, municipality of the agreement, programme and unit of the programme."""
        return self.agreement_in_scope(trajectory["agreement"]) and self.programme_in_scope(trajectory["programme"])

    def agreement_in_scope(self, code: str) -> bool:
        asked = self.question
        if asked.agreements and code not in asked.agreements:
            return False
        return not asked.municipalities or self.agreement[code]["municipality"] in asked.municipalities

    def programme_in_scope(self, code: str) -> bool:
        asked = self.question
        if asked.programmes and code not in asked.programmes:
            return False
        return not asked.units or self.programme[code]["unit"] in asked.units

    def runs_in_period(self, trajectory: Fact) -> bool:
        """`started_on <= P.end` and (`ended_on` is empty or `ended_on >= P.start`)."""
        started, ended = trajectory["started_on"], trajectory["ended_on"]
        return started <= self.last and (ended is None or ended >= self.first)

    def running(self) -> list[Fact]:
        """The trajectories in scope that run in the period."""
        return [fact for fact in self.trajectories if self.runs_in_period(fact)]

    def inflow(self) -> list[Fact]:
        """`started_on` in P."""
        return [fact for fact in self.trajectories if self.in_period(fact["started_on"])]

    def outflow(self) -> list[Fact]:
        """`ended_on` in P."""
        return [fact for fact in self.trajectories if self.in_period(fact["ended_on"])]

    def stock_start(self) -> list[Fact]:
        """`started_on < P.start` and (`ended_on` empty or `>= P.start`)."""
        return [
            fact
            for fact in self.trajectories
            if fact["started_on"] < self.first and (fact["ended_on"] is None or fact["ended_on"] >= self.first)
        ]

    def stock_end(self) -> list[Fact]:
        """`started_on <= P.end` and (`ended_on` empty or `> P.end`)."""
        return [
            fact
            for fact in self.trajectories
            if fact["started_on"] <= self.last and (fact["ended_on"] is None or fact["ended_on"] > self.last)
        ]

    def of_scope(self, name: str) -> list[Fact]:
        """The rows of a file that hang on a trajectory in scope, each with that trajectory and its person."""
        found = []
        for fact in self.facts[name]:
            trajectory = self.trajectory.get(fact["trajectory"])
            if trajectory is not None and self.in_scope(trajectory):
                found.append({**fact, "of": trajectory, "person": trajectory["participant"]})
        return found

    def in_period_and_scope(self, name: str) -> list[Fact]:
        """They "count by their own date and by the scope of their trajectory, which need not run in P"."""
        return [fact for fact in self.of_scope(name) if self.in_period(fact["on"])]


def persons(trajectories: list[Fact]) -> set[str]:
    """The distinct persons of these trajectories."""
    return {fact["participant"] for fact in trajectories}


def tally(values: list[str]) -> dict[str, int]:
    """How often each value occurs; a blank is `unrecorded`."""
    counts: dict[str, int] = {}
    for value in values:
        counts[value or "unrecorded"] = counts.get(value or "unrecorded", 0) + 1
    return counts


def days(number: int) -> timedelta:
    return timedelta(days=number)


def mean(values: list[int]) -> float | None:
    return sum(values) / len(values) if values else None


def percentile(values: list[int], fraction: float) -> float | None:
    """Linear interpolation between the two nearest of the sorted values, as `percentile_cont`."""
    if not values:
        return None
    ordered = sorted(values)
    place = fraction * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def median(values: list[int]) -> float | None:
    return percentile(values, 0.5)
