"""Columns with a calendar date."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from foundation.imports.columns.base import Column, Wrong, shown

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")


def _day(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date as it is written, whether it exists or not."""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    return int(year), int(month), int(day)


def _no_date(text: str) -> Wrong:
    return Wrong(_("'%(text)s' is not a date. Write it as 2024-03-31 or 31-03-2024.") % {"text": shown(text)})


@dataclass(frozen=True)
class Day(Column):
    """A calendar date: YYYY-MM-DD or DD-MM-YYYY."""

    sql_type: ClassVar[str] = "date"

    def read(self, text: str) -> date:
        parts = _day(text)
        if parts is None:
            raise _no_date(text)
        try:
            return date(*parts)
        except ValueError:
            raise _no_date(text) from None


@dataclass(frozen=True)
class PartialDay(Column):
    """A date of which day, or month and day, may be unknown (00). Staged in three columns, unknown is empty."""

    default: Any = (None, None, None)
    fields: tuple[str, str, str] = ("year", "month", "day")

    @property
    def staged(self) -> tuple[tuple[str, str], ...]:
        return tuple((field, "smallint") for field in self.fields)

    @property
    def nothing(self) -> Any:
        return None, None, None

    def spread(self, value: Any) -> tuple[Any, ...]:
        return tuple(value)

    def read(self, text: str) -> tuple[int | None, int | None, int | None]:
        parts = _day(text)
        if parts is None:
            raise _no_date(text)
        year, month, day = parts
        try:
            date(year or 2000, month or 1, day or 1)
        except ValueError:
            raise _no_date(text) from None
        if (day and not month) or (month and not year):
            raise Wrong(
                _("'%(text)s' has a day without a month, or a month without a year. Write 00 for what is not known.")
                % {"text": shown(text)}
            )
        return year or None, month or None, day or None
