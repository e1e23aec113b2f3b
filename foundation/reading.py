"""The read log: who looked at whose file, written in the transaction of the reading itself."""

import ipaddress
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from foundation.models import ReadEvent

LONGEST_ROLE, LONGEST_WHAT = 30, 80


class File(Protocol):
    """Somebody's file, as far as the log knows it."""

    pk: UUID
    provider_id: UUID


class Reader(Protocol):
    """Who reads: a member of staff with today's roles."""

    class _Standing(Protocol):
        @property
        def roles(self) -> list[str]: ...

    pk: UUID

    @property
    def standing(self) -> _Standing: ...


def record_read(request: HttpRequest, what: str, files: Iterable[File]) -> None:
    """Note that the reader of this request sees something of these files: one row for each provider.

    Args:
        request: of somebody who is signed in; its address goes into the log.
        what: the name of the page, such as ``guidance:person``.
        files: the participants on the page. None of them: nothing is written.
    """
    seen: dict[UUID, list[UUID]] = {}
    for file in files:
        seen.setdefault(file.provider_id, []).append(file.pk)
    ReadEvent.objects.bulk_create(
        _event(request, what, provider_id, participant_ids) for provider_id, participant_ids in seen.items()
    )


def record_taken(request: HttpRequest, what: str, provider_id: UUID) -> None:
    """Note that the reader of this request takes rows about single people who are not told apart: they have no ids.

    Args:
        request: of somebody who is signed in; its address goes into the log.
        what: the name of the page, and what was taken there.
        provider_id: whose rows they are.
    """
    _event(request, what, provider_id, []).save(force_insert=True)


def _event(request: HttpRequest, what: str, provider_id: UUID, participant_ids: list[UUID]) -> ReadEvent:
    reader: Reader = request.user  # type: ignore[assignment]
    return ReadEvent(
        provider_id=provider_id,
        staff_member_id=reader.pk,
        role="+".join(reader.standing.roles)[:LONGEST_ROLE],
        what=what[:LONGEST_WHAT],
        participant_ids=participant_ids,
        address=client_address(request),
    )


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
