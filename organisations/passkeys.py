"""Passkeys (WebAuthn): what a browser is asked, and whether its answer holds. Checking is fido2's work.

The question stands in the session until it is answered once. A passkey belongs to the host that it was made on.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from organisations import factors
from organisations.models import FactorKind, SecondFactor, StaffMember

_ASKED = "passkey"
FEATURES = ("publickey-credentials-create", "publickey-credentials-get")


class NotThis(Exception):
    """The browser's answer does not hold: another question, place, key or signature."""


def offers_passkeys(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let the browser use passkeys on the pages of this view; everywhere else it may not."""
    rest = [f"{feature}=()" for feature in settings.PERMISSIONS_OFF if feature not in FEATURES]
    policy = ", ".join([*rest, *(f"{feature}=(self)" for feature in FEATURES)])

    @wraps(view)
    def offering(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers["Permissions-Policy"] = policy
        return response

    return offering


def ask_to_make(request: HttpRequest, member: StaffMember) -> str:
    """Return, as JSON, what the browser is asked to make a passkey for ``member``."""
    options, asked = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=member.pk.bytes, name=member.email, display_name=member.name),
        credentials=_credentials(member),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[_ASKED] = asked
    return json.dumps(dict(options.public_key))


def made(request: HttpRequest, answer: str) -> dict[str, Any]:
    """Return what is kept of a passkey that was made. Raises NotThis when the answer does not hold."""
    given = _read(answer)
    try:
        data = _server(request).register_complete(_asked(request), given)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise NotThis from wrong
    if data.credential_data is None:
        raise NotThis
    kept = data.credential_data
    return {"credential_id": kept.credential_id, "credential": bytes(kept), "uses": data.counter}


def ask_to_use(request: HttpRequest, member: StaffMember | None) -> str:
    """Return, as JSON, what the browser is asked to use a passkey: one of ``member``, or whichever it has for us."""
    credentials = _credentials(member) if member else None
    options, asked = _server(request).authenticate_begin(credentials, UserVerificationRequirement.REQUIRED)
    request.session[_ASKED] = asked
    return json.dumps(dict(options.public_key))


def used(request: HttpRequest, answer: str, member: StaffMember | None) -> SecondFactor:
    """Return the passkey that was used: one of ``member``, or anybody's. Raises NotThis when the answer does not hold.

    A passkey asks for a finger or a PIN, so it is two steps at once.
    """
    given = _read(answer)
    try:
        read = AuthenticationResponse.from_dict(given)
        factor = _known(read.raw_id, member)
        credential = AttestedCredentialData(bytes(factor.credential or b""))
        _server(request).authenticate_complete(_asked(request), [credential], read)
    except (ValueError, TypeError, KeyError, AttributeError, SecondFactor.DoesNotExist) as wrong:
        raise NotThis from wrong
    if not factors.pass_with_passkey(factor=factor, uses=read.response.authenticator_data.counter):
        raise NotThis
    return factor


def _known(credential_id: bytes, member: StaffMember | None) -> SecondFactor:
    known = SecondFactor.objects.usable().filter(kind=FactorKind.PASSKEY, staff_member__is_active=True)
    if member:
        known = known.filter(staff_member=member)
    return known.select_related("staff_member").get(credential_id=credential_id)


def _credentials(member: StaffMember) -> list[AttestedCredentialData]:
    own = SecondFactor.objects.usable().filter(staff_member=member, kind=FactorKind.PASSKEY)
    return [AttestedCredentialData(bytes(factor.credential or b"")) for factor in own]


def _asked(request: HttpRequest) -> Any:
    """The question, which is answered once: whatever comes of it, the next answer needs a new one."""
    return request.session.pop(_ASKED, {})


def _read(answer: str) -> Mapping[str, Any]:
    try:
        read = json.loads(answer)
    except (ValueError, RecursionError) as wrong:
        raise NotThis from wrong
    if not isinstance(read, dict):
        raise NotThis
    return read


def _server(request: HttpRequest) -> Fido2Server:
    """Whoever asks is this host, and the answer comes from a page of it: no other origin, no other port."""
    host, origin = request.get_host(), f"{request.scheme}://{request.get_host()}"
    party = PublicKeyCredentialRpEntity(id=host.partition(":")[0], name="Draad")
    return Fido2Server(party, verify_origin=lambda said: said == origin)
