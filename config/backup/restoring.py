"""Reading a copy back, into a database of its own, and what must hold after any restore before people come back."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection as django_connection
from psycopg import sql

from config import health, roles
from config.backup import manifest
from config.backup.programs import BackupRefused, program, run, url
from foundation import rotating
from foundation.keys import KeyRingMissing

Say = Callable[[str], None]


def restore(folder: Path, *, into: str) -> dict[str, Any]:
    """Read a copy into a new database of that name on the same server, and hold it against its manifest.

    Returns the manifest. Raises BackupRefused; what was read in so far is then thrown away.
    """
    try:
        said = manifest.read(folder)
    except ValueError as problem:
        raise BackupRefused(str(problem)) from None
    if not manifest.has_keys_of(said["keys"]):
        raise BackupRefused("The key ring here is not the one of this backup. Put that ring back first (DRAAD_KEYS).")
    with psycopg.connect(url("postgres"), autocommit=True) as administrator:
        if administrator.execute("SELECT FROM pg_database WHERE datname = %s", [into]).fetchone() is not None:
            raise BackupRefused(f"There is a database {into} already: choose another name.")
        server = administrator.info.server_version
        for role in (settings.DRAAD_OWNER_ROLE, settings.DRAAD_APP_ROLE):
            roles.create_role(administrator, role)
        roles.create_database(administrator, into, owner=settings.DRAAD_OWNER_ROLE)
        try:
            _read_in(folder / manifest.DUMP, into, server)
            _compare(said, into)
        except BaseException:
            administrator.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(into)))
            raise
    return said


def _read_in(dump: Path, into: str, server: int) -> None:
    with psycopg.connect(url(into), autocommit=True) as connection:
        roles.prepare(connection, owner=settings.DRAAD_OWNER_ROLE, application=settings.DRAAD_APP_ROLE)
    run(
        [program("pg_restore", server=server), "--dbname", url(into), "--no-owner", "--no-comments", "--exit-on-error"]
        + ["--role", settings.DRAAD_OWNER_ROLE, "--single-transaction", "--schema", "public", str(dump)],
        what="Reading the copy back",
    )


def _compare(said: dict[str, Any], into: str) -> None:
    with psycopg.connect(url(into)) as connection:
        if wrong := manifest.differences(said["tables"], manifest.contents(connection)):
            raise BackupRefused("What was read back is not what was copied: " + " ".join(wrong[:5]))


def point_django_at(database: str) -> None:
    """Let this process work on another database of the same server, as the application."""
    django_connection.close()
    django_connection.settings_dict["NAME"] = database


def check(say: Say, *, seal: list[Any] | None = None) -> list[str]:
    """Look at a restored database before people come back. Returns what is wrong, a sentence each.

    The read log is what was sealed, those who were erased since are erased again, the application's role owns nothing,
    the migrations are those of this code, and the key ring opens what is sealed.
    """
    begun = time.monotonic()
    wrong = [
        f"{part.__name__}: {fault}"
        for part in (health.role, health.migrations, health.keys, every_key)
        for fault in _of(part)
    ]
    newest = ["--from", str(seal[0]), seal[1]] if seal else []
    wrong += _ran(say, "verify_log", *newest)
    if Path(settings.DRAAD_ERASURES).exists():
        wrong += _ran(say, "replay_erasures")
    else:
        say(f"There is no ledger of erasures at {settings.DRAAD_ERASURES}: put it back, or nobody was ever erased.")
    say(f"Looked at in {time.monotonic() - begun:.1f} s.")
    return wrong


def every_key() -> None:
    """Every key that closes a file is in the ring: the ring may be of after keys were rotated, the copy of before."""
    if missing := rotating.keys_missing():
        raise KeyRingMissing(f"files are closed with {', '.join(missing)}: put the ring of then back (DRAAD_KEYS)")


def _of(part: Callable[[], None]) -> Iterator[str]:
    try:
        part()
    except Exception as fault:  # whatever it is, it is told
        yield str(fault)


def _ran(say: Say, command: str, *arguments: str) -> list[str]:
    try:
        call_command(command, *arguments, stdout=_Lines(say))
    except CommandError as fault:
        return [f"{command}: {fault}"]
    return []


class _Lines:
    """Somewhere to write to that says each line."""

    def __init__(self, say: Say) -> None:
        self.say = say

    def write(self, text: str) -> None:
        if text.strip():
            self.say(text.rstrip())

    def flush(self) -> None:
        """Nothing is held back."""
