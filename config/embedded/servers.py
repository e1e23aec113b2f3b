"""The servers that belong to one DRAAD_HOME: started by who comes first, joined by who comes while they run."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from config.embedded.postgres import APPLICATION, OWNER, Postgres
from config.embedded.processes import ServerError
from config.embedded.seat import Seat
from config.embedded.valkey import Valkey


class AlreadyRunning(ServerError):
    """These servers are someone else's already, and we wanted them to ourselves."""


@contextlib.contextmanager
def serve(home: Path, *, join: bool, patient: bool) -> Iterator[dict[str, str]]:
    """Servers for as long as the block lasts, as variables for the environment.

    What DATABASE_URL or REDIS_URL names is used as it is. `join` uses the running servers of this home, if any;
    otherwise they are an error. `patient` waits at the end for those who joined us.
    """
    needed = {name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)}
    if not needed:
        yield {}
        return
    _make(home)
    with Seat(home) as seat:
        if not seat.take():
            if not join:
                raise AlreadyRunning(f"Draad is already running on {home}: stop it first, or set another DRAAD_HOME.")
            with seat.guest() as urls:
                yield urls
            return
        with _started(home, needed) as urls:
            seat.announce(urls)
            try:
                yield {name: url for name, url in urls.items() if name != "folders"}
            finally:
                seat.withdraw(wait_for_guests=patient)


@contextlib.contextmanager
def _started(home: Path, needed: set[str]) -> Iterator[dict[str, str]]:
    urls: dict[str, str] = {}
    folders: list[str] = []
    with contextlib.ExitStack() as stack:
        if "DATABASE_URL" in needed:
            postgres = Postgres(home / "postgres", log=home / "log" / "postgres.log")
            stack.callback(postgres.stop)
            postgres.start()
            folders.append(str(postgres.folder))
            urls["DATABASE_URL"] = postgres.url(APPLICATION)
            urls["DATABASE_OWNER_URL"] = postgres.url(OWNER)
        if "REDIS_URL" in needed:
            valkey = Valkey(log=home / "log" / "valkey.log")
            stack.callback(valkey.stop)
            valkey.start()
            folders.append(str(valkey.folder))
            urls["REDIS_URL"] = valkey.url()
        yield {**urls, "folders": os.pathsep.join(folders)}


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / "log").mkdir(exist_ok=True)
    except OSError as refused:
        raise ServerError(f"DRAAD_HOME cannot be {home}: {refused.strerror}.") from refused
