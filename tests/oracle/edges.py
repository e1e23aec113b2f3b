"""Where counting goes wrong: the questions that are asked, and the days around which things happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from tests.oracle.folder import Rows
from tests.oracle.terms import Question

T = TypeVar("T")

EARLIEST = date(2018, 1, 1)
LATEST = date(2025, 3, 15)
# Every window of the definitions: 14, 28 and 56 days, 30 for a first measurement, 84, half a year, a year.
WINDOWS = (1, 14, 28, 30, 56, 84, 182, 365)
STEPS = (0, *sorted({number for window in WINDOWS for number in (window - 1, window, window + 1)} - {0}))
SIGNED_STEPS = tuple(number * sign for number in STEPS for sign in (1, -1))

PERIODS = (
    (date(2023, 1, 1), date(2023, 12, 31)),
    (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2023, 1, 1), date(2023, 3, 31)),
    (date(2024, 2, 1), date(2024, 2, 29)),
    (date(2022, 4, 27), date(2022, 4, 27)),
    (date(2021, 12, 31), date(2023, 1, 1)),
    (date(2022, 7, 2), date(2022, 11, 29)),
)


class Chance:
    """Small choices among a few options each; the first option is the plainest."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def one(self, options: Sequence[T]) -> T:
        return options[self.random.randrange(len(options))]

    def coin(self) -> bool:
        return self.one((False, True))

    def up_to(self, most: int, *, keep_on: int = 3) -> Iterable[int]:
        """So many turns, each after a throw that ends them once in so many times and one."""
        for number in range(most):
            if self.random.randrange(keep_on + 1) == 0:
                return
            yield number

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """A few of the options, in their own order, each once."""
        chosen = {self.random.randrange(len(options)) for _ in self.up_to(most)}
        return [options[number] for number in sorted(chosen)]

    def step(self) -> timedelta:
        """A number of days at or beside the end of a window."""
        return timedelta(days=self.one(STEPS))

    def near(self, days: Sequence[date]) -> date:
        """A day at, or one window before or after, one of these days; half of the time at most a day away."""
        on = self.one(days)
        return clip(on + timedelta(days=self.one((0, 1, -1)) if self.coin() else self.one(SIGNED_STEPS)))


def clip(on: date) -> date:
    return max(EARLIEST, min(LATEST, on))


def question(chance: Chance) -> Question:
    """A period and a reference date: after it, on its last day, or inside it. Without a scope."""
    first, last = chance.one(PERIODS)
    if chance.coin():
        back = chance.one((0, 1, 13, 14, 15, 27, 28, 29, (last - first).days))
        return Question(first, last, max(first, last - timedelta(days=back)))
    return Question(first, last, last + chance.step())


def anchors(asked: Question) -> list[date]:
    """The days on which a count may turn."""
    return sorted({asked.first, min(asked.last, asked.reference), asked.last, asked.reference})


def narrowed(chance: Chance, rows: Rows, asked: Question) -> Question:
    """The same question, asked for some of the codes in these rows (or for all)."""
    return asked._replace(
        agreements=chance.some([row["code"] for row in rows["agreements"]], chance.one((0, 1, 2))),
        municipalities=chance.some(sorted({row["municipality"] for row in rows["agreements"]}), chance.one((0, 1))),
        programmes=chance.some([row["code"] for row in rows["programmes"]], chance.one((0, 1, 2))),
        units=chance.some([row["code"] for row in rows["units"]], chance.one((0, 1))),
    )


def birth_date(chance: Chance, first: date) -> str:
    """Around the age bands on the first day of the period; some known in part, some not at all."""
    age = chance.one((40, 27, 35, 45, 55, 65))
    birthday = date(first.year - age, first.month, 1) + timedelta(days=first.day - 1)
    known = chance.one(("day", "month", "year", "leap", "not"))
    if known == "month":
        return f"{birthday + timedelta(days=chance.one((0, 40, -40))):%Y-%m}-00"
    if known == "year":
        return f"{birthday + timedelta(days=chance.one((0, 366, -366))):%Y}-00-00"
    if known == "day":
        return f"{birthday + timedelta(days=chance.one((0, 1, -1, 200)))}"
    return "1996-02-29" if known == "leap" else ""
