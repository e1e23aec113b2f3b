"""The page of one figure."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, requires
from reporting.figures import CATALOGUE
from reporting.screens.numbers import NumberPage, Shown
from reporting.views.frame import asked_for, frame, own_choices


@require_GET
@requires(Permission.FIGURES_READ)
def figure(request: StaffRequest, figure_id: str) -> HttpResponse:
    """One number with its definition, and the list of the records behind it: as many as the number says."""
    shown = Shown(figure_id, by=request.GET.get("by", ""), cell=request.GET.get("cell", ""))
    if shown.figure_id not in CATALOGUE:
        raise Http404
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    context = frame(request, choices, form, asked, by=shown.by, cell=shown.cell)
    context |= {"definition": CATALOGUE[figure_id]}
    if asked is not None:
        context |= NumberPage(asked, choices, shown).context(request.user, request.GET.get("page", ""))
        if context["lines"]:
            record_read(request, "reporting:figure", context["lines"].files)
    return render(request, "reporting/figure.html", context)
