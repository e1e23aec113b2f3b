"""Serial numbers in the place of ids, and a day of birth that says no more than the age."""

from datetime import date
from itertools import count
from uuid import UUID

from participants.ages import ages_possible
from reporting.facts.rows import Person


class Serials:
    """Gives each id of one report a number, in the order in which the rows bring it up.

    The rows are in order of their dates, so a number follows from nothing but the rows beside it, and the same
    person has another number in another report. No two things of one report share a number.
    """

    def __init__(self) -> None:
        self._next = count(1)
        self._given: dict[UUID, int] = {}

    def of(self, key: UUID | None) -> int | None:
        """Return the number of an id that other rows may name too."""
        if key is None:
            return None
        found = self._given.get(key)
        if found is None:
            found = self._given[key] = next(self._next)
        return found

    def fresh(self) -> int:
        """Return a number for a row that no other row names."""
        return next(self._next)


def with_age_only(person: Person, *days: date) -> Person:
    """Return the person as if the birthday were the first of ``days``: as old on each of them, and no date of birth.

    Figures ask for the age on the first day of a period only. Who is known by a year, or would have another age on one
    of the days (a report from 29 February), is kept as known.
    """
    first = days[0]
    ages = ages_possible(person, first)
    if ages is None or ages[0] != ages[1]:
        return person
    reduced = person._replace(birth_year=first.year - ages[0], birth_month=first.month, birth_day=first.day)
    same = all(ages_possible(reduced, day) == ages_possible(person, day) for day in days)
    return reduced if same else person
