"""Which part of a period may still change by late entry: the last three calendar months."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.periods import ONE_DAY, Period
from reporting.screens.charts import PROVISIONAL_MONTHS


def last_sure_day() -> date:
    """The day before the last three calendar months: what is dated later may still change by late entry."""
    year, month = divmod(today().year * 12 + today().month - PROVISIONAL_MONTHS, 12)
    return date(year, month + 1, 1) - ONE_DAY


def provisional_words(period: Period) -> str:
    """From when on the numbers of a period are provisional; nothing where none are."""
    first = last_sure_day() + ONE_DAY
    if period.end < first:
        return ""
    if period.start >= first:
        return _("provisional")
    return _("provisional from %(day)s") % {"day": date_format(first, "j F Y")}
