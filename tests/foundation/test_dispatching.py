"""The dispatcher hears of work and rings; whatever the broker does, it goes on and nobody else waits."""

import re
import threading
import time
import uuid

import pytest
from django.db import connection, connections

from config.environment import ROOT
from foundation import dispatching, jobs, mail
from foundation.dispatching import Dispatcher
from foundation.models import Job, OutgoingMail

PUBLISHES = re.compile(r"\.(?:delay|apply_async|send_task)\(")


class Heard:
    """A bell that remembers when it was rung, or that is broken."""

    def __init__(self, *, broken: bool = False) -> None:
        self.times: list[float] = []
        self.broken = broken

    def apply_async(self, *, expires: float, retry: bool) -> None:
        assert expires > 0
        assert not retry
        self.times.append(time.monotonic())
        if self.broken:
            raise OSError("no broker")


@pytest.mark.django_db
def test_it_rings_for_what_waits_and_for_nothing_else() -> None:
    work, post = Heard(), Heard()
    dispatcher = Dispatcher([], work=work, post=post)
    dispatcher.turn()
    assert (len(work.times), len(post.times)) == (0, 0)
    jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    dispatcher.turn()
    mail.queue(to="omar@example.org", subject="Klaar", body="Klaar.")
    dispatcher.turn()
    assert (len(work.times), len(post.times)) == (1, 1)


@pytest.mark.django_db
def test_it_goes_on_ringing_for_what_nobody_takes_ever_more_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    work = Heard(broken=True)
    dispatcher = Dispatcher([], work=work, post=Heard())
    jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    for _second in range(48):
        dispatcher.turn()
        clock[0] += 1
    between = [round(later - earlier) for earlier, later in zip(work.times, work.times[1:], strict=False)]
    assert between == [1, 2, 4, 8, 15, 15]


@pytest.mark.django_db(transaction=True)
def test_it_hears_at_once_of_a_job_of_a_retry_and_of_mail_also_when_the_database_was_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dispatching, "POLL", 60.0)
    work, post = Heard(), Heard()
    stop = threading.Event()

    def dispatch() -> None:
        Dispatcher([], work=work, post=post).run(lambda: not stop.is_set())
        connections.close_all()

    thread = threading.Thread(target=dispatch)
    thread.start()
    try:
        wait_for(lambda: listening() == 1)
        job = jobs.ask_for("test.append", uuid.uuid4(), steps=1)
        wait_for(lambda: bool(work.times))
        Job.objects.filter(pk=job.pk).update(state="failed")
        heard = len(work.times)
        jobs.retry(job)
        wait_for(lambda: len(work.times) > heard)
        mail.queue(to="omar@example.org", subject="Klaar", body="Klaar.")
        wait_for(lambda: bool(post.times))
        heard = len(work.times)
        end_listening()
        wait_for(lambda: listening() == 1)
        jobs.ask_for("test.append", uuid.uuid4(), steps=1)
        wait_for(lambda: len(work.times) > heard)
    finally:
        stop.set()
        OutgoingMail.objects.update(not_before=None)  # wakes it
        thread.join(10)
    assert not thread.is_alive()


LISTENING = """
    FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'
     AND query LIKE 'SELECT%outgoingmail%'
"""


def listening() -> int:
    """How many connections wait for word, silent."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {LISTENING}")
        return int(cursor.fetchone()[0])


def end_listening() -> None:
    """End the connection of who waits for word, as a PostgreSQL that stops does."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid, 5000) {LISTENING}")


def wait_for(happened: object) -> None:
    until = time.monotonic() + 5
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.01)


def test_nobody_but_the_dispatcher_speaks_to_the_broker() -> None:
    apps = ("foundation", "organisations", "participants", "trajectories", "guidance", "reporting", "config")
    files = (file for app in apps for file in (ROOT / app).rglob("*.py"))
    assert [file.name for file in files if PUBLISHES.search(file.read_text())] == ["dispatching.py"]
