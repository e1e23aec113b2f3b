"""Which part of a period may still change by late entry, seen from today."""

from datetime import date

from foundation.clock import today
from foundation.periods import Period
from reporting import provisional


def last_sure_day() -> date:
    """The day before the last three calendar months: what is dated later may still change by late entry."""
    return provisional.last_sure_day(today())


def provisional_words(period: Period) -> str:
    """From when on the numbers of a period are provisional; nothing where none are."""
    return provisional.provisional_words(period, today())
