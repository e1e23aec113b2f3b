"""The register of processing, and the page that tells everybody what is kept and why."""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import notices
from foundation.rows import seeing
from organisations.access import Permission, StaffRequest, fetch, requires
from organisations.models import Organisation, OrganisationKind
from participants.forms.register import ActivityForm
from participants.law.register import COLUMNS, take_usual_activities
from participants.models import Disclosure, ProcessingActivity


@require_GET
@requires(Permission.PRIVACY_HANDLE)
def register(request: StaffRequest) -> HttpResponse:
    """Why a provider keeps what of whom, and who got something: numbers by recipient, no names."""
    own = request.user.standing.providers(Permission.PRIVACY_HANDLE)
    given = Disclosure.objects.filter(provider__in=own).order_by().values("recipient", "ground")
    context = {
        "rows": ProcessingActivity.objects.visible_to(request.user, Permission.PRIVACY_HANDLE),
        "given": given.annotate(number=Count("pk")).order_by("recipient", "ground"),
    }
    return render(request, "participants/register.html", context)


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def take_usual_register(request: StaffRequest) -> HttpResponse:
    """Begin with the usual lines."""
    for provider in Organisation.objects.filter(pk__in=request.user.standing.providers(Permission.PRIVACY_HANDLE)):
        take_usual_activities(by=request.user, provider=provider)
    notices.saved(request, _("The usual lines are there. Look at each of them."))
    return redirect("participants:register")


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def edit_activity(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a line."""
    row: ProcessingActivity = fetch(ProcessingActivity.objects, request, Permission.PRIVACY_HANDLE, pk=pk)
    form = ActivityForm(request.POST or None, initial={name: getattr(row, name) for name in COLUMNS})
    if form.is_valid():
        for name in COLUMNS:
            setattr(row, name, form.cleaned_data[name])
        try:
            with transaction.atomic():
                row.save()
            notices.saved(request, _("Line “%(name)s” saved.") % {"name": row.name})
            return redirect("participants:register")
        except IntegrityError:
            form.add_error("code", _("Another line has this code. Choose another code."))
    return render(request, "participants/activity.html", {"form": form, "row": row})


@require_GET
@requires(Permission.PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    """For everybody, also without an account: what is kept of participants, why, and their rights."""
    provider = Organisation.objects.filter(kind=OrganisationKind.PROVIDER, code=request.GET.get("van", "")).first()
    with seeing(providers=[provider.pk] if provider else []):
        activities = list(ProcessingActivity.objects.filter(provider=provider)) if provider else []
    return render(request, "participants/privacy.html", {"activities": activities})
