"""Coming in: first a password, then a second step, and only then somebody is signed in.

Between the two steps the session knows whose password was right and nothing else: every page still leads to the door.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from organisations.factors import has_second_step
from organisations.models import IdentityProvider, StaffMember

PENDING, SECOND_STEP = "pending", "second_step"
PENDING_SECONDS = 600
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Pending:
    """Whose password was right a moment ago, and where they go."""

    member: StaffMember
    onward: str


def password_was_right(request: HttpRequest, member: StaffMember, onward: str) -> HttpResponse:
    """Go on to the second step, or in when there is none. The session is a new one, and what stood in it is gone."""
    if not has_second_step(member):
        return come_in(request, member, onward, step="")
    request.session.flush()
    request.session[PENDING] = {
        "member": str(member.pk),
        "account": member.get_session_auth_hash(),
        "onward": onward,
        "at": time.time(),
    }
    return redirect("organisations:second_step")


def pending(request: HttpRequest) -> Pending | None:
    """Return who is between the two steps; nobody after ten minutes, or when the account changed meanwhile."""
    held: dict[str, Any] = request.session.get(PENDING) or {}
    if not held or time.time() - held["at"] > PENDING_SECONDS:
        return None
    member = StaffMember.objects.filter(pk=held["member"], is_active=True).first()
    if member is None or not constant_time_compare(member.get_session_auth_hash(), held["account"]):
        return None
    return Pending(member, held["onward"])


def come_in(request: HttpRequest, member: StaffMember, onward: str, *, step: str) -> HttpResponse:
    """Sign somebody in, in a new session that knows by which second step."""
    request.session.flush()
    login(request, member, backend=_BACKEND)
    request.session[SECOND_STEP] = step
    return redirect(onward)


def did_second_step(request: HttpRequest) -> bool:
    """Whether this session began with a second step."""
    return bool(request.session.get(SECOND_STEP))


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether somebody is signed in who must first set up a second step."""
    return bool(settings.SECOND_STEP_REQUIRED and not did_second_step(request))


def to_the_door(onward: str = "/") -> HttpResponse:
    return redirect_to_login(onward)


def safe_onward(request: HttpRequest, asked: str) -> str:
    """Return where to go after signing in: a page of this site, else the first page."""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else settings.LOGIN_REDIRECT_URL


def goes_elsewhere(member: StaffMember) -> IdentityProvider | None:
    """Return the organisation's own way in for this person: then a password of ours opens nothing."""
    return IdentityProvider.objects.of(member).select_related("organisation").first()
