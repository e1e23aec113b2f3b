import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.encryption import open_file_keys
from foundation.reading import record_read
from guidance.screens.file import header_of, may_change, open_file
from guidance.screens.person import people_with_surroundings
from guidance.screens.strand import in_short, strands_of
from guidance.screens.timeline import PARTS, page_of
from organisations.access import Permission, StaffRequest, requires


@require_GET
@requires(Permission.FILE_READ)
def timeline(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything that happened, newest first, as a thread for each trajectory."""
    file = open_file(request, pk, people_with_surroundings())
    open_file_keys([file.person.pk])
    part = request.GET.get("part", "all")
    after = request.GET.get("page", "")
    rows, following = page_of(file.person, part=part, after=after)
    record_read(request, "guidance:timeline", [file.person])
    may_move = may_change(file, request.user, Permission.TRAJECTORY_MOVE)
    labels = (_("Everything"), _("Trajectory"), _("Sessions"), _("Measurements"))
    context = {
        **header_of(file, request.user, part="timeline"),
        "strands": strands_of(file, rows, is_first=not after and part == "all", may_move=may_move),
        "in_short": in_short(file, file.person.outcome_kinds),  # type: ignore[attr-defined]  # annotated
        "parts": [{"name": name, "label": label} for name, label in zip(PARTS, labels, strict=True)],
        "chosen": part if part in PARTS else "all",
        "following": following,
        "is_first": not after,
    }
    return render(request, "guidance/timeline.html", context)
