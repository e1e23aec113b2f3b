"""What agreements demand, tranche by tranche: the list, one tranche, and the wizard for a new one."""

import uuid
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.clock import today
from foundation.notices import refused, said
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, fetch, requires
from reporting import demanding
from reporting.demanding import Demand, label_of
from reporting.figures import SPLITS
from reporting.models import Requirement, Tranche
from reporting.screens.trancheform import OpenTrancheForm, TermsForm, demand_rows
from reporting.screens.words import split_label
from trajectories.models import Agreement


@require_GET
@requires(Permission.CONFIGURE)
def tranches(request: StaffRequest) -> HttpResponse:
    """The agreements of the own provider, each with its tranches, the newest first, and what holds without one."""
    without = Prefetch("requirements", Requirement.objects.filter(tranche=None).order_by("figure"), to_attr="own")
    found = _agreements(request).select_related("municipality").prefetch_related("tranches", without).order_by("code")
    rows = [
        {
            "agreement": agreement,
            "is_over": agreement.ends_on is not None and agreement.ends_on < today(),
            "tranches": [
                {"tranche": one, "state": _state(one)}
                for one in sorted(agreement.tranches.all(), key=lambda one: one.starts_on, reverse=True)
            ],
            "demands": [_demand(one) for one in agreement.own],
        }
        for agreement in found
    ]
    return render(request, "reporting/tranches.html", {"rows": rows})


def _agreements(request: StaffRequest) -> QuerySet[Agreement]:
    return Agreement.objects.filter(provider__in=request.user.standing.providers(Permission.CONFIGURE))


def _state(tranche: Tranche) -> str:
    if tranche.confirmed_at is None:
        return _("Draft")
    if tranche.starts_on > today():
        return _("To come")
    return _("Over") if tranche.ends_on and tranche.ends_on < today() else _("Holds now")


@require_http_methods(["GET", "POST"])
@requires(Permission.CONFIGURE)
def open_tranche(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Step 1 of the wizard: name and days. It starts as a copy of the last tranche."""
    agreement = get_object_or_404(_agreements(request).select_related("municipality"), pk=pk)
    form = OpenTrancheForm(request.POST or None)
    if form.is_valid():
        try:
            tranche = demanding.open_tranche(by=request.user, agreement=agreement, **form.cleaned_data)
            return redirect("reporting:tranche_terms", tranche.pk)
        except Refused as no:
            form.refuse(no)
    last = agreement.tranches.filter(confirmed_at__isnull=False).order_by("starts_on").last()
    return render(request, "reporting/open_tranche.html", {"agreement": agreement, "form": form, "last": last})


@require_http_methods(["GET", "POST"])
@requires(Permission.CONFIGURE)
def tranche_terms(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Step 2 of the wizard: rhythm, days to deliver, who signs, chapters and small counts."""
    tranche = _tranche(request, pk)
    if tranche.confirmed_at:
        return redirect("reporting:tranche", tranche.pk)
    form = TermsForm(request.POST or None, instance=tranche)
    if form.is_valid():
        try:
            demanding.change_terms(by=request.user, tranche=form.save(commit=False))
            return redirect("reporting:tranche_demands", tranche.pk)
        except Refused as no:
            form.refuse(no)
    return render(request, "reporting/tranche_terms.html", {"tranche": tranche, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.CONFIGURE)
def tranche_demands(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Step 3 of the wizard: which figures, with which target, split out by what."""
    tranche = _tranche(request, pk)
    if tranche.confirmed_at:
        return redirect("reporting:tranche", tranche.pk)
    known = {one.figure: Demand(one.figure, one.target, tuple(one.splits)) for one in tranche.requirements.all()}
    rows = demand_rows(known, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demands = [demand for row in rows if (demand := row.demand())]
        if not any(row.error for row in rows):
            demanding.set_demands(by=request.user, tranche=tranche, demands=demands)
            return redirect("reporting:check_tranche", tranche.pk)
    faults = [row for row in rows if row.error]
    return render(request, "reporting/tranche_demands.html", {"tranche": tranche, "rows": rows, "faults": faults})


@require_http_methods(["GET", "POST"])
@requires(Permission.CONFIGURE)
def check_tranche(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Step 4 of the wizard: check the answers and confirm. From then on the tranche stands."""
    tranche = _tranche(request, pk)
    if tranche.confirmed_at:
        return redirect("reporting:tranche", tranche.pk)
    if request.method == "POST":
        try:
            demanding.confirm_tranche(by=request.user, tranche=tranche)
            said(request, _("%(name)s is confirmed.") % {"name": tranche.name})
            return redirect("reporting:tranche", tranche.pk)
        except Refused as no:
            refused(request, str(no))
    return render(
        request, "reporting/check_tranche.html", _reading(tranche) | {"remarks": demanding.remarks_on(tranche)}
    )


@require_GET
@requires(Permission.CONFIGURE)
def tranche(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One tranche as it was confirmed, also one that is over. A draft opens where its maker left it."""
    found = _tranche(request, pk)
    if found.confirmed_at is None:
        return redirect("reporting:check_tranche", found.pk)
    return render(request, "reporting/tranche.html", _reading(found))


@require_POST
@requires(Permission.CONFIGURE)
def discard_tranche(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw away a draft."""
    found = _tranche(request, pk)
    try:
        demanding.discard_tranche(by=request.user, tranche=found)
    except Refused as no:
        refused(request, str(no))
        return redirect("reporting:tranche", found.pk)
    said(request, _("The draft of %(name)s is thrown away.") % {"name": found.name})
    return redirect("reporting:tranches")


def _tranche(request: StaffRequest, pk: uuid.UUID) -> Tranche:
    rows = Tranche.objects.select_related("agreement__municipality", "copied_from", "confirmed_by")
    found: Tranche = fetch(rows, request, Permission.CONFIGURE, pk=pk)
    return found


def _reading(tranche: Tranche) -> dict[str, Any]:
    return {
        "tranche": tranche,
        "state": _state(tranche),
        "demands": [_demand(one) for one in tranche.requirements.order_by("figure")],
    }


def _demand(one: Requirement) -> dict[str, Any]:
    return {
        "label": label_of(one.figure),
        "target": one.target.normalize() if one.target is not None else None,
        "splits": ", ".join(split_label(by) for by in one.splits if by in SPLITS),
    }
