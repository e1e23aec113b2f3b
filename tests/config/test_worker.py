"""A real worker runs what the scheduler asks for, on the test's own database and broker."""

import time

from foundation.models import OutgoingMail
from tests.support.worker import Worker


def test_the_worker_sends_the_mail_that_waits(worker: Worker) -> None:
    waiting = OutgoingMail.objects.create(to="omar@example.org", subject="Klaar", body="Het rapport is klaar.")
    worker.start()
    worker.ring("foundation.tasks.send_mail")
    until = time.monotonic() + 30
    while OutgoingMail.objects.filter(pk=waiting.pk, sent_at=None).exists():
        assert time.monotonic() < until, worker.log.read_text()
        time.sleep(0.1)
