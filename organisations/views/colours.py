"""The style sheet with the colours of somebody's organisation: never a style attribute (strict CSP)."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from foundation.colours import WOAD, Palette, problems, stylesheet
from organisations.access import StaffRequest, requires
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission

KEEP_SECONDS = 300


@requires(Permission.PUBLIC)
def colours(request: StaffRequest) -> HttpResponse:
    """Serve the palette of the reader's provider; ours when there is none, or when it would be unreadable."""
    palette = _palette(request)
    response = HttpResponse(stylesheet(WOAD if problems(palette) else palette), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"private, max-age={KEEP_SECONDS}"
    return response


def _palette(request: HttpRequest) -> Palette:
    if not isinstance(request.user, StaffMember):
        return WOAD
    mine = {membership.organisation_id for membership in request.user.standing.memberships}
    coloured = Organisation.objects.filter(id__in=mine).exclude(Q(colour="") | Q(colour_deep="") | Q(colour_bright=""))
    found = coloured.values_list("colour", "colour_deep", "colour_bright").first()
    return Palette(*found) if found else WOAD
