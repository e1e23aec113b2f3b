"""The officer's answer: accept a delivered report, or return it with a question."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.notices import refused, said
from organisations.access import Permission, StaffRequest, fetch, requires
from reporting import actions
from reporting.forms import AcceptReportForm, ReturnReportForm
from reporting.models import Report
from reporting.views.reports.reading import for_page, reading


@require_POST
@requires(Permission.REPORT_DECIDE)
def accept_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept a report for the own municipality. With a question beside it the page comes back and asks."""
    found: Report = fetch(for_page(), request, Permission.REPORT_DECIDE, pk=pk)
    form = AcceptReportForm(request.POST)
    if not form.is_valid():
        return render(request, "reporting/report.html", reading(request, found, form))
    try:
        actions.accept_report(by=request.user, report=found)
        said(request, _("You accepted %(title)s. Who signed it gets an e-mail.") % {"title": found.title})
    except ValidationError as error:
        refused(request, error.messages[0])
    return redirect("reporting:report", found.pk)


@require_POST
@requires(Permission.REPORT_DECIDE)
def return_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Return a report with a question; without one the page comes back and says so."""
    found: Report = fetch(for_page(), request, Permission.REPORT_DECIDE, pk=pk)
    form = ReturnReportForm(request.POST)
    if not form.is_valid():
        return render(request, "reporting/report.html", reading(request, found, form))
    try:
        actions.return_report(by=request.user, report=found, question=form.cleaned_data["question"])
        said(request, _("You returned %(title)s with your question.") % {"title": found.title})
    except ValidationError as error:
        refused(request, error.messages[0])
    return redirect("reporting:report", found.pk)
