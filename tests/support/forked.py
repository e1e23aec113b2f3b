"""A worker that is a copy of this process: there at once, so that it can be killed often. It runs what Celery would."""

import contextlib
import os
import signal
import time
import warnings

from django.conf import settings
from django.db import connections

from foundation import jobs


class ForkedWorker:
    """Runs the jobs that wait, in a process of its own, until it is killed."""

    def __init__(self) -> None:
        self.pid = 0

    def start(self, *, lease: float) -> None:
        """Start it; a job whose worker died is taken over after `lease` seconds."""
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
            settings.JOB_LEASE_SECONDS = lease
            with contextlib.suppress(BaseException):
                while True:
                    if not jobs.run_all():
                        time.sleep(0.02)
            os._exit(1)

    def kill(self) -> None:
        """End it with its children as a power cut would: -9, no chance to tidy up."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.pid = 0
