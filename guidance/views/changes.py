"""Who changed what in somebody's file, and when."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.encryption import open_file_keys
from foundation.reading import record_read
from guidance.screens.changes import page_of
from guidance.screens.file import header_of, open_file
from organisations.access import Permission, StaffRequest, requires
from trajectories.models import Trajectory


@require_GET
@requires(Permission.FILE_READ)
def changes(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Every change in the file, newest first: what stood there before, and who changed it."""
    file = open_file(request, pk)
    open_file_keys([file.person.pk])
    is_named = Trajectory.objects.filter(participant=file.person, coach=request.user).exists()
    rows, following = page_of(file.person, after=request.GET.get("page", ""), sees_restricted=is_named)
    record_read(request, "guidance:changes", [file.person])
    context = {**header_of(file, request.user, part="data"), "changes": rows, "following": following}
    return render(request, "guidance/changes.html", context)
