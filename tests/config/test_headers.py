"""Every address answers with what a browser must be told (T21), over HTTPS as in production."""

import runpy
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as used
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from config.environment import ROOT
from config.urls import urlpatterns as product_urls
from tests.cast import Cast, make_cast
from tests.support.headers import faults
from tests.test_permissions import NAMED, Address, may, visit
from tests.visits import Objects, make_objects

pytestmark = pytest.mark.django_db

OVER_HTTPS = ("SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE", "SECURE_")
STATIC = ("/static/css/draad.css", "/static/js/draad.js", "/static/fonts/AtkinsonHyperlegible-Regular.woff2")
Answers = dict[str, Any]


class Browser(Client):
    """Somebody's browser, over HTTPS; all of them share one way through the middleware, which takes long to make."""

    def __init__(self, shared: Client | None = None) -> None:
        super().__init__(raise_request_exception=False)
        self.handler = shared.handler if shared else self.handler

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        return super().generic(*args, **{**kwargs, "secure": True})


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


broken.login_required = False  # type: ignore[attr-defined]
urlpatterns = [*product_urls, path("kapot/", broken)]


@pytest.fixture
def production(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The settings of production, as far as they are about HTTPS."""
    monkeypatch.setenv("DRAAD_HTTPS", "1")
    for name, value in runpy.run_path(str(ROOT / "config" / "settings.py")).items():
        if name.startswith(OVER_HTTPS):
            setattr(settings, name, value)
    settings.ROOT_URLCONF = __name__
    return settings


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def browsers(production: Any, cast: Cast) -> dict[str, Browser]:
    """A signed-in browser for each of the cast, and one of nobody."""
    made = {"nobody": Browser()}
    for role, member in cast.staff.items():
        made[role] = Browser(made["nobody"])
        made[role].force_login(member)
    return made


def test_every_address_answers_to_somebody_who_may_with_every_header(cast: Cast, browsers: dict[str, Browser]) -> None:
    """A page answers 200 to at least one role; an address for posting only sends on. Each is judged."""
    objects = make_objects(cast)
    answers = {address.name: _first_good(address, cast, objects, browsers) for address in NAMED}
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code not in {200, 302}} == {}
    answers |= {f"admin {url}": browsers["functional_manager"].get(url) for url in _of_the_admin()}
    answers |= dict(_others(browsers))
    assert {name: wrong for name, answer in answers.items() if (wrong := faults(answer))} == {}
    assert len(answers) >= 140
    assert {answer.status_code for answer in answers.values()} >= {200, 302, 400, 403, 404, 405, 500}


def _first_good(address: Address, cast: Cast, objects: Objects, browsers: dict[str, Browser]) -> Any:
    """What the first role gets that is answered well; nothing that it writes stays."""
    for role in (role for role in cast.staff if may(cast, role, address)):
        with transaction.atomic():
            response = visit(browsers[role], address, objects.of(address, "own"), "get")
            if response.status_code == 405:
                response = visit(browsers[role], address, objects.of(address, "own"), "post")
            transaction.set_rollback(True)
        if response.status_code in {200, 302}:
            break
    return response


def _of_the_admin() -> Iterator[str]:
    yield from (reverse(f"admin:{name}") for name in ("index", "login", "password_change", "jsi18n"))
    for model in admin.site._registry:
        yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def _others(browsers: dict[str, Browser]) -> Iterator[tuple[str, Any]]:
    """Answers that no view of ours gives, and those that set a cookie or take one away."""
    nobody, noor = browsers["nobody"], browsers["coach"]
    yield "sign in", nobody.get(reverse("login"))
    yield "sign in wrongly", nobody.post(reverse("login"), {"username": "x", "password": "y"})
    yield "language", nobody.post(reverse("set_language"), {"language": "en", "next": "/"})
    yield "to the sign-in page", nobody.get(reverse("guidance:people"))
    yield "no such address", nobody.get("/bestaat-niet/")
    yield "no such address, signed in", noor.get("/bestaat-niet/")
    yield "not allowed", browsers["officer"].get(reverse("guidance:people"))
    yield "no slash", noor.get(reverse("guidance:people").rstrip("/"))
    yield "broken", noor.get("/kapot/")
    yield "another host", nobody.get("/inloggen/", headers={"host": "elders.example"})
    yield "TRACE", noor.trace("/inloggen/")
    yield "PUT", noor.put("/inloggen/")
    yield "HEAD", noor.head(reverse("guidance:people"))
    yield "OPTIONS", noor.options(reverse("guidance:people"))
    for url in STATIC:
        answer = nobody.get(url)
        assert b"".join(answer)  # read to its end, the file is closed
        yield url, answer
    yield "no such file", nobody.get("/static/bestaat-niet.css")
    yield "sign out", noor.post(reverse("logout"))


def test_a_lost_header_is_seen(browsers: dict[str, Browser]) -> None:
    """The judge is awake: each header taken away or weakened is a fault, and so is each weak cookie."""
    wanted = (
        "Content-Security-Policy X-Frame-Options X-Content-Type-Options Referrer-Policy Cross-Origin-Opener-Policy"
        " Cross-Origin-Resource-Policy Permissions-Policy Cache-Control Content-Type Strict-Transport-Security"
    ).split()
    for name in wanted:
        answer = browsers["coach"].get(reverse("guidance:people"))
        assert faults(answer) == []
        del answer.headers[name]
        assert faults(answer), name
    for policy in ("default-src 'self' 'unsafe-inline'", "default-src https:", "default-src *", "script-src data:"):
        answer.headers["Content-Security-Policy"] = f"{policy}; {answer.headers.get('Content-Security-Policy', '')}"
        assert any(wrong.startswith("CSP") for wrong in faults(answer)), policy
    answer = browsers["nobody"].get(reverse("login"))
    for morsel in answer.cookies.values():
        for flag in ("secure", "httponly", "samesite", "path"):
            before, morsel[flag] = morsel[flag], ""
            assert faults(answer), flag
            morsel[flag] = before
    assert answer.cookies
    assert faults(answer) == []


def test_a_page_without_its_rules_is_caught(settings: Any, production: Any) -> None:
    settings.MIDDLEWARE = [name for name in used.MIDDLEWARE if not name.endswith("browser_rules")]
    assert faults(Browser().get("/inloggen/"))


def test_over_plain_http_one_is_sent_to_https(production: Any) -> None:
    answer = Client().get("/inloggen/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/inloggen/")
    assert faults(answer, https=False) == []


def test_the_demo_sets_its_cookies_over_plain_http(client: Client) -> None:
    cookies = client.get("/inloggen/").cookies
    assert [(name, cookies[name]["secure"], cookies[name]["httponly"]) for name in cookies] == [("csrftoken", "", True)]


def test_signing_out_lets_the_browser_forget(client: Client) -> None:
    client.force_login(make_cast().noor)
    answer = client.post(reverse("logout"))
    assert answer.status_code == 302
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get(reverse("logout")).headers


def test_what_is_downloaded_may_do_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.ineke)
    answer = client.get(reverse("reporting:export_units", args=["csv"]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["Cache-Control"] == "private, no-store"
