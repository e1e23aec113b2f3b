"""Saved views: a choice of filters under a name. Everybody has their own."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.clock import today
from foundation.notices import saved
from foundation.periods import Period
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, requires
from reporting.actions import noting
from reporting.figures import CATALOGUE
from reporting.models import SavedView
from reporting.screens.days import spelled_out
from reporting.screens.filterform import FilterForm
from reporting.screens.filters import Choices, Filters, active_filters, filters_of, period_names
from reporting.screens.noteform import SaveViewForm
from reporting.views.frame import asked_for, own_choices

OF_FIGURE = ("by", "cell", "view")
"""What an address says of a figure beside the filters."""


@require_GET
@requires(Permission.FIGURES_READ)
def saved_views(request: StaffRequest) -> HttpResponse:
    """The views that somebody saved, and a form to save the filters of now."""
    return _page(request, SaveViewForm())


def _page(request: StaffRequest, save_form: SaveViewForm) -> HttpResponse:
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    views = SavedView.objects.filter(staff_member=request.user)
    context = {
        "asked": asked,
        "form": save_form,
        "chips": in_words(request.GET, choices) if asked else [],
        "save_view_url": reverse("reporting:save_view") + _query(request, asked) if asked else "",
        "views": [_row(view, choices) for view in views],
    }
    return render(request, "reporting/saved_views.html", context)


def _row(view: SavedView, choices: Choices) -> dict[str, Any]:
    """A view with what it holds; without words when something in it is nobody's any more."""
    query = QueryDict(view.query)
    try:
        return {"view": view, "words": in_words(query, choices), "url": url_of(query)}
    except Http404:
        return {"view": view, "words": None}


def _query(request: StaffRequest, asked: Filters) -> str:
    """What is kept: the filters, and which figure is shown as what where they were those of one figure."""
    figure = request.GET.get("figure", "")
    if figure not in CATALOGUE:
        return asked.query()
    return asked.query(figure=figure, **{name: request.GET.get(name, "") for name in OF_FIGURE})


def url_of(query: QueryDict) -> str:
    """Where a view opens: the page of its figure, or the overview."""
    known = query.copy()
    figure = known.pop("figure", [""])[0]
    address = reverse("reporting:figure", args=[figure]) if figure in CATALOGUE else reverse("reporting:dashboard")
    return f"{address}?{known.urlencode()}" if known else address


def in_words(query: QueryDict, choices: Choices) -> list[str]:
    """The filters of an address, in words. Raises Http404 for what is not among the choices."""
    period = FilterForm(query, choices).days or Period.year(today().year)
    asked = filters_of(query, choices, period)
    chips = [chip["label"] for chip in active_filters(asked, choices, "")]
    if figure := CATALOGUE.get(str(query.get("figure", ""))):
        chips.append(str(figure.label))
    return chips if spelled_out(query).get("period") in period_names() else [period_names()[asked.choice], *chips]


@require_POST
@requires(Permission.FIGURES_READ)
def save_view(request: StaffRequest) -> HttpResponse:
    """Keep the filters in the address under a name."""
    form = SaveViewForm(request.POST)
    choices, filters = own_choices(request)
    asked = asked_for(request, choices, filters)
    if asked is not None and form.is_valid():
        try:
            query = _query(request, asked).removeprefix("?")
            noting.save_view(by=request.user, name=form.cleaned_data["name"], query=query)
        except Refused as refused:
            form.refuse(refused)
        else:
            saved(request, _("View saved."))
            return redirect(reverse("reporting:saved_views") + _query(request, asked))
    return _page(request, form)


@require_POST
@requires(Permission.FIGURES_READ)
def delete_view(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Forget one's own saved view."""
    view = get_object_or_404(SavedView, pk=pk, staff_member=request.user)
    noting.delete_view(by=request.user, view=view)
    saved(request, _("View deleted."))
    return redirect("reporting:saved_views")
