"""A process whose database role could pass by the fences around rows does not begin."""

import sys

import pytest
from django.db import connection

import manage
from config.celery import begin
from config.embedded.postgres import OWNER
from config.roles import refuse_too_mighty as refuse

pytestmark = pytest.mark.django_db


def test_the_applications_role_begins() -> None:
    refuse()


@pytest.mark.parametrize("login", ["postgres", OWNER])
def test_a_superuser_and_the_owner_do_not(login: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "USER", login)
    with pytest.raises(SystemExit, match="DATABASE_URL"):
        refuse()


def test_nor_does_a_worker_or_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "USER", "postgres")
    with pytest.raises(SystemExit, match="superuser"):
        begin()
    monkeypatch.setattr(sys, "argv", ["manage.py", "figures"])
    with pytest.raises(SystemExit, match="superuser"):
        manage.main()


def test_a_database_that_does_not_answer_keeps_nobody_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    refuse()
