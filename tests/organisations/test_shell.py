"""What stands around every screen: the menu of a role, the language, the colours, and pages for what goes wrong."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from foundation.colours import WOAD
from organisations.models import StaffMember
from organisations.navigation import navigation, places_of
from tests.cast import Cast, make_cast
from tests.factories import StaffMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("coach", ["guidance:today", "guidance:people", "guidance:groups", "reporting:signals"]),
        (
            "manager",
            ["reporting:dashboard", "guidance:people", "reporting:signals", "reporting:reports", "reporting:statistic"],
        ),
        ("officer", ["reporting:reports", "reporting:definitions"]),
        (
            "privacy_officer",
            [
                "participants:requests",
                "participants:log_review",
                "trajectories:retention",
                "participants:register",
                "reporting:definitions",
            ],
        ),
    ],
)
def test_each_role_has_its_own_menu(cast: Cast, role: str, names: list[str]) -> None:
    assert [place.url_name for place in places_of(cast.staff[role].standing)] == names


def test_the_functional_manager_goes_to_the_administration(cast: Cast) -> None:
    assert "admin:index" in [place.url_name for place in places_of(cast.fenna.standing)]


def test_the_menu_marks_the_page_you_are_on(cast: Cast) -> None:
    request = RequestFactory().get(reverse("admin:index") + "organisations/")
    request.user = cast.fenna
    items = navigation(request)["nav"]
    assert [item["name"] for item in items if item["current"]] == ["admin:index"]


def test_the_first_page_is_where_your_work_starts(client: Client, cast: Cast) -> None:
    client.force_login(cast.fenna)
    assert client.get(reverse("organisations:home")).headers["Location"] == reverse("reporting:tranches")


def test_who_has_no_role_hears_whom_to_ask(client: Client) -> None:
    client.force_login(StaffMemberFactory())
    page = client.get(reverse("organisations:home"))
    assert page.status_code == 200
    assert "functional manager" in page.content.decode() or "functioneel beheerder" in page.content.decode()


def test_nobody_has_no_menu() -> None:
    assert navigation(RequestFactory().get("/"))["nav"] == []


def test_the_colours_are_those_of_your_organisation(client: Client, cast: Cast) -> None:
    cast.provider.colour, cast.provider.colour_deep, cast.provider.colour_bright = "#6b2d5c", "#4f1f44", "#dcaacd"
    cast.provider.save()
    assert b"#6b2d5c" in sheet(client, cast.noor)
    assert WOAD.org.encode() in sheet(client, cast.dina)


def test_colours_that_cannot_be_read_are_not_served(client: Client, cast: Cast) -> None:
    cast.provider.colour, cast.provider.colour_deep, cast.provider.colour_bright = "#ffff00", "#4f1f44", "#dcaacd"
    cast.provider.save()
    assert WOAD.org.encode() in sheet(client, cast.noor)


def sheet(client: Client, member: StaffMember) -> bytes:
    client.force_login(member)
    answer = client.get(reverse("organisations:colours"))
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "private" in answer.headers["Cache-Control"]
    return answer.content


def test_without_signing_in_there_are_colours_too(client: Client) -> None:
    assert WOAD.org.encode() in client.get(reverse("organisations:colours")).content


def test_the_login_page_names_what_is_wrong_and_keeps_the_address(client: Client) -> None:
    answer = client.post(reverse("login"), {"username": "noor@voorbeeld.test", "password": "fout"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "note-error" in page
    assert 'value="noor@voorbeeld.test"' in page
    assert "style=" not in page


def test_the_switch_changes_the_language(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": reverse("login")})
    assert b'<html lang="en">' in client.get(reverse("login")).content
    client.post(reverse("set_language"), {"language": "nl", "next": reverse("login")})
    assert b'<html lang="nl">' in client.get(reverse("login")).content


def test_an_unknown_address_offers_a_way_out(client: Client, cast: Cast) -> None:
    client.force_login(cast.noor)
    answer = client.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "404" in answer.content.decode()
    assert cast.noor.initials in answer.content.decode()


@pytest.mark.parametrize("name", ["400", "403_csrf", "500"])
def test_what_goes_wrong_deep_inside_needs_no_request(name: str) -> None:
    with translation.override("nl"):
        page = render_to_string(f"{name}.html")
    assert '<html lang="nl">' in page
    assert page.count("<h1") == 1
