"""What the figures mean."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organisations.access import Permission, StaffRequest, requires
from reporting.figures import CATALOGUE, DEFINITIONS_VERSION
from reporting.figures.quality import CHECK_LABELS, CHECK_RULES
from reporting.screens.words import unit_word


@require_GET
@requires(Permission.DEFINITIONS_READ)
def definitions(request: StaffRequest) -> HttpResponse:
    """What every figure means, in plain words and exactly. For the municipality too."""
    return render(
        request,
        "reporting/definitions.html",
        {
            "definitions": [(one, unit_word(one.unit)) for one in CATALOGUE.values()],
            "checks": [(CHECK_LABELS[check], rule) for check, rule in CHECK_RULES.items()],
            "version": DEFINITIONS_VERSION,
        },
    )
