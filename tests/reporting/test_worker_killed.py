"""A worker killed at each named step of a report, again and again: one report, complete, once."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
import redis
from django.db import connection
from psycopg import sql

from config.embedded.postgres import OWNER
from foundation.models import Job, JobState, OutgoingMail
from foundation.periods import Period
from reporting import actions
from reporting.documents.formats import FORMATS
from reporting.making import CHECK, FREEZE, STEPS
from reporting.models import Report, ReportState
from tests import factories as make
from tests.cast import make_cast
from tests.support import servers
from tests.support.worker import Worker

LOCK = 70710
# The long form, as the README of bench/ says: DRAAD_KILLS=3.
TIMES = int(os.environ.get("DRAAD_KILLS", "1"))
DOORBELL = "foundation.tasks.run_queued_jobs"
IN_STEP = {
    FREEZE: ("reporting_report", "UPDATE", "NEW.content IS NOT NULL AND OLD.content IS NULL"),
    CHECK: ("reporting_report", "UPDATE", "NEW.state IS DISTINCT FROM OLD.state"),
    **{format_id: ("reporting_reportfile", "INSERT", f"NEW.format = '{format_id}'") for format_id in FORMATS},
}


@pytest.fixture
def report(worker: Worker) -> Report:
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


def wait_until_held(owner: psycopg.Connection[tuple[object, ...]], worker: Worker) -> None:
    until = time.monotonic() + 60
    waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
    while not owner.execute(waiting, [LOCK]).fetchall():
        assert time.monotonic() < until, worker.log.read_text()[-3000:]
        worker.ring(DOORBELL)
        time.sleep(0.2)


@pytest.mark.real_clock
def test_killed_at_each_step_it_ends_once_and_complete(
    report: Report, worker: Worker, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    kills = 0
    for step in STEPS:
        for _ in range(TIMES):
            with held_in(step, owner):
                worker.start({"DRAAD_JOB_LEASE_SECONDS": "1"})
                wait_until_held(owner, worker)
                assert Job.objects.get().step == step
                worker.kill()
                kills += 1
    flush_the_broker()
    worker.start({"DRAAD_JOB_LEASE_SECONDS": "1"})
    wait_until_done(worker)

    assert kills == TIMES * len(STEPS)
    made = Report.objects.get()
    assert (made.state, made.pk) == (ReportState.DRAFT, report.pk)
    assert sorted(made.files.values_list("format", flat=True)) == sorted(FORMATS)
    job = Job.objects.get()
    assert (job.claims, job.failures) == (kills + 1, 0)
    assert OutgoingMail.objects.count() == 1


def flush_the_broker() -> None:
    address = os.environ["REDIS_URL"].removeprefix("redis+socket://")
    path, number = address.split("?virtual_host=")
    with redis.Redis(unix_socket_path=path, db=int(number)) as broker:
        broker.flushdb()


def wait_until_done(worker: Worker) -> None:
    until = time.monotonic() + 60
    while not Job.objects.filter(state=JobState.DONE).exists():
        assert time.monotonic() < until, worker.log.read_text()[-3000:]
        worker.ring(DOORBELL)
        time.sleep(0.2)
