"""The days of a question as they stand in an address: short there, spelled out for the form."""

from django.http import QueryDict

from foundation.periods import Period

OWN = "own"
"""The choice of period with a first and a last day of one's own."""


def days_in_short(period: Period) -> str:
    """The days of a period as they stand in an address: 2026, 2026-03, or the first and the last day."""
    first, last = period.start, period.end
    if period == Period.year(first.year):
        return f"{first:%Y}"
    return f"{first:%Y-%m}" if period == Period.month(first.year, first.month) else f"{first}_{last}"


def spelled_out(query: QueryDict) -> QueryDict:
    """An address with its days as the form asks for them: own dates, a first and a last day."""
    short = query.get("days", "")
    if not short or "period" in query:
        return query
    known = query.copy()
    known["period"] = OWN
    known["first"], known["last"] = _first_and_last(short)
    return known


def _first_and_last(short: str) -> tuple[str, str]:
    """Both days as somebody would type them; the form says what is wrong with them."""
    first, _mark, last = short.partition("_")
    year, _dash, month = short.partition("-")
    try:
        period = Period.month(int(year), int(month)) if month else Period.year(int(year))
    except ValueError:
        return first, last
    return f"{period.start}", f"{period.end}"
