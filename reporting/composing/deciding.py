"""Find what was told before, and decide what one report withholds; or read what was decided."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from foundation.periods import Period
from reporting.composing.layout import TableSpec
from reporting.composing.protection import Both, Corrected, Protection, protect
from reporting.demands import demands_of
from reporting.models import Report, ReportState

STANDS = (ReportState.SIGNING, ReportState.SIGNED)


def protection_of(
    report: Report, both: Both, specs: Sequence[TableSpec], corrected: Corrected | None = None
) -> Protection:
    """Return what ``report`` withholds: as it was decided when it was drafted, once it is being signed."""
    if report.state in STANDS and report.protection:
        return Protection.of(report.protection)
    agreements = [part.agreement for part in report.parts.select_related("agreement")]
    before = told_before(report, [agreement.pk for agreement in agreements])
    decided = protect(
        both,
        specs,
        demands_of(agreements, Period(report.period_from, report.period_until)),
        agreements=[agreement.pk for agreement in agreements],
        reference=report.reference_date,
        earlier=[stored for _pk, stored in before],
        corrected=corrected,
    )
    decided.data["known"] = [str(pk) for pk, _stored in before]
    return decided


def told_before(report: Report, agreements: Sequence[UUID]) -> list[tuple[UUID, dict[str, Any]]]:
    """Return what was stored with the signed reports that tell of one of these agreements, the oldest first."""
    found = overlapping(report, agreements).order_by("signed_at", "pk")
    return [(one.pk, dict(one.protection or {})) for one in found.only("pk", "protection")]


def overlapping(report: Report, agreements: Sequence[UUID]) -> QuerySet[Report]:
    """Return the other reports, signed or being signed, of one of these agreements: of whatever period.

    Without those of which no decision was stored: nothing is known of what they told.
    """
    found = Report.objects.filter(provider=report.provider_id, state__in=STANDS, protection__cells__isnull=False)
    found = found.exclude(pk=report.pk)
    return found.filter(pk__in=Report.objects.filter(parts__agreement__in=agreements).values("pk"))


def told_since(report: Report) -> list[Report]:
    """Return the reports that were signed after this draft was made: it does not reckon with them.

    Such a draft is made again before it is signed, or what it tells and what they tell could together tell more.
    """
    if report.protection is None:
        return []
    agreements = list(report.parts.values_list("agreement", flat=True))
    return list(overlapping(report, agreements).exclude(pk__in=report.protection.get("known", [])))
