"""While the database is away: a clear page, not a stack, and nothing that asks it anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from tests.cast import make_cast
from tests.support.headers import faults


def gone(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("the connection is closed") if "closed" in request.GET else OperationalError("gone: Jansen")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


for view in (gone, broken):
    view.login_required = False  # type: ignore[attr-defined]
handler500 = "config.outage.server_error"
urlpatterns = [path("weg/", gone), path("kapot/", broken), path("", include("config.urls"))]


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def without_database(visitor: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Somebody who is signed in, when the server cannot be reached any more."""
    visitor.force_login(make_cast().noor)
    connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", str(tmp_path))
        yield visitor
    connection.close()


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("address", ["/weg/", "/weg/?closed"])
def test_a_database_that_goes_is_a_clear_page(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "Jansen" not in text
    assert "Traceback" not in text
    assert '<html lang="nl"' in text
    assert faults(answer, https=False) == []


@override_settings(ROOT_URLCONF=__name__)
def test_who_sent_something_reads_that_it_may_be_saved(visitor: Client) -> None:
    assert visitor.get("/weg/").content != visitor.post("/weg/").content


@override_settings(ROOT_URLCONF=__name__)
def test_another_fault_is_ours(visitor: Client) -> None:
    answer = visitor.get("/kapot/")
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers


@pytest.mark.django_db(transaction=True)
def test_each_page_says_so_when_the_server_cannot_be_reached(without_database: Client) -> None:
    addresses = ("/", "/deelnemers/", "/inloggen/", "/bestaat-niet/")
    assert [without_database.get(address).status_code for address in addresses] == [503] * 4
    assert Client().get("/livez").status_code == 200
