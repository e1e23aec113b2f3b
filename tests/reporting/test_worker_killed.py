"""A worker killed at each named step of a report, and at random moments: one report, complete, once.

The long form, from the root of the project: ``DRAAD_KILLS=20 run.py test tests/reporting/test_worker_killed.py -s``.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
import redis
from django.db import connection
from django.db.models import Sum
from psycopg import sql

from config.embedded.postgres import OWNER
from foundation.models import Job, JobState, OutgoingMail
from foundation.periods import Period
from reporting import actions
from reporting.documents.formats import FORMATS
from reporting.freezing.tables import TABLES
from reporting.freezing.verifying import verify
from reporting.making import CHECK, FREEZE, STEPS
from reporting.models import Report, ReportState
from tests import factories as make
from tests.cast import make_cast
from tests.support import servers
from tests.support.forked import ForkedWorker
from tests.support.worker import Worker

LOCK = 70710
KILLS = int(os.environ.get("DRAAD_KILLS", "2"))
LEASE = 0.3
LONGEST_LIFE = 0.8  # seconds that a worker lives, at most
DOORBELL = "foundation.tasks.run_queued_jobs"
IN_STEP = {
    FREEZE: ("reporting_report", "UPDATE", "NEW.content IS NOT NULL AND OLD.content IS NULL"),
    CHECK: ("reporting_report", "UPDATE", "NEW.state IS DISTINCT FROM OLD.state"),
    **{format_id: ("reporting_reportfile", "INSERT", f"NEW.format = '{format_id}'") for format_id in FORMATS},
}


@pytest.fixture
def forked() -> Iterator[ForkedWorker]:
    worker = ForkedWorker()
    yield worker
    worker.kill()


@pytest.fixture
def report(transactional_db: None) -> Report:
    """A report that is asked for and not made; committed, since the worker must see it."""
    cast = make_cast()
    make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 2, 1))
    return actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=Period.year(2025))


@pytest.fixture
def owner() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with servers.connect(OWNER, str(connection.settings_dict["NAME"])) as own:
        yield own


@contextmanager
def held_in(step: str, owner: psycopg.Connection[tuple[object, ...]]) -> Iterator[None]:
    """Whoever reaches the middle of ``step`` waits there, inside its transaction."""
    table, operation, condition = IN_STEP[step]
    owner.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    owner.execute(
        sql.SQL(
            "CREATE OR REPLACE FUNCTION test_hold() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_advisory_xact_lock({}); RETURN NULL; END $$"
        ).format(sql.Literal(LOCK))
    )
    owner.execute(
        f"CREATE TRIGGER test_hold AFTER {operation} ON {table} "
        f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION test_hold()"
    )
    try:
        yield
    finally:
        owner.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        owner.execute(f"DROP TRIGGER test_hold ON {table}")


def wait_until_held(owner: psycopg.Connection[tuple[object, ...]], worker: Worker | None = None) -> None:
    until = time.monotonic() + 60
    waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
    while not owner.execute(waiting, [LOCK]).fetchall():
        assert time.monotonic() < until, worker.log.read_text()[-3000:] if worker else "nobody came"
        if worker:
            worker.ring(DOORBELL)
        time.sleep(0.05)


@pytest.mark.real_clock
def test_killed_at_each_step_it_ends_once_and_complete(
    report: Report, worker: Worker, forked: ForkedWorker, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    """A copy of this process is killed at all steps but the last; there, Celery itself."""
    for step in STEPS[:-1]:
        with held_in(step, owner):
            forked.start(lease=LEASE)
            wait_until_held(owner)
            assert Job.objects.get().step == step
            forked.kill()
    with held_in(CHECK, owner):
        worker.start({"DRAAD_JOB_LEASE_SECONDS": "1"})
        wait_until_held(owner, worker)
        assert Job.objects.get().step == CHECK
        worker.kill()
    flush_the_broker()
    worker.start({"DRAAD_JOB_LEASE_SECONDS": "1"})
    wait_until_done(worker)

    made = Report.objects.get()
    assert (made.state, made.pk) == (ReportState.DRAFT, report.pk)
    assert_complete(made)
    job = Job.objects.get()
    assert (job.claims, job.failures) == (len(STEPS) + 1, 0)
    assert OutgoingMail.objects.count() == 1


@pytest.mark.real_clock
def test_killed_at_random_moments_each_report_ends_once_and_complete(report: Report, forked: ForkedWorker) -> None:
    """Drafted, signed, and the next one: until the worker was killed often enough, while it was at work."""
    chance, kills, signed = random.Random(20), 0, 0
    while kills < KILLS:
        claimed = claims()
        forked.start(lease=LEASE)
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        forked.kill()
        kills += claims() > claimed and Job.objects.filter(state=JobState.RUNNING).exists()
        if not Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
            signed += go_on(report)
            report = Report.objects.order_by("-number").first() or report
    forked.start(lease=LEASE)
    wait_until_done()
    assert not Job.objects.exclude(state=JobState.DONE).exists()
    assert Job.objects.filter(failures__gt=0).count() == 0
    for made in Report.objects.all():
        assert_complete(made)
        mails = OutgoingMail.objects.filter(body__contains=str(made.pk)).count()
        assert mails == (2 if made.state == ReportState.SIGNED else 1)
        if made.state == ReportState.SIGNED:
            assert verify(made).wrong == []
    sys.stdout.write(f"{kills} kills, {claims()} claims, {Report.objects.count()} reports, {signed} signed\n")


def claims() -> int:
    """How often any job was taken by a worker."""
    return int(Job.objects.aggregate(claims=Sum("claims"))["claims"] or 0)


def go_on(report: Report) -> int:
    """The next step in the office: sign what is drafted, ask for another when it is signed. Returns what was signed."""
    report.refresh_from_db()
    by = report.requested_by
    assert by
    if report.state == ReportState.DRAFT:
        actions.check_report(by=by, report=report)
        actions.sign_report(by=by, report=report)
        return 1
    agreements = [part.agreement for part in report.parts.all()]
    actions.ask_for_report(by=by, agreements=agreements, period=Period.year(2025))
    return 0


def assert_complete(report: Report) -> None:
    assert sorted(report.files.values_list("format", flat=True)) == sorted(FORMATS)
    assert sorted(report.frozen_tables.values_list("name", flat=True)) == sorted(TABLES)


def flush_the_broker() -> None:
    address = os.environ["REDIS_URL"].removeprefix("redis+socket://")
    path, number = address.split("?virtual_host=")
    with redis.Redis(unix_socket_path=path, db=int(number)) as broker:
        broker.flushdb()


def wait_until_done(worker: Worker | None = None) -> None:
    until = time.monotonic() + 60
    while Job.objects.exclude(state=JobState.DONE).exists():
        assert time.monotonic() < until, worker.log.read_text()[-3000:] if worker else Job.objects.values("error")
        if worker:
            worker.ring(DOORBELL)
        time.sleep(0.1)
