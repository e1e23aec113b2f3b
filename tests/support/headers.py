"""Judges one answer by the rules for what a browser must be told.

They are those of internet.nl for headers (CSP, HSTS, framing, sniffing, referrer) and of OWASP ASVS 5.0 V3 and V14.3
(cookies, isolation, caching), by the words of the answer alone.
"""

import re
from collections.abc import Iterator
from http.cookies import Morsel

from django.http import HttpResponseBase

YEAR = 31_536_000
REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
OFF = ("camera", "microphone", "geolocation", "usb", "payment", "display-capture", "clipboard-read")
NONE_OR_SELF = ({"'none'"}, {"'self'"})
NEVER_CSP = re.compile(r"'unsafe-(inline|eval|hashes)'|\bhttps?:(?=$|\s)|http://\S*|(^|\s)\S*\*\S*", re.IGNORECASE)
LOCAL_SOURCE = re.compile(r"'[\w-]+'|https://[\w.-]+|data:")
WITHOUT_OLD_DATA = {204, 304}


def faults(response: HttpResponseBase, *, https: bool = True) -> list[str]:
    """Return what is wrong with the headers of an answer, a few words each."""
    found = [*_policy(response), *_fixed(response), *_kept(response), *_kind(response)]
    for morsel in response.cookies.values():
        found += _cookie(morsel)
    return found + (list(_transport(response)) if https else [])


def directives(policy: str) -> dict[str, set[str]]:
    """The sources by directive; of a directive that is said twice the first holds, as in a browser."""
    read: dict[str, set[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        read.setdefault(name.lower(), set(sources))
    return read


def _policy(response: HttpResponseBase) -> Iterator[str]:
    text = response.headers.get("Content-Security-Policy", "")
    read = directives(text)
    for name in ("default-src", "base-uri", "object-src", "frame-ancestors"):
        if read.get(name) not in NONE_OR_SELF:
            yield f"CSP {name}: {read.get(name)}"
    if "form-action" not in read:
        yield "CSP form-action is missing"
    if wrong := NEVER_CSP.search(" ".join(source for sources in read.values() for source in sources)):
        yield f"CSP allows {wrong[0]!r}"
    for name, sources in read.items():
        yield from (f"CSP {name}: {source}" for source in sources if not LOCAL_SOURCE.fullmatch(source))
        if "data:" in sources and name in {"default-src", "script-src", "object-src", "base-uri"}:
            yield f"CSP {name} allows data:"


def _fixed(response: HttpResponseBase) -> Iterator[str]:
    said = response.headers
    if said.get("X-Frame-Options", "") not in {"DENY", "SAMEORIGIN"}:
        yield "X-Frame-Options"
    if said.get("X-Content-Type-Options", "") != "nosniff":
        yield "X-Content-Type-Options"
    if said.get("Referrer-Policy", "") not in REFERRERS:
        yield "Referrer-Policy"
    for name in ("Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"):
        if said.get(name, "") != "same-origin":
            yield name
    if "Access-Control-Allow-Origin" in said:
        yield "Access-Control-Allow-Origin: another site may read it"
    offered = {part.strip() for part in said.get("Permissions-Policy", "").split(",")}
    yield from (f"Permissions-Policy {feature}" for feature in OFF if f"{feature}=()" not in offered)
    yield from (f"{name} tells what runs here" for name in ("Server", "X-Powered-By") if name in said)


def _kept(response: HttpResponseBase) -> Iterator[str]:
    """No store keeps an answer, but files that are the same for everybody; the reader's colours only a browser."""
    said = {part.strip() for part in response.headers.get("Cache-Control", "").split(",")}
    same_for_all = "public" in said and not response.cookies
    colours = "private" in said and response.headers.get("Content-Type", "").startswith("text/css")
    if not ("no-store" in said or same_for_all or colours):
        yield f"Cache-Control: {', '.join(sorted(said))}"


def _kind(response: HttpResponseBase) -> Iterator[str]:
    kind = response.headers.get("Content-Type", "").replace('"', "").lower()
    if response.status_code in WITHOUT_OLD_DATA:
        return
    if not kind:
        yield "no Content-Type"
    elif kind.startswith("text/") and "charset=utf-8" not in kind:
        yield f"Content-Type without charset: {kind}"


def _cookie(morsel: Morsel[str]) -> Iterator[str]:
    is_taken_away = not morsel.value
    wrong = {
        "name": not morsel.key.startswith("__Host-"),
        "Secure": not morsel["secure"],
        "Path": morsel["path"] != "/",
        "Domain": bool(morsel["domain"]),
        "HttpOnly": not (morsel["httponly"] or is_taken_away),
        "SameSite": morsel["samesite"] not in {"Lax", "Strict"} and not is_taken_away,
    }
    yield from (f"cookie {morsel.key}: {what}" for what, is_wrong in wrong.items() if is_wrong)


def _transport(response: HttpResponseBase) -> Iterator[str]:
    said = response.headers.get("Strict-Transport-Security", "").lower().replace(" ", "").split(";")
    age = next((int(part[8:]) for part in said if re.fullmatch(r"max-age=\d+", part)), 0)
    if age < YEAR or "includesubdomains" not in said:
        yield f"Strict-Transport-Security: {';'.join(said)}"
