"""Which signed report the corrections of a report are about: for the whole, and for each payer's own part."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch

from foundation.periods import ONE_DAY, Period
from reporting.models import Report, ReportPart, ReportState
from reporting.naming import rhythm_of

EARLIER, WHOLE = "earlier", "whole"
"""The list of words that names them, and the code of the whole in it; a part goes by the id of its agreement."""


def earlier_reports(report: Report) -> dict[str, Report]:
    """Return the last signed report that told of the same agreements over a period before, by part.

    One payer's part looks for what told of its agreement alone: a report of its own, or its part of a report of
    several. Of more of them: the period before in the same rhythm, else what ended last, the longest of those; and of
    one number the last version.
    """
    agreements = set(report.parts.values_list("agreement", flat=True))
    scopes = {WHOLE: agreements} | ({str(one): {one} for one in agreements} if len(agreements) > 1 else {})
    candidates = _signed_before(report, agreements)
    found = {key: _newest(report, candidates, scope) for key, scope in scopes.items()}
    return {key: one for key, one in found.items() if one is not None}


def _signed_before(report: Report, agreements: Iterable[UUID]) -> list[Report]:
    signed = Report.objects.filter(
        provider=report.provider_id,
        state=ReportState.SIGNED,
        period_until__lt=report.period_from,
        protection__cells__isnull=False,
        pk__in=Report.objects.filter(parts__agreement__in=agreements).values("pk"),
    )
    parts = Prefetch("parts", ReportPart.objects.only("report", "agreement"))
    return list(signed.only("pk", "period_from", "period_until", "signed_at").prefetch_related(parts))


def _newest(report: Report, candidates: Iterable[Report], scope: set[UUID]) -> Report | None:
    """The one to correct, of those that told of exactly these agreements, whole or as a part."""
    own = [one for one in candidates if _tells_of(one, scope)]
    return max(own, key=lambda one: _order(report, one), default=None)


def _tells_of(one: Report, scope: set[UUID]) -> bool:
    agreements = {part.agreement_id for part in one.parts.all()}
    return agreements == scope or (len(scope) == 1 and scope < agreements)


def _order(report: Report, one: Report) -> tuple[object, ...]:
    own, before = Period(report.period_from, report.period_until), Period(one.period_from, one.period_until)
    is_next_to = one.period_until == report.period_from - ONE_DAY and rhythm_of(before) == rhythm_of(own) is not None
    return is_next_to, one.period_until, before.days, one.signed_at
