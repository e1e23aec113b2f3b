"""The read log: who looked at whose file, written in the transaction of the reading itself."""

import hashlib
import ipaddress
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

import pghistory.runtime
from django.conf import settings
from django.http import HttpRequest

from foundation import sought
from foundation.limiting import write_and_count
from foundation.models import ReadAction, ReadEvent, ReadLink

LONGEST_ROLE, LONGEST_WHAT = 30, 80
_REQUEST_ID = "draad.request_id"


class File(Protocol):
    """Somebody's file, as far as the log knows it."""

    pk: UUID
    provider_id: UUID


class Named(Protocol):
    """Something with a name."""

    name: str


class Held(Protocol):
    """A role that somebody has somewhere."""

    organisation_id: UUID
    unit_id: UUID | None
    organisation: Named


class Reader(Protocol):
    """Who reads: a member of staff with today's roles."""

    class _Standing(Protocol):
        @property
        def roles(self) -> list[str]: ...
        @property
        def memberships(self) -> Sequence[Any]: ...

    pk: UUID
    name: str

    @property
    def standing(self) -> _Standing: ...


def record_read(request: HttpRequest, what: str, files: Iterable[File], *, action: str = "", link: str = "") -> None:
    """Note that the reader of this request sees something of these files: one row for each provider.

    Args:
        request: of somebody who is signed in; its address goes into the log.
        what: the name of the page, such as ``guidance:person``.
        files: the participants on the page. None of them: nothing is written.
        action: a ``ReadAction``; left out, what the name of the page and the number of files say.
        link: a ``ReadLink``; left out, what the roles of the reader say, nothing when they say several things.

    Raises TooMuch (``foundation.limiting``) when this account opened or took very much in a short time.
    """
    seen: dict[UUID, list[UUID]] = {}
    for file in files:
        seen.setdefault(file.provider_id, []).append(file.pk)
    action = action or _action(request, what, sum(map(len, seen.values())))
    if not seen:
        return
    write_and_count(
        [
            event_of(
                request,
                what,
                action=action,
                provider_id=provider_id,
                participant_ids=participant_ids,
                results=None if action == ReadAction.VIEW else len(participant_ids),
                link=link or _link(request, provider_id),
            )
            for provider_id, participant_ids in seen.items()
        ]
    )


def record_taken(request: HttpRequest, what: str, provider_id: UUID) -> None:
    """Note that the reader of this request takes rows about single people who are not told apart: they have no ids.

    Args:
        request: of somebody who is signed in; its address goes into the log.
        what: the name of the page, and what was taken there.
        provider_id: whose rows they are.
    """
    action, link = _action(request, what, 0), _link(request, provider_id)
    write_and_count([event_of(request, what, action=action, provider_id=provider_id, link=link)])


def event_of(request: HttpRequest, what: str, *, action: str, reader: Reader | None = None, **known: Any) -> ReadEvent:
    """Return an event, not yet written, with all that a request tells of itself and of who asks.

    Args:
        request: where it comes from.
        what: the name of the page, or what was done.
        action: a ``ReadAction``.
        reader: who it is; left out, who is signed in.
        known: other columns of the event.
    """
    reader = reader or _reader(request)
    place = _place(reader.standing.memberships, known.get("provider_id"))
    return ReadEvent(
        staff_member_id=reader.pk,
        staff_name=reader.name,
        role="+".join(reader.standing.roles)[:LONGEST_ROLE],
        organisation_id=place.organisation_id if place else None,
        organisation_name=place.organisation.name if place else "",
        what=what[:LONGEST_WHAT],
        action=action,
        **origin_of(request),
        **known,
    )


def origin_of(request: HttpRequest) -> dict[str, Any]:
    """Return the columns of an event that say from where it comes: the page, the address, the device, the session."""
    session, match = getattr(request, "session", None), request.resolver_match
    key = session.session_key if session else None
    return {
        "view_name": match.view_name[:LONGEST_WHAT] if match else "",
        "object_id": object_of(request),
        "address": client_address(request),
        "user_agent": getattr(session, "device", "")[:40],
        # As the table of sessions knows it; the key itself stays in the cookie.
        "session_hash": hashlib.sha256(key.encode()).hexdigest() if key else "",
        "request_id": request_id(request),
    }


def object_of(request: HttpRequest) -> UUID | None:
    """Return the id that stands in the address; None when it names nothing, or several things."""
    arguments = request.resolver_match.kwargs.values() if request.resolver_match else []
    found = [value for value in arguments if isinstance(value, UUID)]
    return found[0] if len(found) == 1 else None


def request_id(request: HttpRequest) -> UUID:
    """Return the id of this request: that of the change history, where the request may change something."""
    history = getattr(pghistory.runtime._tracker, "value", None)
    found: UUID = history.id if history else request.META.setdefault(_REQUEST_ID, uuid.uuid4())
    return found


def _reader(request: HttpRequest) -> Reader:
    reader: Reader = request.user  # type: ignore[assignment]
    return reader


def _action(request: HttpRequest, what: str, files: int) -> str:
    verb = what.partition(" ")[0].rpartition(":")[2]
    for action in (ReadAction.EXPORT, ReadAction.DOWNLOAD):
        if verb.startswith(action):
            return action
    # What was looked for never goes into the log.
    if request.GET.get(sought.SEALED) or request.GET.get(sought.FIELD):
        return ReadAction.SEARCH
    return ReadAction.VIEW if files <= 1 and object_of(request) else ReadAction.LIST


def _place(memberships: Sequence[Held], provider_id: UUID | None) -> Held | None:
    """Where somebody stood who read: at the provider of the file, else where their first role is."""
    here = (each for each in memberships if each.organisation_id == provider_id)
    return next(here, memberships[0] if memberships else None)


def _link(request: HttpRequest, provider_id: UUID) -> str:
    links = {_link_of(held, provider_id) for held in _reader(request).standing.memberships}
    return links.pop() if len(links) == 1 else ""


def _link_of(held: Held, provider_id: UUID) -> str:
    if held.organisation_id != provider_id:
        return ReadLink.PAYER
    return ReadLink.UNIT if held.unit_id else ReadLink.PROVIDER


def client_address(request: HttpRequest) -> str | None:
    """Return the IP address that a request comes from; None when it came over a socket.

    Behind a proxy of ours it is the last address of X-Forwarded-For: the one that this proxy itself added.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
