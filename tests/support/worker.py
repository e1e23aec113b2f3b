"""A real Celery worker (or scheduler) for the tests that need one, on the test's own database and broker."""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config.embedded.processes import Child, last_lines
from config.environment import ROOT

# celery, not in a pool: the task runs in a child of the worker, so a test can also kill only the child.
_COMMAND = [sys.executable, "-m", "celery", "--quiet", "--app", "config"]


class Worker:
    """`celery worker` in a process of its own. `start` waits until it takes messages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.child: Child | None = None

    @property
    def log(self) -> Path:
        return self.folder / "worker.log"

    def start(self, variables: Mapping[str, str] | None = None) -> None:
        """Start it, with `variables` in its environment."""
        options = ["worker", "--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        self.child = Child(
            "The worker",
            [*_COMMAND, *options],
            log=self.log,
            cwd=ROOT,
            env={**os.environ, "DRAAD_TEST_CHILD": "1", **(variables or {})},
        )
        self.child.wait_until(lambda: " ready." in self.log.read_text(), seconds=60)

    def ring(self, task: str) -> None:
        """Send the message that the scheduler would send."""
        from config.celery import app

        app.send_task(task)

    def wait_until_gone(self, *, seconds: float = 60) -> None:
        """Wait until it ended by itself, or was ended by a kill inside its task."""
        assert self.child
        until = time.monotonic() + seconds
        while self.child.runs:
            assert time.monotonic() < until, f"the worker still runs{last_lines(self.log)}"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it with its children as a power cut would: -9, no chance to tidy up."""
        assert self.child
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.process.pid, signal.SIGKILL)
        self.child.process.wait()

    def stop(self) -> None:
        if self.child:
            self.child.stop(seconds=5)
