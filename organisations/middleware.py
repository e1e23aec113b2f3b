"""Being signed in, around every request: going on, ending by the clock, and what somebody hears then."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse

from foundation.clock import now
from foundation.rows import seeing
from organisations.devices import device_of
from organisations.factors import has_second_step
from organisations.models import SignIn, StaffMember
from organisations.sessions import SessionStore, hashed
from organisations.signing_in import lacks_second_step

WHY = "why"
Handler = Callable[[HttpRequest], HttpResponseBase]


class Sessions(SessionMiddleware):
    """Django's, but who was signed out while the page was made goes to the sign-in page. What was done is done."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            return redirect_to_login(page_of(request), _with_reason("ended"))


def go_on_signed_in(get_response: Handler) -> Handler:
    """Each page that somebody opens starts the time of being away anew. What a page asks for by itself does not."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        session = cast("SessionStore", request.session)
        session.device = device_of(request.headers.get("User-Agent", ""))
        by_itself = request.headers.get("X-Requested-With") == "draad"
        if not by_itself and request.user.is_authenticated:
            session.go_on()
        return get_response(request)

    return middleware


class SignInFirst(LoginRequiredMiddleware):
    """Nobody sees a page of ours without signing in. Who was signed in hears why that is over.

    Where a second step is obligatory, who has none yet sees the pages on which it is set up, and no other. Then who has
    a password that somebody else set chooses another.
    """

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if answer := super().process_view(request, view_func, view_args, view_kwargs):
            return answer
        if not getattr(view_func, "login_required", True):
            return None
        if not lacks_second_step(request):
            return _choose_password_first(request, view_func)
        if has_second_step(cast("StaffMember", request.user)):
            request.session.flush()  # set up elsewhere meanwhile: who is here only knew the password
            return redirect_to_login(page_of(request))
        if getattr(view_func, "before_second_step", False):
            return None
        return HttpResponseRedirect(reverse("organisations:set_up"))

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:  # noqa: ARG002
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        return redirect_to_login(page_of(request), _with_reason(why_ended(key) if key else ""))


def _choose_password_first(request: HttpRequest, view_func: Any) -> HttpResponseRedirect | None:
    must = cast("StaffMember", request.user).must_choose_password
    if not must or getattr(view_func, "before_own_password", False):
        return None
    return HttpResponseRedirect(reverse("organisations:change_password"))


def see_own_rows(get_response: Handler) -> Handler:
    """Let the transaction of a view, and of what is made while it is sent, see the rows that its reader's roles name.

    Who is not signed in sees none. The view's own querysets narrow it further: the unit, the right, the state.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user if request.user.is_authenticated else None
        with _sight_of(user):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            pieces = iter(cast("Iterator[bytes]", response.streaming_content))
            response.streaming_content = _in_sight(user, pieces)
        return response

    return middleware


def _sight_of(user: StaffMember | None) -> AbstractContextManager[None]:
    if user is None:
        return seeing()
    return seeing(providers=user.standing.works_for(), municipalities=user.standing.municipalities())


def _in_sight(user: StaffMember | None, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Each piece in a transaction of its own: a slow reader holds none open."""
    while True:
        with _sight_of(user), transaction.atomic():
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def page_of(request: HttpRequest) -> str:
    """Return where to go on after signing in: the page, or the one with the form that came too late."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return settings.LOGIN_REDIRECT_URL
    return f"{page.path}?{page.query}" if page.query else page.path


def why_ended(key: str) -> str:
    """Return why the session of this cookie is over: ``idle``, ``long``, or ``ended`` by somebody."""
    row = SignIn.objects.filter(pk=hashed(key)).only("signed_in_at", "expire_date").first()
    if row is None or row.expire_date > now():
        return "ended"
    longest = timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
    return "long" if row.signed_in_at + longest <= row.expire_date else "idle"


def _with_reason(why: str) -> str:
    return reverse(settings.LOGIN_URL) + (f"?{WHY}={why}" if why else "")
