"""Cohorts, and programmes beside each other."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, requires
from reporting.screens.cohorts import AskedFor, CohortsPage, without_coach
from reporting.views.frame import asked_for, frame, own_choices


@require_GET
@requires(Permission.FIGURES_READ)
def cohorts(request: StaffRequest) -> HttpResponse:
    """By quarter of the start how many had an outcome later on; two programmes, and whether they differ at all."""
    choices, form = own_choices(request)
    for name in ("coach", "started"):  # never per coach; the year of the start is what the cohorts are
        del form.fields[name]
    asked = asked_for(request, choices, form)
    asked = without_coach(asked) if asked else None
    wanted = AskedFor.of(request.GET, choices)
    context = frame(request, choices, form, asked, **wanted.more, cell=wanted.cell)
    if asked is not None:
        context |= CohortsPage(asked, choices, wanted).context(request.user, request.GET.get("page", ""))
        if context["lines"]:
            record_read(request, "reporting:cohorts", context["lines"].files)
    return render(request, "reporting/cohorts.html", context)
