"""A PostgreSQL of your own: `manage.py prepare_database` makes the roles, or says what an administrator must do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded.postgres import Postgres
from config.environment import ROOT
from tests.config.conftest import Made


@pytest.fixture
def server(made: Made, tmp_path: Path) -> Iterator[Postgres]:
    """Somebody's own server with an empty database, and roles that Draad knows nothing of."""
    made(tmp_path / "data")
    postgres = Postgres(tmp_path / "data", log=tmp_path / "log", durable=False).start()
    with postgres.administrator() as connection:
        connection.execute("CREATE ROLE visitor LOGIN")
        connection.execute("CREATE DATABASE own")
    yield postgres
    postgres.stop()
    postgres.remove()


def manage(tmp_path: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    variables = {"DATABASE_URL": url, "DRAAD_HOME": str(tmp_path / "home"), "DRAAD_DEMO": "1"}
    variables |= {"DRAAD_OWNER_ROLE": "own_owner", "DRAAD_APP_ROLE": "own_app"}
    variables |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**kept, **variables})


def test_one_login_is_enough_when_it_may_make_roles(server: Postgres, tmp_path: Path) -> None:
    url = server.url("postgres", "own")
    for _turn in range(2):
        prepared = manage(tmp_path, url, "prepare_database")
        assert (prepared.returncode, prepared.stdout) == (0, "own: roles own_owner and own_app are ready.\n")
    migrated = manage(tmp_path, url, "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    with psycopg.connect(url) as connection:
        owners = connection.execute(
            "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        )
        assert owners.fetchall() == [("own_owner",)]
    ask = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT current_user'); print(k.fetchone())"
    asked = manage(tmp_path, url, "shell", "--no-imports", "--command", ask)
    assert asked.stdout == "('own_app',)\n", asked.stderr


def test_a_login_that_may_not_is_told_what_an_administrator_must_run(server: Postgres, tmp_path: Path) -> None:
    refused = manage(tmp_path, server.url("visitor", "own"), "prepare_database")
    assert refused.returncode == 1
    assert "CREATE ROLE own_owner LOGIN;" in refused.stderr
    assert "DATABASE_OWNER_URL" in refused.stderr
    with server.administrator("own") as connection:
        for line in refused.stderr.splitlines():
            if line.startswith("  "):
                connection.execute(line.encode())
    url = server.url("own_owner", "own")
    migrated = manage(tmp_path, url, "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    refused = manage(tmp_path, f"postgresql://x@/own?host={tmp_path}", "prepare_database")
    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: DATABASE_URL does not answer: ")
    assert "Traceback" not in refused.stderr
