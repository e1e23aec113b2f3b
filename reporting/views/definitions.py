"""What the figures mean, in plain words and exactly: for everybody, the municipality too."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organisations.access import Permission, StaffRequest, requires
from reporting.figures import CATALOGUE, DEFINITIONS_VERSION
from reporting.screens.explained import explained
from reporting.screens.meaning import explanation_of, figures_by_unit, meaning_of, others_by_unit


@require_GET
@requires(Permission.DEFINITIONS_READ)
def definitions(request: StaffRequest) -> HttpResponse:
    """What every figure means, in a sentence each."""
    context = {"definitions": figures_by_unit(), "others": others_by_unit(), "version": DEFINITIONS_VERSION}
    return render(request, "reporting/definitions.html", context)


@require_GET
@requires(Permission.DEFINITIONS_READ)
def definition(request: StaffRequest, figure_id: str) -> HttpResponse:
    """One definition: the exact rule, since when it holds, how it is split out, and where it is used."""
    if figure_id in CATALOGUE:
        context = meaning_of(CATALOGUE[figure_id], request.user)
    elif other := explained().get(figure_id):
        context = explanation_of(other, request.user)
    else:
        raise Http404
    return render(request, "reporting/definition.html", context)
