"""Who may start the servers of a DRAAD_HOME, and who is using them: two file locks and a note."""

import contextlib
import fcntl
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from config.embedded.processes import SHORT, ServerError

_WAIT_SECONDS = 90


def running(home: Path) -> dict[str, str]:
    """The variables of the servers that run on this home now; empty when none does."""
    try:
        with (home / "servers.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        with contextlib.suppress(OSError, ValueError):
            return dict(json.loads((home / "servers.json").read_text()))
    except OSError:
        pass
    return {}


class Seat:
    """Who may start the servers (an exclusive lock), and who uses them (a shared one)."""

    def __init__(self, home: Path) -> None:
        self.note = home / "servers.json"
        self.lock: IO[str] = (home / "servers.lock").open("a")
        self.guests: IO[str] = (home / "servers.guests").open("a")

    def __enter__(self) -> "Seat":
        return self

    def __exit__(self, *_: object) -> None:
        self.lock.close()
        self.guests.close()

    def take(self) -> bool:
        """True when the servers are ours to start; waits for an owner who is just starting or stopping."""
        until = time.monotonic() + _WAIT_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._sweep()
                return True
            if self.note.exists():
                return False
            time.sleep(0.1)
        raise ServerError(f"Another process holds {self.note.parent} and its servers do not come up.")

    @contextlib.contextmanager
    def guest(self) -> Iterator[dict[str, str]]:
        fcntl.flock(self.guests, fcntl.LOCK_SH)
        try:
            urls: dict[str, str] = json.loads(self.note.read_text())
        except (OSError, ValueError) as gone:
            raise ServerError("The servers were stopped at this very moment: try again.") from gone
        yield {name: url for name, url in urls.items() if name != "folders" and name not in os.environ}

    def announce(self, urls: dict[str, str]) -> None:
        draft = self.note.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(urls))
        draft.rename(self.note)

    def withdraw(self, *, wait_for_guests: bool) -> None:
        self.note.unlink(missing_ok=True)
        if not wait_for_guests:
            return
        try:
            fcntl.flock(self.guests, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("draad: another command still uses these servers; waiting for it", file=sys.stderr, flush=True)
            fcntl.flock(self.guests, fcntl.LOCK_EX)

    def _sweep(self) -> None:
        """Remove what an owner left that was killed: the note, and the folders of its sockets."""
        if not self.note.exists():
            return
        with contextlib.suppress(OSError, ValueError):
            for name in json.loads(self.note.read_text()).get("folders", "").split(os.pathsep):
                folder = Path(name)
                if folder.name.startswith("draad-") and folder.parent in {SHORT, Path(tempfile.gettempdir())}:
                    shutil.rmtree(folder, ignore_errors=True)
        self.note.unlink(missing_ok=True)
