"""What befalls the broker while people work, in short: ended, emptied, frozen and full.

Twenty times each, under load: `run.py bench faults broker`.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.celery import app
from config.embedded.processes import last_lines
from config.embedded.valkey import Valkey
from foundation.clock import now, today
from foundation.dispatching import Dispatcher
from foundation.models import Job, JobState, OutgoingMail
from foundation.periods import Period
from foundation.tasks import run_queued_jobs, send_mail
from guidance.models import Session
from organisations.models import StaffMember
from reporting.documents.formats import FORMATS
from reporting.models import Report, ReportState
from tests.cast import Cast, make_cast
from tests.guidance.views.test_log_session import address, answers
from tests.support.forked import Copy
from tests.support.worker import Worker

SOON = 60
"""Seconds within which a page is there on a machine that is very busy."""
NEVER = 2 * SOON
"""Seconds that a page would stand still if it asked a frozen broker anything."""
LONG = 120
"""Seconds in which all comes right again on such a machine."""
REFUSED = "used memory > 'maxmemory'"
WAITS = "Het duurt langer dan gewoonlijk"

Repair = Callable[[], object]


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Valkey]:
    """A broker of our own, to hurt. What this process would tell a broker, it would tell this one."""
    own = Valkey(log=tmp_path / "valkey.log").start()
    monkeypatch.setattr(app.conf, "broker_url", own.url())
    monkeypatch.setitem(app.conf, "broker_transport_options", {"socket_timeout": NEVER})
    app._after_fork()  # type: ignore[attr-defined]  # forgets the lines to the broker of other tests
    yield own
    app._after_fork()  # type: ignore[attr-defined]
    own.stop()


class Site:
    """Who works behind the pages: a dispatcher and a worker, the same ones from the first fault to the last."""

    def __init__(self, broker: Valkey, folder: Path) -> None:
        self.broker = broker
        self.worker = Worker(folder)
        # Nobody takes a report over: it is made once because it was taken once.
        self.worker.start({"REDIS_URL": broker.url(), "DRAAD_JOB_LEASE_SECONDS": "600"})
        self.dispatcher = Copy(dispatch)

    def stop(self) -> None:
        self.dispatcher.kill()
        self.worker.stop()

    def both_live(self) -> bool:
        return bool(self.worker.child and self.worker.child.runs and not self.dispatcher.is_over())

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Wait, as long as both live."""
        limit = time.monotonic() + LONG
        while not happened():
            assert self.both_live(), f"{what}: one of them ended{last_lines(self.worker.log, 60)}"
            assert time.monotonic() < limit, f"{what}: not in {LONG} seconds{last_lines(self.worker.log, 60)}"
            time.sleep(0.05)

    @contextmanager
    def nobody_stirs(self) -> Iterator[None]:
        """Dispatcher and worker stand still, with nothing in their hands."""
        assert self.both_live() and self.worker.child
        dispatcher, workers = self.dispatcher.pid, self.worker.child.process.pid
        os.kill(dispatcher, signal.SIGSTOP)
        try:
            self.until(self._waits_for_a_bell, "an idle worker")
            os.killpg(workers, signal.SIGSTOP)
            yield
        finally:
            os.kill(dispatcher, signal.SIGCONT)
            os.killpg(workers, signal.SIGCONT)

    def _waits_for_a_bell(self) -> bool:
        with speak(self.broker) as line:
            return any("b" in client["flags"] for client in line.client_list())


def dispatch() -> None:
    """What `manage.py dispatch` does, but for what is due by the clock, in a copy of this process."""
    app._after_fork()  # type: ignore[attr-defined]
    app.conf["broker_transport_options"] = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    Dispatcher([], work=run_queued_jobs, post=send_mail).run(lambda: True)


@pytest.fixture
def site(transactional_db: None, broker: Valkey, tmp_path: Path) -> Iterator[Site]:
    made = Site(broker, tmp_path)
    yield made
    made.stop()


def speak(broker: Valkey) -> "redis.Redis":
    return redis.Redis(unix_socket_path=str(broker.socket), socket_timeout=SOON)


def stopped(broker: Valkey) -> Repair:
    """Its process ends, with all it knew."""
    assert broker.child
    broker.child.stop()
    return broker.start


def flushed(broker: Valkey) -> Repair:
    with speak(broker) as line:
        line.flushall()
    return lambda: None


def frozen(broker: Valkey) -> Repair:
    """It takes what is sent, and says nothing."""
    assert broker.child
    process = broker.child.process
    process.send_signal(signal.SIGSTOP)
    return lambda: process.send_signal(signal.SIGCONT)


def full(broker: Valkey) -> Repair:
    """It refuses what takes room."""

    def set_room(size: str) -> None:
        with speak(broker) as line:
            line.config_set("maxmemory-policy", "noeviction")
            line.config_set("maxmemory", size)

    set_room("1")
    return lambda: set_room("0")


FAULTS = (stopped, flushed, frozen, full)


@pytest.mark.real_clock
def test_whatever_befalls_the_broker_pages_work_and_each_report_is_made_once(site: Site) -> None:
    cast = make_cast()
    coach, manager = signed_in(cast.noor), signed_in(cast.ineke)
    for number, hurt in enumerate(FAULTS, start=1):
        with site.nobody_stirs():
            with app.connection_for_write() as line:  # a bell that is on its way when it happens
                app.send_task(send_mail.name, connection=line)
            repair = hurt(site.broker)
            save(coach, cast)
            report = ask(manager, cast, month=number)
            assert WAITS in manager.get(reverse("reporting:report", args=[report.pk])).content.decode()
        if hurt is full:
            site.until(lambda: REFUSED in site.worker.log.read_text(), REFUSED)
        save(coach, cast)
        repair()
        site.until(partial(is_made, report), f"{hurt.__name__}: the report")
        assert_made_once(report)
    site.until(lambda: not OutgoingMail.objects.filter(sent_at=None).exists(), "the last e-mail")
    assert Session.objects.count() == 2 * len(FAULTS)
    assert site.both_live()


def signed_in(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member)
    return client


def save(coach: Client, cast: Cast) -> None:
    """A session is saved, at once."""
    begun = time.monotonic()
    answer = coach.post(address(cast.trajectory), answers(held_on=today() - timedelta(days=1)))
    assert answer.status_code == 302, answer.content.decode()
    assert time.monotonic() - begun < SOON


def ask(manager: Client, cast: Cast, *, month: int) -> Report:
    """A report of a month is asked for, a minute ago."""
    period = Period.month(2025, month)
    asked = {"agreements": [cast.agreement.pk], "first": period.start, "last": period.end, "reference_date": today()}
    begun = time.monotonic()
    answer = manager.post(reverse("reporting:make_report"), asked)
    assert answer.status_code == 302, answer.content.decode()
    assert time.monotonic() - begun < SOON
    report = Report.objects.get(period_from=period.start)
    Job.objects.filter(subject_id=report.pk).update(created_at=now() - timedelta(minutes=1))
    return report


def is_made(report: Report) -> bool:
    return Job.objects.filter(subject_id=report.pk, state=JobState.DONE).exists()


def assert_made_once(report: Report) -> None:
    """It is whole, taken by one worker once, and told of once."""
    report.refresh_from_db()
    job = Job.objects.get(subject_id=report.pk)
    assert (report.state, job.claims, job.failures) == (ReportState.DRAFT, 1, 0), job.error
    assert sorted(report.files.values_list("format", flat=True)) == sorted(FORMATS)
    assert OutgoingMail.objects.filter(body__contains=str(report.pk)).count() == 1
