"""What the pages of the law share: fetching a person by provider, and one form on one page."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from foundation.encryption import open_file_keys
from foundation.forms import HouseForm
from foundation.reading import record_read
from organisations.access import Permission, StaffRequest
from participants.models import Participant


def people_of(request: StaffRequest) -> Any:
    """The people of the providers whose privacy officer asks, whatever unit works with them."""
    return Participant.objects.filter(provider__in=request.user.standing.providers(Permission.PRIVACY_HANDLE))


def person_of(request: StaffRequest, pk: uuid.UUID) -> Participant:
    """One of them, or Http404."""
    person: Participant = get_object_or_404(people_of(request).select_related("provider"), pk=pk)
    open_file_keys([person.pk])
    return person


def form_page(
    request: StaffRequest, form: HouseForm, person: Participant, title: str, *, lead: str = "", button: str = ""
) -> HttpResponse:
    """Show one form about a person; ``title`` may hold %(name)s."""
    match = request.resolver_match
    record_read(request, match.view_name if match else "", [person])
    context = {
        "form": form,
        "person": person,
        "title": title % {"name": person.first_name},
        "lead": lead,
        "button": button,
    }
    return render(request, "participants/form.html", context)
