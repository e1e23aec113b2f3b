"""What the scheduler asks of trajectories."""

from datetime import timedelta

import pytest
import time_machine

from config.schedule import PERIODIC
from foundation.clock import today
from tests.cast import make_cast
from trajectories import actions
from trajectories.models import Trajectory
from trajectories.tasks import start_due


@pytest.mark.django_db
def test_a_planned_trajectory_starts_by_itself_once(clock: time_machine.Traveller) -> None:
    cast = make_cast()
    planned = actions.plan_trajectory(
        by=cast.noor,
        participant=cast.samira,
        programme=cast.programme,
        agreement=cast.agreement,
        starts_on=today() + timedelta(days=1),
    )
    for day in range(3):
        start_due()
        assert Trajectory.objects.get(pk=planned.pk).state == ("running" if day else "planned")
        clock.shift(timedelta(days=1))
    assert planned.events.count() == 1


def test_the_scheduler_knows_it() -> None:
    assert "trajectories.tasks.start_due" in {job.kind for job in PERIODIC}
