"""The dispatcher: sees in PostgreSQL that there is work, and rings the bell of the workers.

It is the only one who speaks to the broker. A web request writes a row and is done; so a broker that is gone, frozen,
empty or full holds up no page. Any number of dispatchers may run: a bell that rings twice wakes nobody twice.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from foundation import jobs, mail
from foundation.models.job import CHANNEL
from foundation.scheduling import Periodic, ask_for_due

log = logging.getLogger(__name__)

POLL = 5.0
"""Seconds after which it looks by itself: for what a notification does not tell, such as a worker that died."""

SHORTEST, LONGEST = 1.0, 15.0
"""Seconds between two rings while the same work waits: each time twice as long, since somebody may be busy."""


class Bell(Protocol):
    """Something that sends the workers a message that expires by itself."""

    def apply_async(self, *, expires: float, retry: bool) -> object: ...


class Dispatcher:
    """Asks for what is due, and rings while something waits."""

    def __init__(self, periodic: Sequence[Periodic], *, work: Bell, post: Bell) -> None:
        """``work`` wakes who does the jobs, ``post`` who sends the e-mail."""
        self.periodic = periodic
        self.bells = {"jobs": _Ringing(work), "e-mail": _Ringing(post)}

    def run(self, goes_on: Callable[[], bool]) -> None:
        """Go round until told otherwise. A database that is away is waited for."""
        while goes_on():
            try:
                self._listen()
                while goes_on():
                    self.turn()
                    self._wait()
            except (DatabaseError, InterfaceError) as gone:
                log.warning("the database is not there; trying again: %s", type(gone).__name__)
                connection.close()
                time.sleep(1)

    def turn(self) -> None:
        """Look once: add what is due, and ring for what waits."""
        now = timezone.now()
        ask_for_due(self.periodic, now)
        first = jobs.waiting(now).order_by("-is_quick", "created_at").values_list("pk", "claims").first()
        self.bells["jobs"].ring_for(first)
        self.bells["e-mail"].ring_for(mail.waiting(now).order_by("created_at").values_list("pk", "attempts").first())

    def _listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")

    def _wait(self) -> None:
        """Until PostgreSQL says that there is work, or it is time to look."""
        until = min(POLL, _seconds_to_next_minute(), *(bell.seconds_left() for bell in self.bells.values()))
        with connection.wrap_database_errors:
            for _notification in connection.connection.notifies(timeout=until, stop_after=1):
                for bell in self.bells.values():
                    bell.is_new = True


class _Ringing:
    """One bell, which is not rung without end for what nobody can take."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell
        self.is_new = True
        self._waits: object = None
        self._pause = SHORTEST
        self._next = 0.0

    def ring_for(self, first: object) -> None:
        """Ring when something waits: at once when it is new, else when it is time to say it again."""
        if first != self._waits or self.is_new:
            self._waits, self._pause, self._next, self.is_new = first, SHORTEST, 0.0, False
        if first is None or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, LONGEST)
        try:
            self.bell.apply_async(expires=timedelta(seconds=LONGEST).total_seconds(), retry=False)
        except Exception as fault:  # whatever the broker does, the work stays in the queue
            log.warning("the broker cannot be rung; what waits goes on waiting: %s", type(fault).__name__)

    def seconds_left(self) -> float:
        """Until it should ring again for what waits."""
        return POLL if self._waits is None else max(0.05, self._next - time.monotonic())


def _seconds_to_next_minute() -> float:
    return 60.05 - time.time() % 60
