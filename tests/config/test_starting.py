"""A process that finds the database behind does not begin; one that finds none waits for it."""

from pathlib import Path

import pytest
from django.db import connection

from config import health
from config.celery import begin
from config.starting import refuse_when_behind


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = health._of_this_code() | {("foundation", "9999_later")}
    monkeypatch.setattr(health, "_of_this_code", lambda: ahead)


@pytest.mark.django_db(transaction=True)
def test_with_all_migrations_it_begins() -> None:
    begin()
    assert connection.connection is None, "who is forked from here must not speak on our connection"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_behind_is_told_in_a_sentence(behind: None) -> None:
    with pytest.raises(SystemExit, match=r"behind this code .*9999_later.* Run manage.py migrate first"):
        begin()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_may_come(
    behind: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
    refuse_when_behind()
    assert "could not be looked at" in caplog.text
    connection.close()
