"""What a watchman asks, in good days and when something is gone; and whom to tell about a hole."""

import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as used
from django.db import connection, connections
from django.test import Client

from config import health
from config.celery import app
from config.embedded.postgres import OWNER
from foundation.clock import now
from tests.cast import make_cast

ALL_WELL = dict.fromkeys(("database", "role", "migrations", "keys"), "ok")
Asked = Callable[..., tuple[int, dict[str, Any]]]


def ask(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.status_code, answer.json()


@pytest.fixture
def ask_as(monkeypatch: pytest.MonkeyPatch, db: None) -> Asked:
    """Ask over a new connection that differs in some settings from ours."""

    def asked(**differs: str) -> tuple[int, dict[str, Any]]:
        answers: list[tuple[int, dict[str, Any]]] = []

        def visit() -> None:
            answers.append(ask(Client()))
            connections.close_all()

        with monkeypatch.context() as patch:
            for name, value in differs.items():
                patch.setitem(connection.settings_dict, name, value)
            thread = threading.Thread(target=visit)
            thread.start()
            thread.join()
        return answers[0]

    return asked


def test_it_lives_without_a_database_and_a_session(client: Client) -> None:
    """Not marked for the database: a question to it would fail."""
    answer = client.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert not answer.cookies


def test_it_is_ready_with_everything_up(db: None, client: Client, valkey: str) -> None:
    assert ask(client) == (200, {"status": "ready", "checks": {**ALL_WELL, "broker": "ok"}})


def test_without_a_broker_it_serves_people_all_the_same(db: None, client: Client) -> None:
    assert ask(client) == (200, {"status": "degraded", "checks": {**ALL_WELL, "broker": "degraded"}})


def test_a_broker_that_hangs_does_not_hold_it_up(
    db: None, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as frozen:
        frozen.bind(str(tmp_path / "redis"))
        frozen.listen()
        monkeypatch.setattr(app.conf, "broker_url", f"redis+socket://{tmp_path}/redis")
        monkeypatch.setattr(health, "BROKER_SECONDS", 0.1)
        before = time.perf_counter()
        assert ask(client)[1]["checks"]["broker"] == "degraded"
        assert time.perf_counter() - before < 5


def test_without_the_database_it_is_not_ready(ask_as: Asked, tmp_path: Path) -> None:
    status, said = ask_as(HOST=str(tmp_path))
    assert (status, said["status"]) == (503, "not ready")
    assert said["checks"] == dict.fromkeys(("database", "role", "migrations"), "failed") | {
        "keys": "ok",
        "broker": "degraded",
    }


@pytest.mark.parametrize("user", [OWNER, "postgres"])
def test_a_role_that_may_too_much_is_not_ready(ask_as: Asked, user: str) -> None:
    status, said = ask_as(USER=user)
    assert (status, said["checks"]["role"], said["checks"]["database"]) == (503, "failed", "ok")


def test_a_database_that_is_behind_is_not_ready(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = health._of_this_code() | {("foundation", "9999_later")}
    monkeypatch.setattr(health, "_of_this_code", lambda: ahead)
    status, said = ask(client)
    assert (status, said["checks"]["migrations"]) == (503, "failed")
    assert "9999" not in str(said)


def test_without_the_key_ring_it_is_not_ready(db: None, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DRAAD_KEYS = str(tmp_path / "keys.json")
    status, said = ask(client)
    assert (status, said["checks"]["keys"]) == (503, "failed")
    assert str(tmp_path) not in str(said)


def test_who_is_signed_in_gets_the_same_answer(db: None, client: Client) -> None:
    client.force_login(make_cast().noor)
    assert ask(client)[1] == ask(Client())[1]


def test_a_watchman_needs_no_https(settings: Any, client: Client) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/livez").status_code == 200
    assert client.get("/inloggen/").status_code == 301


def test_who_found_a_hole_knows_whom_to_tell(client: Client, settings: Any) -> None:
    settings.DRAAD_URL = "https://draad.voorbeeld.test"
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@draad.voorbeeld.test"
    assert fields["Canonical"] == "https://draad.voorbeeld.test/.well-known/security.txt"
    assert 30 < (datetime.fromisoformat(fields["Expires"]) - now()).days < 365


def test_the_contact_is_a_setting(client: Client, settings: Any) -> None:
    assert used.SECURITY_CONTACTS == []
    settings.SECURITY_CONTACTS = ["lek@voorbeeld.test", "https://voorbeeld.test/lek"]
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert lines[:2] == ["Contact: mailto:lek@voorbeeld.test", "Contact: https://voorbeeld.test/lek"]
