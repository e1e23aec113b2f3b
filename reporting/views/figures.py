"""The page of one figure as chart, table and people; the same as a file; the notes beside it."""

import uuid
from typing import cast

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.clock import today
from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, requires
from reporting.actions.noting import add_note as write_note
from reporting.actions.noting import remove_note as take_note_away
from reporting.figures import CATALOGUE
from reporting.models import FigureNote
from reporting.screens.exporting import EXPORTS, Listing, people_listing, table_listing
from reporting.screens.filters import Filters, active_filters, days_in_words
from reporting.screens.noteform import NoteForm
from reporting.screens.notes import note_name, notes_of
from reporting.screens.numbers import PEOPLE, NumberPage, Shown
from reporting.views.frame import asked_for, frame, own_choices


@require_GET
@requires(Permission.FIGURES_READ)
def figure(request: StaffRequest, figure_id: str) -> HttpResponse:
    """One figure with its definition: the chart, the table behind it, or the list of the records behind a number."""
    return _page(request, shown_in(request, figure_id))


def shown_in(request: StaffRequest, figure_id: str) -> Shown:
    """What the address asks of a figure; 404 for a figure that is not in the catalogue."""
    if figure_id not in CATALOGUE:
        raise Http404
    more = {name: request.GET.get(name, "") for name in ("by", "cell", "view")}
    return Shown(figure_id, **more)


def _page(request: StaffRequest, shown: Shown, note_form: NoteForm | None = None) -> HttpResponse:
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    context = frame(request, choices, form, asked, by=shown.by, cell=shown.cell, view=shown.view)
    context |= {"definition": CATALOGUE[shown.figure_id]}
    if asked is not None:
        page = NumberPage(asked, choices, shown)
        context |= page.context(request.user, request.GET.get("page", ""))
        context["exports"] = _exports(asked, shown, page.view)
        context["notes"] = notes_of(asked, note_name(shown.figure_id, shown.by))
        context["note_form"] = note_form or NoteForm(units=choices.units, last_day=asked.counted.end)
        context["note_query"] = asked.query(by=shown.by, cell=shown.cell, view=shown.view)
        kept = asked.query(figure=shown.figure_id, by=shown.by, cell=shown.cell, view=shown.view)
        context["saved_views_url"] = reverse("reporting:saved_views") + kept
        if context["lines"]:
            record_read(request, "reporting:figure", context["lines"].files)
    return render(request, "reporting/figure.html", context)


def _exports(asked: Filters, shown: Shown, view: str) -> list[dict[str, str]]:
    return [
        {"label": name.upper(), "url": asked.export_url(shown.figure_id, name, shown.cell, shown.by, view)}
        for name in EXPORTS
    ]


@require_GET
@requires(Permission.FIGURES_READ)
def export_figure(request: StaffRequest, figure_id: str, file_format: str) -> HttpResponse:
    """The list behind a number as a file, as long as the number says, or the table behind a chart."""
    shown = shown_in(request, figure_id)
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    if asked is None or file_format not in EXPORTS:
        raise Http404
    page = NumberPage(asked, choices, shown)
    chips = [chip["label"] for chip in active_filters(asked, choices, request.path)]
    about = " · ".join([days_in_words(asked.counted), *chips])
    return cast("HttpResponse", listing_of(page, request, about).exported(file_format))


def listing_of(page: NumberPage, request: StaffRequest, about: str) -> Listing:
    """What goes into the file of a page; names in it are noted in the read log."""
    name = f"{slugify(page.title) or page.definition.id}-{today()}"
    if page.view != PEOPLE:
        return table_listing(name, page.title, about, page.table())
    people = page.people(request.user)
    record_read(request, "reporting:export_figure", people.values())
    return people_listing(name, page.title, about, page.ordered(people), people, page.where(), page.amount_head)


@require_POST
@requires(Permission.FIGURES_READ)
def add_note(request: StaffRequest, figure_id: str) -> HttpResponse:
    """Write a dated note beside a figure."""
    shown = shown_in(request, figure_id)
    choices, _form = own_choices(request)
    form = NoteForm(request.POST, units=choices.units)
    if form.is_valid():
        data = form.cleaned_data
        try:
            write_note(
                by=request.user,
                unit_id=data["unit_id"],
                figure=note_name(figure_id, shown.by),
                dated_on=data["dated_on"],
                text=data["text"],
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            saved(request, _("Note saved."))
            return _back_to(request, figure_id)
    return _page(request, shown, form)


@require_POST
@requires(Permission.FIGURES_READ)
def remove_note(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a note away from beside a figure of one's own unit."""
    own = FigureNote.objects.filter(unit__in=request.user.standing.units(Permission.FIGURES_READ))
    note = get_object_or_404(own, pk=pk)
    take_note_away(by=request.user, note=note)
    saved(request, _("Note removed."))
    return _back_to(request, note.figure.partition(".")[0])


def _back_to(request: StaffRequest, figure_id: str) -> HttpResponseRedirect:
    query = request.GET.urlencode()
    address = reverse("reporting:figure", args=[figure_id])
    return redirect(f"{address}?{query}" if query else address)
