"""What happens by itself is asked for once per turn, by however many schedulers."""

from datetime import UTC, datetime, timedelta

import pytest

from foundation import jobs
from foundation.models import Job, JobState, PeriodicRun
from foundation.scheduling import KEPT, Periodic, ask_for_due, forget_runs

NOON = datetime(2026, 3, 17, 12, 10, 30, tzinfo=UTC)
HOURLY = Periodic("test.hourly", minute=7)
ran: list[str] = []


@jobs.quick_work("test.hourly")
def hourly() -> None:
    ran.append("hourly")


@pytest.mark.parametrize(
    ("periodic", "now", "turn"),
    [
        (Periodic("x"), NOON, NOON.replace(second=0)),
        (HOURLY, NOON, NOON.replace(minute=7, second=0)),
        (HOURLY, NOON.replace(minute=6), datetime(2026, 3, 17, 11, 7, tzinfo=UTC)),
        # In the Netherlands it is one o'clock in the afternoon.
        (Periodic("x", minute=7, hours=range(13, 14)), NOON, NOON.replace(minute=7, second=0)),
        (Periodic("x", minute=7, hours=range(12, 13)), NOON, None),
        (Periodic("x", minute=30, hours=range(24)), datetime(2026, 3, 29, 1, 10, tzinfo=UTC), "00:30"),
    ],
)
def test_the_last_turn_before_now(periodic: Periodic, now: datetime, turn: datetime | str | None) -> None:
    found = periodic.last_turn(now)
    assert (f"{found:%H:%M}" if isinstance(turn, str) and found else found) == turn


@pytest.mark.django_db
def test_two_schedulers_ask_once_and_the_next_turn_is_a_job_again() -> None:
    ran.clear()
    assert ask_for_due([HOURLY], NOON) == 1
    assert ask_for_due([HOURLY], NOON + timedelta(seconds=5)) == 0
    jobs.run_all()
    assert ask_for_due([HOURLY], NOON + timedelta(minutes=20)) == 0
    assert ask_for_due([HOURLY], NOON + timedelta(hours=1)) == 1
    jobs.run_all()
    assert (ran, Job.objects.filter(state=JobState.DONE, is_quick=True).count()) == (["hourly"] * 2, 2)


@pytest.mark.django_db
def test_a_turn_that_waits_is_not_asked_for_again() -> None:
    for hour in range(3):
        ask_for_due([HOURLY], NOON + timedelta(hours=hour))
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_what_the_scheduler_noted_long_ago_is_forgotten_and_what_others_noted_stays() -> None:
    ask_for_due([HOURLY], NOON)
    jobs.once("reminder", "of a report")
    jobs.run_all()
    forget_runs(datetime.now(UTC) + KEPT - timedelta(days=1))
    assert (PeriodicRun.objects.count(), Job.objects.count()) == (2, 1)
    forget_runs(datetime.now(UTC) + KEPT + timedelta(days=1))
    assert (PeriodicRun.objects.get().task, Job.objects.count()) == ("reminder", 0)
