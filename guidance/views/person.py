import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.reading import record_read
from guidance.screens.file import header_of, open_file
from guidance.screens.person import overview_of, people_with_surroundings
from organisations.access import Permission, StaffRequest, requires


@require_GET
@requires(Permission.FILE_READ)
def person(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody's file on one page."""
    file = open_file(request, pk, people_with_surroundings())
    record_read(request, "guidance:person", [file.person])
    header = header_of(file, request.user, part="person")
    return render(request, "guidance/person.html", {**header, **overview_of(file, request.user)})
