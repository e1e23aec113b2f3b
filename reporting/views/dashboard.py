"""Figures on the screen: the overview of a unit, the list behind each number, and what the figures mean."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.clock import now, today
from foundation.periods import Period
from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, requires
from reporting.figures import CATALOGUE, DEFINITIONS_VERSION
from reporting.figures.quality import CHECK_LABELS, CHECK_RULES
from reporting.screens.filterform import FilterForm
from reporting.screens.filters import Choices, Filters, active_filters, choices_of, days_in_words, filters_of
from reporting.screens.numbers import NumberPage, Shown
from reporting.screens.overview import Overview
from reporting.screens.words import unit_word


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


@require_GET
@requires(Permission.FIGURES_READ)
def figure(request: StaffRequest, figure_id: str) -> HttpResponse:
    """One number with its definition, and the list of the records behind it: as many as the number says."""
    shown = Shown(figure_id, by=request.GET.get("by", ""), cell=request.GET.get("cell", ""))
    if shown.figure_id not in CATALOGUE:
        raise Http404
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    context = frame(request, choices, form, asked, shown) | {"definition": CATALOGUE[figure_id]}
    if asked is not None:
        context |= NumberPage(asked, choices, shown).context(request.user, request.GET.get("page", ""))
        if context["lines"]:
            record_read(request, "reporting:figure", context["lines"].files)
    return render(request, "reporting/figure.html", context)


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


def own_choices(request: StaffRequest) -> tuple[Choices, FilterForm]:
    """What this person can choose from, and the form with what is chosen; 404 for a right without a unit."""
    choices = choices_of(request.user)
    if not choices.units:
        raise Http404
    return choices, FilterForm(request.GET, choices)


def asked_for(request: StaffRequest, choices: Choices, form: FilterForm) -> Filters | None:
    """The figures asked for; None when the days are no period: then nothing is counted and the form says why."""
    period = form.days
    filters = filters_of(request.GET, choices, period or Period.year(today().year))
    return filters if period else None


def frame(
    request: StaffRequest, choices: Choices, form: FilterForm, asked: Filters | None, shown: Shown | None = None
) -> dict[str, Any]:
    """What stands around the figures: whose they are, over which days, and what they are filtered by."""
    units = _(" and ").join(sorted(choices.units.values()))
    more = {"by": shown.by, "cell": shown.cell} if shown else {}
    return {
        "form": form,
        "heading": _("Overview %(units)s") % {"units": units},
        "asked": asked,
        "hidden": {name: value for name, value in more.items() if value},
        "filters": active_filters(asked, choices, request.path, **more) if asked else [],
        "counted": days_in_words(asked.counted) if asked else "",
        "time": f"{now():%H:%M}",
    }
