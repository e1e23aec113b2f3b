"""A copy of this process that does one thing: there at once, so that it can be killed often."""

import contextlib
import os
import signal
import time
import warnings
from collections.abc import Callable

from django.conf import settings
from django.db import connections

from foundation import jobs


class Copy:
    """Does some work in a process of its own, until the work is over or it is killed."""

    def __init__(self, work: Callable[[], object]) -> None:
        connections.close_all()  # the copy must not speak on our connection
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # from 3.12 on: threads are not copied along
            self.pid = os.fork()
        if not self.pid:
            os.setsid()
            # While a browser runs in the tests, Django keeps the connections of before apart, and close_all does not
            # see them; a copy does. They are the parent's: forget them, without a word on the line.
            for alias in connections:
                with contextlib.suppress(AttributeError):
                    del connections[alias]
            with contextlib.suppress(BaseException):
                work()
                os._exit(0)
            os._exit(1)

    def is_over(self) -> bool:
        """Whether it ended by itself by now."""
        if self.pid and os.waitpid(self.pid, os.WNOHANG) != (0, 0):
            self.pid = 0
        return not self.pid

    def kill(self) -> None:
        """End it with its children as a power cut would: -9, no chance to tidy up."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.pid = 0


class ForkedWorker:
    """Runs the jobs that wait, as Celery would, until it is killed."""

    def __init__(self) -> None:
        self.copy: Copy | None = None

    def start(self, *, lease: float) -> None:
        """Start it; a job whose worker died is taken over after `lease` seconds."""

        def work() -> None:
            settings.JOB_LEASE_SECONDS = lease
            while True:
                if not jobs.run_all():
                    time.sleep(0.02)

        self.copy = Copy(work)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.copy:
            self.copy.kill()
