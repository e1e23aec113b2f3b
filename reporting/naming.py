"""What a report is called, and its number."""

from django.db.models import Max
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.periods import Period
from organisations.models import Organisation
from reporting.models import Report, Rhythm


def title_of(period: Period, language: str) -> str:
    """Return the title of a report over ``period``, such as "Jaarrapport 2021"."""
    with translation.override(language):
        match rhythm_of(period):
            case Rhythm.YEAR:
                return _("Yearly report %(year)s") % {"year": period.start.year}
            case Rhythm.QUARTER:
                return _("Quarterly report %(year)s, quarter %(quarter)s") % {
                    "year": period.start.year,
                    "quarter": (period.start.month + 2) // 3,
                }
            case Rhythm.MONTH:
                return _("Monthly report %(month)s") % {"month": date_format(period.start, "F Y")}
        return _("Report %(first)s to %(last)s") % {
            "first": date_format(period.start, "j F Y"),
            "last": date_format(period.end, "j F Y"),
        }


def rhythm_of(period: Period) -> Rhythm | None:
    """Return whether the period is a whole calendar year, quarter or month; None when it is neither."""
    year, month = period.start.year, period.start.month
    if period == Period.year(year):
        return Rhythm.YEAR
    if period == Period.quarter(year, (month + 2) // 3):
        return Rhythm.QUARTER
    return Rhythm.MONTH if period == Period.month(year, month) else None


def next_number(provider: Organisation, year: int) -> str:
    """Return the next report number of a provider, such as ``AMF-2022-001``; locks the provider's row until commit."""
    Organisation.objects.select_for_update().get(pk=provider.pk)
    start = f"{provider.code}-{year}-"
    last = Report.objects.filter(provider=provider, number__startswith=start).aggregate(last=Max("number"))["last"]
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:03}"
