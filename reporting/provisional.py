"""Which numbers may still change, since not everything is entered at once: those of the last three calendar months.

One rule for the dashboard, the checks before signing, and the report itself. The month of the reference date is the
last of the three.
"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.periods import ONE_DAY, Period

PROVISIONAL_MONTHS = 3


def first_provisional_day(reference: date) -> date:
    """Return the first day of the months that are provisional on ``reference``."""
    year, month = divmod(reference.year * 12 + reference.month - PROVISIONAL_MONTHS, 12)
    return date(year, month + 1, 1)


def last_sure_day(reference: date) -> date:
    """Return the last day of which the numbers stand on ``reference``, as far as late entry goes."""
    return first_provisional_day(reference) - ONE_DAY


def provisional_months(period: Period, reference: date) -> list[Period]:
    """Return the months of ``period`` that are provisional on ``reference``."""
    first = first_provisional_day(reference)
    return [month for month in period.until(reference).months() if month.end >= first]


def provisional_words(period: Period, reference: date) -> str:
    """Return from when on the numbers of a period are provisional; nothing where none are."""
    first = first_provisional_day(reference)
    if period.end < first:
        return ""
    if period.start >= first:
        return _("provisional")
    return _("provisional from %(day)s") % {"day": date_format(first, "j F Y")}
