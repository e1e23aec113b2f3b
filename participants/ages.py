"""How old somebody is, when the birth date is known in part."""

from calendar import monthrange
from datetime import date
from typing import Protocol


class Born(Protocol):
    """A birth date of which month and day, or all of it, may be unknown."""

    @property
    def birth_year(self) -> int | None: ...
    @property
    def birth_month(self) -> int | None: ...
    @property
    def birth_day(self) -> int | None: ...


def ages_possible(person: Born, day: date) -> tuple[int, int] | None:
    """Return the youngest and oldest somebody can be on ``day``, in full years; None when the year is unknown."""
    if person.birth_year is None:
        return None
    last_month = person.birth_month or 12
    last_day = person.birth_day or monthrange(person.birth_year, last_month)[1]
    earliest = (person.birth_month or 1, person.birth_day or 1)
    years, on = day.year - person.birth_year, (day.month, day.day)
    return years - (on < (last_month, last_day)), years - (on < earliest)
