"""The list of reports: for a manager by what is to do, for an officer by what waits for an answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organisations.access import Permission, StaffRequest, requires
from organisations.models import StaffMember
from reporting.models import BEING_MADE, Report, ReportState
from reporting.reception import NEEDED, Reception, Taken, reception_of

MOST_SHOWN = 100


@require_GET
@requires(Permission.REPORT_READ)
def reports(request: StaffRequest) -> HttpResponse:
    """The reports of somebody's units or municipality, newest first, by what is to be done."""
    found = Report.objects.visible_to(request.user, Permission.REPORT_READ).select_related("provider", "replaced_by")
    rows = [reception_of(report) for report in found.prefetch_related(*NEEDED)[:MOST_SHOWN]]
    makes = request.user.standing.may(Permission.REPORT_MAKE)
    groups = _for_manager(rows) if makes else _for_officer(rows, request.user)
    return render(request, "reporting/reports.html", groups | {"may_make": makes, "is_empty": not rows})


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
