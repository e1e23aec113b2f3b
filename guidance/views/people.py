from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation.reading import record_read
from guidance.screens import people as screen
from organisations.access import Permission, StaffRequest, requires


@require_http_methods(["GET", "POST"])
@requires(Permission.FILE_READ)
def people(request: StaffRequest) -> HttpResponse:
    """The participants of a coach, of the team, or those whose trajectories are closed; also to choose somebody.

    Who looks for a name sends a form, and is led to the list with the name sealed in its address.
    """
    if request.method == "POST":
        return redirect(screen.address(screen.asked(request.user, request.POST)))
    ask = screen.asked(request.user, request.GET)
    programmes = screen.programmes_of(request.user)
    page = screen.people_page(request.user, ask, programmes)
    record_read(request, "guidance:people", page.rows)
    context = {
        "ask": ask,
        "page": page,
        "rows": screen.rows_of(page.rows, ask),
        "tabs": screen.tabs_of(request.user, ask),
        "filters": screen.filters_of(ask, programmes),
        "programmes": programmes,
        "states": screen.STATES,
        "everybody_url": screen.address(ask, tab=screen.EVERYBODY, programme="", state=""),
        "may_add": request.user.standing.may(Permission.PARTICIPANT_EDIT),
        "may_log": request.user.standing.may(Permission.SESSION_LOG),
    }
    return render(request, "guidance/people.html", context)
