"""The overview of a unit, and of several units beside each other."""

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from organisations.access import Permission, StaffRequest, requires
from reporting.screens.overview import Overview
from reporting.screens.ten.provisional import provisional_words
from reporting.screens.units import UnitsOverview, units_url
from reporting.views.frame import asked_for, frame, own_choices

INDENTED = re.compile(r"\n\s+")
"""The heaviest page goes over the line without its indents; it holds no text in which they count."""


@require_GET
@requires(Permission.FIGURES_READ)
def dashboard(request: StaffRequest) -> HttpResponse:
    """The overview of somebody's units over a period, beside the same days a year before."""
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    context = frame(request, choices, form, asked) | {"units_url": units_url(asked, choices)}
    if asked is not None:
        context |= Overview.of(asked, choices, request.user).context()
    page = render_to_string("reporting/dashboard.html", context, request)
    return HttpResponse(INDENTED.sub("\n", page))


@require_GET
@requires(Permission.FIGURES_READ)
def units(request: StaffRequest) -> HttpResponse:
    """The key figures of each unit that somebody keeps; who keeps one goes to its overview."""
    choices, form = own_choices(request)
    if len(choices.units) < 2:
        return redirect("reporting:dashboard")
    asked = asked_for(request, choices, form)
    context = frame(request, choices, form, asked) | {"heading": _("All units")}
    if asked is not None:
        found = UnitsOverview(asked, choices)
        context |= {
            "headings": found.headings,
            "rows": found.rows(),
            "total": found.total(),
            "targets": found.targets(),
            "broken": found.broken_words(),
            "provisional": provisional_words(asked.counted),
        }
    return render(request, "reporting/units.html", context)
