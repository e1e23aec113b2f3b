"""A job is done once, whatever dies."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from foundation import jobs
from foundation.models import Job, JobState

pytestmark = pytest.mark.django_db

ran: list[uuid.UUID] = []


@jobs.work_of("test.append")
def append(held: jobs.Held) -> None:
    held.step("append", 0)
    with held.writing():
        ran.append(held.subject_id)
        held.finish()


@jobs.work_of("test.break")
def break_down(held: jobs.Held) -> None:
    raise RuntimeError("kapot")


@pytest.fixture(autouse=True)
def nothing_ran() -> None:
    ran.clear()


def test_asking_twice_makes_it_once() -> None:
    subject = uuid.uuid4()
    first = jobs.ask_for("test.append", subject, steps=1)
    assert jobs.ask_for("test.append", subject, steps=1) == first
    assert jobs.run_all() == 1
    assert ran == [subject]
    first.refresh_from_db()
    assert (first.state, first.percent) == (JobState.DONE, 100)


def test_a_held_job_is_not_given_to_another_worker_until_its_lease_runs_out() -> None:
    jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    assert jobs.claim() is not None
    assert jobs.claim() is None
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert jobs.claim() is not None


def test_a_worker_that_lost_its_lease_writes_nothing_more() -> None:
    job = jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    slow = jobs.claim()
    assert slow is not None
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        quick = jobs.claim()
        assert quick is not None
        jobs.run(quick)
    jobs.run(slow)
    assert len(ran) == 1
    job.refresh_from_db()
    assert (job.state, job.claims, job.failures) == (JobState.DONE, 2, 0)


def test_work_that_goes_wrong_is_tried_again_and_then_given_up_with_its_error() -> None:
    job = jobs.ask_for("test.break", uuid.uuid4(), steps=1)
    assert jobs.run_all() == 1, "not at once: what is wrong may pass"
    run_until_given_up()
    job.refresh_from_db()
    assert (job.state, job.failures) == (JobState.FAILED, jobs.MOST_FAILURES)
    assert "kapot" in job.error


def run_until_given_up() -> None:
    for failure in range(jobs.MOST_FAILURES):
        with time_machine.travel(timezone.now() + timedelta(minutes=5 * failure)):
            jobs.run_all()


def test_a_failed_job_can_be_tried_again() -> None:
    job = jobs.ask_for("test.break", uuid.uuid4(), steps=1)
    run_until_given_up()
    jobs.retry(job)
    job.refresh_from_db()
    assert (job.state, job.failures, job.error) == (JobState.QUEUED, 0, "")


def test_a_job_that_takes_down_every_worker_is_parked() -> None:
    job = jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    Job.objects.update(claims=jobs.MOST_CLAIMS)
    jobs.run_all()
    job.refresh_from_db()
    assert (job.state, ran) == (JobState.FAILED, [])


def test_what_takes_a_moment_goes_before_what_takes_long() -> None:
    long, quick = uuid.uuid4(), uuid.uuid4()
    jobs.ask_for("test.append", long, steps=1)
    jobs.ask_for("test.append", quick, steps=1, is_quick=True)
    jobs.run_all()
    assert ran == [quick, long]


def test_a_job_that_nobody_takes_is_late() -> None:
    job = jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    assert not job.is_late
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert job.is_late
        jobs.run_all()
        job.refresh_from_db()
        assert not job.is_late


def test_a_job_whose_worker_died_is_late_when_nobody_takes_over() -> None:
    job = jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    jobs.claim()
    job.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(seconds=45)):
        assert not job.is_late
    with time_machine.travel(timezone.now() + timedelta(seconds=55)):
        assert job.is_late


def test_a_periodic_task_runs_once_per_period() -> None:
    assert jobs.once("report", "2026-03")
    assert not jobs.once("report", "2026-03")
    assert jobs.once("report", "2026-04")
