"""Child processes that end with their parent, and that tell what went wrong in one line."""

import contextlib
import ctypes
import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
# A unix socket's path holds 107 bytes; the name of PostgreSQL's socket takes 20 of them.
_LONGEST_SOCKET_FOLDER = 80
SHORT = Path("/tmp")  # noqa: S108 the folders in it are made by mkdtemp


class ServerError(Exception):
    """A server cannot start. Its text is for the person at the keyboard: what, and the last lines of the log."""


class Child:
    """A process in a session of its own, so that Ctrl-C reaches only us and we decide in which order things stop."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path | None = None,
        speaks: bool = False,
        stop_with: signal.Signals = signal.SIGTERM,
        when_orphaned: signal.Signals | None = None,
        before: Callable[[], None] | None = None,
        **options: Any,
    ) -> None:
        """Start `command`; `log` None leaves its output on the terminal, `speaks` only what it prints itself.

        `when_orphaned` is what the kernel sends when we die (default: `stop_with`), `before` runs in the child
        before the command, `options` go to Popen.
        """
        self.name = name
        self.log = log
        self.stop_with = stop_with
        parent = os.getpid()
        orphaned = when_orphaned or stop_with

        def prepare() -> None:
            if before:
                before()
            # After `before`: a change of user or namespace makes the kernel forget this.
            end_with_parent(parent, orphaned)

        with contextlib.ExitStack() as stack:
            output = stack.enter_context(log.open("wb")) if log else None
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=None if speaks else output,
                stderr=output,
                start_new_session=True,
                preexec_fn=prepare,
                **options,
            )

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait until `ready()`; ServerError when the process ends first or the time is up."""
        until = time.monotonic() + seconds
        while not ready():
            if not self.runs:
                raise ServerError(f"{self.name} does not start.{last_lines(self.log)}")
            if time.monotonic() > until:
                raise ServerError(f"{self.name} is not ready after {seconds:.0f} seconds.{last_lines(self.log)}")
            time.sleep(0.02)

    def stop(self, *, seconds: float = 10) -> None:
        """Ask it to stop, and end it with all its own children when it does not within `seconds`."""
        if self.runs:
            self.process.send_signal(self.stop_with)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def end_with_parent(parent: int, with_signal: signal.Signals) -> None:
    """Runs in the child: have the kernel send the signal as soon as the parent is gone, however it went."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
    if os.getppid() != parent:  # gone before we asked
        os.kill(os.getpid(), signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of what our children leave behind, so that `bury` can wait for it."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury(*, seconds: float = 5) -> None:
    """Wait until nothing is left of our children and of theirs; to be called when all of them are told to end."""
    until = time.monotonic() + seconds
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.02)


def last_lines(log: Path | None, count: int = 8) -> str:
    """The end of a log, to stand under a message; empty when there is none."""
    if log is None or not log.exists():
        return ""
    lines = log.read_text(errors="replace").strip().splitlines()[-count:]
    return "".join(f"\n    {line}" for line in [f"Last lines of {log}:", *lines]) if lines else ""


def run(command: Sequence[str], *, what: str, **options: Any) -> None:
    """Run a command to its end; ServerError with its last lines when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **options)
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        if any(os.strerror(errno.ENOSPC) in line for line in lines):
            raise ServerError(f"{what}: there is no room left on the disk.")
        raise ServerError(f"{what} failed." + "".join(f"\n    {line}" for line in lines[-6:]))


def socket_folder() -> Path:
    """A new folder for sockets, for its owner only, with a path that is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="draad-"))
    if len(os.fsencode(folder)) > _LONGEST_SOCKET_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="draad-", dir=SHORT))
    return folder
