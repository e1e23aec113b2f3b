"""Making a copy of the database: one moment of it, whole or not at all, with a manifest beside it."""

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from config.backup import manifest
from config.backup.programs import program, run, url


def backup(folder: Path) -> Path:
    """Copy the database into a new folder within ``folder`` and return it.

    The dump and the manifest show the same moment: both read one snapshot. The key ring is left out on purpose.
    Raises BackupRefused.
    """
    begun, made_at = time.monotonic(), datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{made_at:%Y%m%dT%H%M%SZ}.part"
    draft.mkdir(mode=0o700)
    try:
        with psycopg.connect(url()) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            said = _copy(connection, draft)
        manifest.write(draft, {"made_at": made_at.isoformat(), "seconds": round(time.monotonic() - begun, 1), **said})
        return draft.rename(folder / f"{made_at:%Y%m%dT%H%M%SZ}")
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy(connection: psycopg.Connection[tuple[object, ...]], draft: Path) -> dict[str, object]:
    server = connection.info.server_version
    snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
    target = draft / manifest.DUMP
    target.touch(mode=0o600)
    run(
        [program("pg_dump", server=server), "--dbname", url(), "--format", "custom", "--no-owner", "--no-comments"]
        + ["--snapshot", str(snapshot and snapshot[0]), "--schema", "public", "--file", str(target)],
        what="Copying the database",
    )
    applied = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return {
        "server": server,
        "size": target.stat().st_size,
        "sha256": manifest.digest(target),
        "keys": manifest.key_marks(),
        "migrations": [row[0] for row in applied],
        "last_seal": manifest.last_seal(connection),
        "tables": manifest.contents(connection),
    }
