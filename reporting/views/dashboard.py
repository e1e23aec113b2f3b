"""The overview of a unit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organisations.access import Permission, StaffRequest, requires
from reporting.screens.overview import Overview
from reporting.views.frame import asked_for, frame, own_choices


@require_GET
@requires(Permission.FIGURES_READ)
def dashboard(request: StaffRequest) -> HttpResponse:
    """The overview of somebody's units over a period, beside the same days a year before."""
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    context = frame(request, choices, form, asked)
    if asked is not None:
        context |= Overview.of(asked, choices).context()
    return render(request, "reporting/dashboard.html", context)
