"""The list of reports: for a manager by what is to do, for an officer by what waits for an answer."""

from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.pages import keyset_page
from organisations.access import Permission, StaffRequest, requires
from organisations.models import StaffMember
from reporting.models import BEING_MADE, Report, ReportEvent, ReportPart, ReportState, ReportStep
from reporting.reception import NEEDED, Reception, Taken, reception_of

PAGE_SIZE = 50
UNSIGNED, WITH_PAYERS, SETTLED = 0, 1, 2


@require_GET
@requires(Permission.REPORT_READ)
def reports(request: StaffRequest) -> HttpResponse:
    """The reports of somebody's units or municipality by what is to be done; of each sort the newest first."""
    found = Report.objects.visible_to(request.user, Permission.REPORT_READ).select_related("provider", "replaced_by")
    page = keyset_page(
        with_turn(found.prefetch_related(*NEEDED)),
        after=request.GET.get("page"),
        size=PAGE_SIZE,
        order=("turn", "-period_from", "-created_at", "id"),
    )
    rows = [reception_of(report) for report in page.rows]
    makes = request.user.standing.may(Permission.REPORT_MAKE)
    groups = _for_manager(rows) if makes else _for_officer(rows, request.user)
    context = {"may_make": makes, "is_empty": not rows, "page": page}
    return render(request, "reporting/reports.html", groups | context)


def with_turn(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Tell of each report as ``turn`` whether it is not signed yet, with its payers, or settled: so far down it stands.

    Settled: every payer accepted it, or a newer version is signed.
    """
    payers = _number(ReportPart.objects.all(), "agreement__municipality")
    accepted = _number(ReportEvent.objects.filter(step=ReportStep.ACCEPTED), "by")
    return reports.annotate(payers=payers, accepted=accepted).annotate(
        turn=Case(
            When(~Q(state=ReportState.SIGNED), then=Value(UNSIGNED)),
            When(Q(replaced_by__state=ReportState.SIGNED) | Q(accepted__gte=F("payers")), then=Value(SETTLED)),
            default=Value(WITH_PAYERS),
        )
    )


def _number(rows: QuerySet[Any], name: str) -> Coalesce:
    """How many different values the rows of a report have."""
    counted = rows.filter(report=OuterRef("pk")).order_by().values("report").annotate(n=Count(name, distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)


def _for_manager(rows: list[Reception]) -> dict[str, Any]:
    signed = [row for row in rows if row.report.state == ReportState.SIGNED]
    return {
        "to_check": [row for row in rows if row.report.state == ReportState.DRAFT],
        "to_sign": [row for row in rows if row.report.state == ReportState.CHECKED],
        "being_made": [row for row in rows if row.report.state in BEING_MADE],
        "returned": [row for row in signed if row.taken == Taken.RETURNED],
        "delivered": [row for row in signed if row.taken == Taken.DELIVERED],
        "finished": [row for row in signed if row.taken in {Taken.ACCEPTED, Taken.REPLACED}],
    }


def _for_officer(rows: list[Reception], member: StaffMember) -> dict[str, Any]:
    waiting = [row for row in rows if row.waits_for(member)]
    return {"waiting": waiting, "answered": [row for row in rows if row not in waiting]}
