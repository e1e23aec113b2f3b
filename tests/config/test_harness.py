"""The ground under the other tests holds."""

import socket
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import ProgrammingError, connection, transaction
from django.template import Context, Template, engines
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from config.environment import ROOT
from foundation import clock
from tests.support.network import OutsideWorld
from tests.support.templates import UndefinedVariable


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["CREATE TABLE mine (id int)", "TRUNCATE auth_group", "DROP TABLE auth_group"])
def test_the_tests_have_the_rights_of_the_application(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == ("draad_app", "draad_app")
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_committed_rows_do_not_reach_the_next_test(turn: int) -> None:
    from django.contrib.auth.models import Permission

    assert not Group.objects.exists()
    assert Permission.objects.exists(), "what the migrations wrote is there again"
    Group.objects.create(name="left behind")


def test_it_is_a_tuesday_in_march() -> None:
    assert clock.today() == date(2026, 3, 17)


def test_the_outside_world_is_out_of_reach() -> None:
    with socket.socket() as outside, pytest.raises(OutsideWorld):
        outside.connect(("192.0.2.1", 80))


def test_an_undefined_variable_in_a_template_of_ours_fails() -> None:
    template = engines["django"].engine.from_string("{{ nobody }}")  # type: ignore[attr-defined]
    for node in template.nodelist:
        node.origin.name = str(ROOT / "templates" / "made_up.html")
    with pytest.raises(UndefinedVariable, match="nobody"):
        template.render(Context())


def test_an_undefined_variable_elsewhere_shows_nothing() -> None:
    assert Template("[{{ nobody }}]").render(Context()) == "[]"


@pytest.mark.browser
def test_chromium_opens_the_login_page(page: Page, live_server: LiveServer) -> None:
    answer = page.goto("/inloggen/")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("input[name=password]").count() == 1
