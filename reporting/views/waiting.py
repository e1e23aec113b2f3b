"""The list of who waits, behind the numbers of the overview."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, requires
from reporting.screens.records import lines, visible_people
from reporting.screens.waiting import WaitingList
from reporting.views.frame import asked_for, frame, own_choices


@require_GET
@requires(Permission.FIGURES_READ)
def waiting(request: StaffRequest) -> HttpResponse:
    """The open referrals, the longest waiting first."""
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    which = request.GET.get("which", "")
    context = frame(request, choices, form, asked, which=which) | {"amount_head": _("Days")}
    if asked is not None:
        found = WaitingList(asked, choices, which)
        people = visible_people(request.user, {record.participant_id for record in found.records} - {None})  # type: ignore[arg-type]
        after = request.GET.get("page", "")
        page = lines(found.records, people, found.where, after=after, longest=True)
        record_read(request, "reporting:waiting", page.files)
        context |= {"title": found.title, "chips": found.chips, "lines": page, "number": len(found.records)}
    return render(request, "reporting/waiting.html", context)
