"""Checking a report, taking it back to draft, and signing it."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.notices import refused, said
from organisations.access import Permission, StaffRequest, fetch, requires
from reporting import actions
from reporting.documents.content import from_data
from reporting.making import officers_of
from reporting.models import Report
from reporting.prechecks import blocking_points, signals_of, signed_since
from reporting.reception import reception_of
from reporting.screens.protection import protection_panel
from reporting.tranches import may_sign, role_to_sign
from reporting.views.reports.reading import for_page


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def check_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what stands in the way and what is worth a look; without the first the report can be checked."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    if not actions.allows(found, "check"):
        return redirect("reporting:report", found.pk)
    if request.method == "POST":
        try:
            actions.check_report(by=request.user, report=found)
            said(request, _("%(title)s is checked. It can be signed now.") % {"title": found.title})
            return redirect("reporting:report", found.pk)
        except ValidationError:
            refused(request, _("Something still stands in the way. Solve the points below first."))
    context = {"report": found, "blocking": blocking_points(found), "signals": signals_of(found)}
    return render(request, "reporting/check_report.html", context)


@require_POST
@requires(Permission.REPORT_MAKE)
def reopen_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a checked report back to draft."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    try:
        actions.reopen_report(by=request.user, report=found)
        said(request, _("%(title)s is a draft again.") % {"title": found.title})
    except ValidationError as error:
        refused(request, error.messages[0])
    return redirect("reporting:report", found.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_SIGN)
def sign_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask once more before signing, since it can't be undone; then sign."""
    found: Report = fetch(for_page(), request, Permission.REPORT_SIGN, pk=pk)
    if request.method == "POST":
        try:
            actions.sign_report(by=request.user, report=found)
        except ValidationError as error:
            refused(request, error.messages[0])
        return redirect("reporting:report", found.pk)
    if not (actions.allows(found, "sign") and may_sign(request.user, found)):
        return redirect("reporting:report", found.pk)
    context = {
        "report": found,
        "content": from_data(found.content),
        "role": role_to_sign(found).label,
        "signed_since": signed_since(found),
        "protection": protection_panel(found),
        "payers": reception_of(found).payer_names,
        "officers": sorted(set(officers_of(found).values_list("staff_member__name", flat=True))),
    }
    return render(request, "reporting/sign_report.html", context)
