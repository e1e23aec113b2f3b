"""Whether an ID token is of this server, for us, for this sign-in, of now, and after a second step."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from foundation.clock import now
from organisations.models import IdentityProvider
from organisations.openid.speaking import NotBelieved

# Signed with the private half of a pair. What is signed with a shared secret, or not at all, is not looked at.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
KINDS = {"RSA", "EC", "OKP"}
# Two clocks may differ so much; and a token is of this sign-in, not of one before.
LEEWAY_SECONDS, OLDEST_SECONDS = 60, 600
LONGEST_SUBJECT = 255


@dataclass(frozen=True)
class Claims:
    """What we believe of an ID token."""

    subject: str
    email: str
    name: str
    groups: frozenset[str]


def believed(token: str, *, keys: Mapping[str, Any], provider: IdentityProvider, nonce: str) -> Claims:
    """Return what the token says. Raises NotBelieved, with a reason for the log, when anything does not hold."""
    said = _signed(token, keys)
    _require(said.get("iss") == provider.issuer, "it is of another issuer")
    _for_us(said, provider.client_id)
    _of_now(said)
    given = said.get("nonce")
    _require(isinstance(given, str) and hmac.compare_digest(given.encode(), nonce.encode()), "it is of another sign-in")
    _after_second_step(said, provider)
    subject = said.get("sub")
    _require(_is_text(subject) and 0 < len(str(subject)) <= LONGEST_SUBJECT, "it does not say who")
    address = said.get("email") or said.get("preferred_username") or ""
    return Claims(
        subject=str(subject),
        email=address.strip().lower() if isinstance(address, str) else "",
        name=_text(said.get("name")),
        groups=_groups(said.get(provider.groups_claim)),
    )


def _signed(token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    usable = [each for each in keys.get("keys", []) if _signs(each)]
    _require(token.count(".") == 2, "it is no signed token")
    _require(bool(usable), "the server publishes no key")
    try:
        read = jwt.decode(token, KeySet.import_key_set({"keys": usable}), algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise NotBelieved(f"the signature does not hold: {type(problem).__name__}") from problem
    _require(isinstance(read.claims, dict), "it holds no claims")
    return dict(read.claims)


def _signs(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in KINDS and key.get("use", "sig") == "sig"


def _for_us(said: Mapping[str, Any], client_id: str) -> None:
    audience = said.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    _require(isinstance(audiences, list) and client_id in audiences, "it is for another site")
    _require(said.get("azp", client_id) == client_id, "it was given to another site")
    _require(len(audiences or []) == 1 or "azp" in said, "it is for several sites and does not say whose it is")


def _of_now(said: Mapping[str, Any]) -> None:
    moment = now().timestamp()
    expires, issued, starts = (said.get(name) for name in ("exp", "iat", "nbf"))
    _require(_number(expires) and expires > moment - LEEWAY_SECONDS, "it has expired")  # type: ignore[operator]
    _require(_number(issued), "it does not say since when it is")
    age = moment - issued  # type: ignore[operator]
    _require(-LEEWAY_SECONDS <= age <= OLDEST_SECONDS, "it is of the future or of long ago")
    if starts is not None:
        _require(_number(starts) and starts <= moment + LEEWAY_SECONDS, "it does not hold yet")


def _after_second_step(said: Mapping[str, Any], provider: IdentityProvider) -> None:
    methods = said.get("amr")
    did = set(methods) if isinstance(methods, list) and all(isinstance(one, str) for one in methods) else set()
    by_method = bool(did & set(provider.amr_values))
    by_level = said.get("acr") in provider.acr_values
    _require(by_level or not provider.acr_values, "it does not say the level that we ask for")
    _require(by_method or not provider.amr_values, "it does not say a second step that we accept")


def _groups(said: object) -> frozenset[str]:
    listed = said if isinstance(said, list) else [said]
    return frozenset(each for each in listed if isinstance(each, str) and each and _is_text(each))


def _text(said: object) -> str:
    return " ".join(said.split())[:200] if isinstance(said, str) and _is_text(" ".join(said.split())) else ""


def _is_text(value: object) -> bool:
    """What the database can hold: no signs that nobody sees."""
    return isinstance(value, str) and value.isprintable()


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _require(holds: object, otherwise: str) -> None:
    if not holds:
        raise NotBelieved(otherwise)
