"""An OpenID Connect server of our own, on loopback: speaks HTTP, signs with its own keys, lies when told to."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "draad-test", "geheim van de toepassing"
Json = dict[str, Any]


class IdentityServer:
    """Keeps to the rules as it stands. A test changes ``claims``, ``header``, ``sign`` or what an address answers."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
        self.reset()

    def reset(self) -> None:
        """Be honest again."""
        self.claims: Json = {}
        self.without: set[str] = set()
        self.header: Json = {"alg": "ES256", "kid": "one"}
        self.sign: Callable[[Json, Json], str] = lambda header, claims: jwt.encode(header, claims, self.key)
        self.configuration: Json = {}
        self.token_answer: Json = {}
        self.raw: dict[str, tuple[int, str, bytes]] = {}
        self.keys: list[Json] = [self.key.as_dict(private=False)]
        self.codes: dict[str, Json] = {}
        self.refused: list[str] = []
        self.asked: list[str] = []

    def authorize(self, address: str) -> Json:
        """What a browser brings back from ``address``: somebody logged in there, with a second step."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: Json, authorization: str) -> tuple[int, str, bytes]:
        """Status, content type and body of one address."""
        self.asked.append(path)
        if path in self.raw:
            return self.raw[path]
        if path == "/.well-known/openid-configuration":
            return _json(self._configuration())
        if path == "/keys":
            return _json({"keys": self.keys})
        if path.startswith("/authorize?"):
            return self._sent_back(path)
        return self._token(form, authorization)

    def _configuration(self) -> Json:
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "code_challenge_methods_supported": ["S256"],
        }
        return said | self.configuration

    def _sent_back(self, path: str) -> tuple[int, str, bytes]:
        """To a real browser: whoever it is logged in here at once."""
        brought = self.authorize(path)
        to = self.codes[brought["code"]]["redirect_uri"]
        return 302, "text/plain", f"{to}?{urlencode(brought)}".encode()

    def _token(self, form: Json, authorization: str) -> tuple[int, str, bytes]:
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        known = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        if asked is None or authorization != f"Basic {known}" or form["redirect_uri"] != asked["redirect_uri"]:
            self.refused.append("code, client or place")
            return _json({"error": "invalid_grant"}, 400)
        if asked.get("code_challenge_method") != "S256" or challenge.rstrip(b"=").decode() != asked["code_challenge"]:
            self.refused.append("PKCE")
            return _json({"error": "invalid_grant"}, 400)
        token = self.sign(self.header, self._claims(asked))
        return _json({"token_type": "Bearer", "access_token": "x", "id_token": token} | self.token_answer)

    def _claims(self, asked: Json) -> Json:
        moment = int(time.time())
        said = {
            "iss": self.issuer, "aud": CLIENT, "sub": "7f3a", "nonce": asked.get("nonce"),
            "iat": moment, "exp": moment + 300, "acr": "hoog", "amr": ["pwd", "otp"],
            "email": "yasmina@amersfoort.test", "name": "Yasmina Aziz", "groups": ["draad-lezers", "fietsplan"],
        }  # fmt: skip
        return {name: value for name, value in (said | self.claims).items() if name not in self.without}


def _json(body: Json, status: int = 200) -> tuple[int, str, bytes]:
    return status, "application/json", json.dumps(body).encode()


@contextmanager
def running() -> Iterator[IdentityServer]:
    """A server on a free port of this machine, until the block ends."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    http.identity = IdentityServer(f"http://127.0.0.1:{http.server_port}")  # type: ignore[attr-defined]
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield http.identity  # type: ignore[attr-defined]
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._reply({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._reply({name: values[0] for name, values in parse_qs(body).items()})

    def _reply(self, form: Json) -> None:
        identity: IdentityServer = self.server.identity  # type: ignore[attr-defined]
        status, kind, body = identity.answer(self.path, form, self.headers.get("Authorization", ""))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status in {301, 302, 307}:
            self.send_header("Location", body.decode())
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass
