"""Periods: two calendar dates, both included."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days. ``start`` and ``end`` both belong to it (figures.md, Terms)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start}).")

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    @property
    def days(self) -> int:
        """The number of days, first and last included."""
        return (self.end - self.start).days + 1

    @property
    def after(self) -> date:
        """The first day after the period: its end when counted half-open."""
        return self.end + ONE_DAY

    @classmethod
    def year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        first = cls.month(year, 3 * quarter - 2)
        return cls(first.start, cls.month(year, 3 * quarter).end)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    def until(self, last: date) -> "Period":
        """Return the part up to and including ``last``; ``last`` must not lie before the start."""
        return Period(self.start, min(self.end, last))

    def year_before(self) -> "Period":
        """Return the same period one year earlier; 29 February becomes the 28th."""
        return Period(_year_earlier(self.start), _year_earlier(self.end))

    def months(self) -> list["Period"]:
        """Return the calendar months that the period touches, cut to the period, in order."""
        found, day = [], self.start
        while day <= self.end:
            month = Period.month(day.year, day.month)
            found.append(Period(day, min(month.end, self.end)))
            day = month.after
        return found


def _year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
