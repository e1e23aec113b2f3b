from django.http import HttpResponse
from django.shortcuts import redirect

from organisations.access import Permission, Role, StaffRequest, requires

# Where each role begins. The first role of a person that stands here decides.
HOMES = (
    (Role.COACH, "guidance:today"),
    (Role.UNIT_MANAGER, "reporting:dashboard"),
    (Role.MUNICIPAL_OFFICER, "reporting:reports"),
    (Role.FUNCTIONAL_MANAGER, "admin:index"),
    (Role.PRIVACY_OFFICER, "reporting:definitions"),
)


@requires(Permission.SIGNED_IN)
def home(request: StaffRequest) -> HttpResponse:
    """Lead somebody to the page where their work begins; who has no role today to the definitions of figures."""
    roles = request.user.standing.roles
    return redirect(next((name for role, name in HOMES if role in roles), "reporting:definitions"))
