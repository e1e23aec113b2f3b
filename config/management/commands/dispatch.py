"""`manage.py dispatch`: rings the workers when there is work, and starts what happens by itself."""

import signal
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy

from config import metrics
from config.schedule import PERIODIC
from config.starting import refuse_when_behind
from foundation.dispatching import Dispatcher
from foundation.tasks import run_queued_jobs, send_mail


class Stopped(BaseException):
    """Somebody asked us to stop. What we were at is undone by the database, and done by the next."""


class Command(BaseCommand):
    help = str(gettext_lazy("Ring the workers when there is work, until stopped. Any number may run."))

    def handle(self, *args: Any, **options: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        refuse_when_behind()
        metrics.tell([metrics.of_work])
        try:
            Dispatcher(PERIODIC, work=run_queued_jobs, post=send_mail).run(lambda: True)
        except Stopped:
            self.stderr.write("stopped")


def _stop(*_: object) -> None:
    raise Stopped
