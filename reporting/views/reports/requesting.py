"""Asking for a report: for the first time, again, corrected; and throwing one away."""

import uuid

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.notices import refused, said
from organisations.access import Permission, StaffRequest, fetch, requires
from organisations.models import StaffMember
from reporting import actions
from reporting.forms import CorrectReportForm, MakeReportForm, last_year
from reporting.models import Report, ReportState
from reporting.reception import reception_of
from reporting.views.reports.reading import for_page
from trajectories.models import Agreement


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def make_report(request: StaffRequest) -> HttpResponse:
    """Ask for a report; the worker makes it."""
    form = MakeReportForm(request.POST or None, initial=last_year(), agreements=agreements_of(request.user))
    if form.is_valid():
        try:
            report = actions.ask_for_report(
                by=request.user,
                agreements=list(form.cleaned_data["agreements"]),
                period=form.cleaned_data["period"],
                reference_date=form.cleaned_data["reference_date"],
            )
            return redirect("reporting:report", report.pk)
        except ValidationError as error:
            form.add_error("agreements", error)
    return render(request, "reporting/make_report.html", {"form": form})


def agreements_of(member: StaffMember) -> QuerySet[Agreement]:
    """Return the agreements that pay programmes of the units whose reports ``member`` makes."""
    units = member.standing.units(Permission.REPORT_MAKE)
    return (
        Agreement.objects.filter(programmes__unit__in=units).distinct().select_related("municipality").order_by("code")
    )


@require_POST
@requires(Permission.REPORT_MAKE)
def discard_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw away a draft, or stop making it."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    try:
        actions.discard_report(by=request.user, report=found)
    except ValidationError as error:
        refused(request, error.messages[0])
        return redirect("reporting:report", found.pk)
    said(request, _("%(title)s is thrown away.") % {"title": found.title})
    return redirect("reporting:reports")


@require_POST
@requires(Permission.REPORT_MAKE)
def retry_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Try again to make a report of which the job gave up."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    actions.retry_report(by=request.user, report=found)
    return redirect("reporting:report", found.pk)


@require_POST
@requires(Permission.REPORT_MAKE)
def remake_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Count a draft again, because the files behind it were mended."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    try:
        actions.remake_report(by=request.user, report=found)
    except ValidationError as error:
        refused(request, error.messages[0])
    return redirect("reporting:report", found.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def correct_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Make the next version of a signed report, and say why."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    reception = reception_of(found)
    if found.state != ReportState.SIGNED or reception.next_version:
        return redirect("reporting:report", (reception.next_version or found).pk)
    form = CorrectReportForm(request.POST or None, report=found)
    if form.is_valid():
        try:
            version = actions.correct_report(by=request.user, report=found, **form.cleaned_data)
            return redirect("reporting:report", version.pk)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "reporting/correct_report.html", {"form": form, "report": found, "reception": reception})
