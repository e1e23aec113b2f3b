"""What stands beside a copy: what is in it, table by table, so that a restore can be held against it."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from foundation.keys import KeyRingMissing, key_ring

DUMP, MANIFEST, FORM = "database.dump", "manifest.json", 1
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
# So that a row reads the same on every server.
_PLAIN = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex'; SET extra_float_digits = 1"


def contents(connection: psycopg.Connection[Any]) -> dict[str, list[Any]]:
    """Return of each table how many rows it has and a sum over their hashes, whatever their order."""
    connection.execute(_PLAIN)
    found = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        counted = connection.execute(
            sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {} t").format(
                sql.Identifier("public", table)
            )
        ).fetchone()
        found[table] = list(counted or ())
    return found


def last_seal(connection: psycopg.Connection[Any]) -> list[Any] | None:
    """Return the number and the hash of the newest seal of the read log."""
    row = connection.execute("SELECT number, hash FROM foundation_readseal ORDER BY number DESC LIMIT 1").fetchone()
    return list(row) if row else None


def key_marks() -> dict[str, str]:
    """Return what tells each key of the ring from another, and nothing about it; empty without a ring."""
    try:
        return key_ring().marks()
    except KeyRingMissing:
        return {}


def has_keys_of(said: Any) -> bool:
    """Whether the ring here holds every key that the ring of a copy held."""
    here = key_marks()
    if not isinstance(said, dict):  # a copy of before keys had marks of their own: the one of the first for lookups
        return not said or (bool(here) and key_ring().lookup_hash("backup", "mark", number=1).hex() == said)
    return all(here.get(name) == mark for name, mark in said.items())


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def write(folder: Path, said: dict[str, Any]) -> None:
    """Write the manifest of a copy."""
    target = folder / MANIFEST
    target.touch(mode=0o600)
    target.write_text(json.dumps({"form": FORM, **said}, indent=1) + "\n")


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest of a copy. Raises ValueError in words when the copy is not whole."""
    try:
        said: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except OSError:
        raise ValueError(f"{folder} holds no {MANIFEST}: it is no backup, or it broke off.") from None
    if said.get("form") != FORM:
        raise ValueError(f"{folder} was made by another version of Draad.")
    if not hmac.compare_digest(digest(folder / DUMP), said["sha256"]):
        raise ValueError(f"{folder / DUMP} is not the file that was written: it is damaged or was changed.")
    return said


def differences(said: dict[str, list[Any]], found: dict[str, list[Any]]) -> list[str]:
    """Return in sentences which tables are not what the manifest says."""
    wrong = []
    for table in sorted({*said, *found}):
        was, now = said.get(table), found.get(table)
        if was is None or now is None:
            wrong.append(f"{table} is {'new' if was is None else 'gone'}.")
        elif was != now:
            rows = (
                "the same number of rows, other contents" if was[0] == now[0] else f"{now[0]} rows instead of {was[0]}"
            )
            wrong.append(f"{table} has {rows}.")
    return wrong
