"""Where a number stands, in whatever report: whose it is, over which days, and what it counts.

The same number keeps its place from report to report: what ran at the end of 2024 is what ran at the start of 2025,
the second quarter in the table of a year is what the report of that quarter told, and one payer's part of a report of
several is what the payer's own report told.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, Self

from reporting.composing.counted import Counted
from reporting.composing.lines import Line

STOCK = "stock"
"""Trajectories that run when a day begins: at the start of one period, at the end of the one before."""


class Place(NamedTuple):
    """Of which agreements (their ids, in order), from which day to which, and the key of the number."""

    scope: tuple[str, ...]
    start: date
    end: date
    key: str

    @property
    def family(self) -> str:
        """The figure that the number belongs to: what is left out of a figure that was told is a zero."""
        return self.key.partition(".")[0]

    def at(self, key: str) -> "Place":
        """The place of another number of the same agreements and days."""
        return self._replace(key=key)


class Number(NamedTuple):
    """A number as it was told: the same place can hold another value in a later report."""

    place: Place
    value: int


class Days(NamedTuple):
    """The days that a report counted over, up to its reference date, and those of its months or quarters."""

    start: date
    end: date
    slices: tuple[tuple[date, date], ...]

    @classmethod
    def of(cls, counted: Counted, reference: date) -> Self:
        """The days of what was counted."""
        until = counted.period.until(reference)
        slices = tuple((one.period.start, one.period.until(reference).end) for one in counted.slices)
        return cls(until.start, until.end, slices)

    def place(self, scope: tuple[str, ...], key: str) -> Place:
        """Return the place of the number that a table of the report knows by ``key``."""
        if key == "stock_start":
            return Place(scope, self.start, self.start, STOCK)
        if key == "stock_end":
            after = self.end + timedelta(days=1)
            return Place(scope, after, after, STOCK)
        figure_id, is_sliced, number = key.partition(".slice.")
        start, end = self.slices[int(number)] if is_sliced else (self.start, self.end)
        return Place(scope, start, end, figure_id)

    def place_of(self, line: Line, scope: tuple[str, ...]) -> Place:
        """Return the place of the number that a line tells: of these days, or where it says that it stands."""
        if line.elsewhere is None:
            return self.place(scope, line.key)
        key, agreements, period = line.elsewhere
        own = tuple(one for one in scope if one in agreements) or scope
        return (Days(period.start, period.end, ()) if period else self).place(own, key)


def scopes_of(agreements: Sequence[str], parts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return of which agreements each part of a report is; the whole is under the empty text."""
    return {"": tuple(sorted(agreements)), **{part: (part,) for part in parts}}
