"""What day and time it is, in the Netherlands. The only place that asks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return this moment, aware, in Europe/Amsterdam."""
    return timezone.now().astimezone(AMSTERDAM)


def today() -> date:
    """Return the calendar day it is in the Netherlands now."""
    return now().date()
