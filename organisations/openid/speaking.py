"""What we ask an identity provider and what it answers: over TLS, from one place, briefly, without detours."""

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from organisations.models import IdentityProvider

SECONDS, MOST_BYTES = 5, 256 * 1024
CONFIGURATION = "/.well-known/openid-configuration"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class NotBelieved(Exception):
    """What came from, or through, an identity provider does not hold. Nobody comes in."""


@dataclass(frozen=True)
class Server:
    """Where the parts of an identity provider are, as it says itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    names_itself: bool


@dataclass(frozen=True)
class Question:
    """What we made up for one sign-in: only who has this session can bring the answer."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def new_question() -> Question:
    """Return three secrets of 256 random bits."""
    return Question(*[secrets.token_urlsafe(32) for _ in range(3)])


def discover(provider: IdentityProvider) -> Server:
    """Read where the parts of the server are. It must call itself what we know it by, and be able to do PKCE."""
    said = _fetch(urllib.request.Request(provider.issuer.rstrip("/") + CONFIGURATION))
    if said.get("issuer") != provider.issuer:
        raise NotBelieved("the configuration is of another issuer")
    if "S256" not in said.get("code_challenge_methods_supported", ["S256"]):
        raise NotBelieved("the server does no PKCE with S256")
    places = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(place, str) and _may_be_asked(place) for place in places):
        raise NotBelieved("the configuration names a place without TLS")
    names_itself = said.get("authorization_response_iss_parameter_supported") is True
    return Server(str(places[0]), str(places[1]), str(places[2]), names_itself)


def address_to_ask(provider: IdentityProvider, server: Server, question: Question, return_to: str) -> str:
    """Return where somebody's browser goes to say who they are."""
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": return_to,
        "scope": provider.scope,
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": question.challenge,
        "code_challenge_method": "S256",
    }
    if provider.acr_values:
        asked["acr_values"] = " ".join(provider.acr_values)
    separator = "&" if urlsplit(server.authorization_endpoint).query else "?"
    return f"{server.authorization_endpoint}{separator}{urlencode(asked)}"


def exchange(provider: IdentityProvider, server: Server, question: Question, code: str, return_to: str) -> str:
    """Give the code back for the ID token, with the half of the PKCE secret that nobody has seen yet."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": return_to,
        "code_verifier": question.verifier,
        "client_id": provider.client_id,
    }
    secret = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
    headers = {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    said = _fetch(urllib.request.Request(server.token_endpoint, urlencode(form).encode(), headers))
    token = said.get("id_token")
    if not isinstance(token, str) or str(said.get("token_type", "")).lower() != "bearer":
        raise NotBelieved("the answer holds no ID token")
    return token


def keys_of(server: Server) -> dict[str, Any]:
    """Return the public keys that the server signs with now, as it publishes them."""
    return _fetch(urllib.request.Request(server.jwks_uri))


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """Another place than we asked answers for itself, not for this server."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def _fetch(request: urllib.request.Request) -> dict[str, Any]:
    request.add_header("Accept", "application/json")
    if not _may_be_asked(request.full_url):
        raise NotBelieved("asked without TLS")
    handlers: list[urllib.request.BaseHandler] = [_NoDetours()]
    if request.host.partition(":")[0] in _LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=SECONDS) as answer:
            body = answer.read(MOST_BYTES + 1)
            kind = answer.headers.get_content_type()
    except (OSError, ValueError) as problem:
        raise NotBelieved(f"no answer: {type(problem).__name__}") from problem
    if kind != "application/json" or len(body) > MOST_BYTES:
        raise NotBelieved("the answer is no JSON, or too long")
    return _object(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise NotBelieved("the answer is no JSON") from problem
    if not isinstance(read, dict):
        raise NotBelieved("the answer is no object")
    return read


def _may_be_asked(place: str) -> bool:
    """Over TLS; plain on this machine itself in the demo and the tests."""
    parts = urlsplit(place)
    return parts.scheme == "https" or (settings.DRAAD_DEMO and parts.scheme == "http" and parts.hostname in _LOOPBACK)
