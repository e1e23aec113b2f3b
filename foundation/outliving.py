"""Read events that outlive what was rolled back: refusals, signing in and signing out.

A request is one transaction, and a refusal rolls it back. So these events wait beside the request and are written
when the view is over and before the answer leaves, in a transaction of their own: an answer without its event is
never given. A second connection would do the same and cost each process a place at the database, which a full pool
does not have.
"""

from typing import Any, Protocol
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse

from foundation.keys import key_ring
from foundation.models import ReadAction, ReadEvent, ReadOutcome
from foundation.reading import Reader, event_of, origin_of

_WAITING = "draad.read_events"
_REFUSED = {403, 404}


class Account(Protocol):
    """Somebody who may sign in."""

    pk: UUID
    name: str


def begin(request: HttpRequest) -> None:
    """From now on events of this request may wait."""
    request.META[_WAITING] = []


def write_waiting(request: HttpRequest) -> None:
    """Write what waits. Called outside of the transaction of the view."""
    if waiting := request.META.pop(_WAITING, []):
        ReadEvent.objects.bulk_create(waiting)


def note_refusal(request: HttpRequest, response: HttpResponse) -> None:
    """Let an event wait when somebody who is signed in does not get a page that asks for a right.

    What is not theirs and what does not exist look the same from outside, and here: both cost the same time.
    """
    match = request.resolver_match
    permission = getattr(match.func, "permission", "public") if match else "public"
    if response.status_code in _REFUSED and match and permission != "public" and request.user.is_authenticated:
        refused = event_of(request, match.view_name, action=ReadAction.DENIED, outcome=ReadOutcome.DENIED)
        request.META[_WAITING].append(refused)


def note_failed_step(request: HttpRequest, account: Account | None) -> None:
    """Let an event wait when a second step was wrong.

    Args:
        request: of who is not signed in yet.
        account: whose it is; None when nothing says whose.
    """
    known: dict[str, Any] = {"staff_member_id": account.pk, "staff_name": account.name} if account else {}
    what, action = "second_step", ReadAction.SIGN_IN_FAILED
    event = ReadEvent(what=what, action=action, outcome=ReadOutcome.DENIED, **known, **origin_of(request))
    request.META.get(_WAITING, []).append(event)


def note_too_much(request: HttpRequest, key: str) -> None:
    """Let an event wait when somebody who is signed in asked for too much in a short time."""
    refused = event_of(request, key, action=ReadAction.DENIED, outcome=ReadOutcome.DENIED)
    request.META.setdefault(_WAITING, []).append(refused)


def listen() -> None:
    """Hear from Django who signs in and out. Its signals are the one place that every way of signing in passes."""
    user_logged_in.connect(_signed_in, dispatch_uid="foundation.outliving")
    user_logged_out.connect(_signed_out, dispatch_uid="foundation.outliving")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="foundation.outliving")


def _signed_in(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    _wait_for(request, ReadAction.SIGN_IN, user)


def _signed_out(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    if user is not None:
        _wait_for(request, ReadAction.SIGN_OUT, user)


def _sign_in_failed(request: HttpRequest | None, credentials: dict[str, Any], **_kwargs: Any) -> None:
    """Whose account was tried; of a name that is no account a keyed hash only: it may be a password, or anybody."""
    if request is None or _WAITING not in request.META:
        return
    typed = str(credentials.get("username") or credentials.get("email") or "").strip().lower()
    account = get_user_model()
    found = account._default_manager.filter(**{account.USERNAME_FIELD: typed}).values_list("pk", "name").first()
    hashed = key_ring().lookup_hash("sign-in", typed).hex()  # always: how long it takes tells nothing
    pk, name = found or (None, "")
    request.META[_WAITING].append(
        ReadEvent(
            staff_member_id=pk,
            staff_name=name,
            typed_hash="" if found else hashed,
            what=ReadAction.SIGN_IN_FAILED,
            action=ReadAction.SIGN_IN_FAILED,
            outcome=ReadOutcome.DENIED,
            **origin_of(request),
        )
    )


def _wait_for(request: HttpRequest | None, action: ReadAction, reader: Reader) -> None:
    """Let an event wait. A sign-in without a request that passed our middleware is a test's or a command's."""
    if request is not None and _WAITING in request.META:
        request.META[_WAITING].append(event_of(request, action, action=action, reader=reader))
