"""Every verb from every state, and the state that always equals the replay of the events."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.clock import today
from tests import factories as make
from trajectories import actions, answers
from trajectories.models import EventKind, State, Trajectory, TrajectoryEvent
from trajectories.workflow import MOVES, MoveRefused, replay

pytestmark = pytest.mark.django_db

E, S = EventKind, State
Verb = Callable[[Trajectory, Any, date], object]

VERBS: dict[EventKind, Verb] = {
    E.STARTED: lambda t, by, on: actions.start_trajectory(by=by, trajectory=t, on=on),
    E.CANCELLED: lambda t, by, on: actions.cancel_trajectory(by=by, trajectory=t, reason="Verhuisd."),
    E.TRIAL_PASSED: lambda t, by, on: actions.pass_trial(by=by, trajectory=t, on=on),
    E.TRIAL_FAILED: lambda t, by, on: actions.fail_trial(by=by, trajectory=t, on=on),
    E.PAUSED: lambda t, by, on: actions.pause_trajectory(by=by, trajectory=t, on=on),
    E.RELAPSE: lambda t, by, on: actions.record_relapse(by=by, trajectory=t, on=on),
    E.RESUMED: lambda t, by, on: actions.resume_trajectory(by=by, trajectory=t, on=on),
    E.EXTENDED: lambda t, by, on: actions.extend_trajectory(
        by=by, trajectory=t, on=on, planned_end_on=(t.planned_end_on or today()) + timedelta(days=100)
    ),
    E.COACH_CHANGED: lambda t, by, on: actions.change_coach(by=by, trajectory=t, on=on, coach=by),
    E.ENDED: lambda t, by, on: actions.end_trajectory(by=by, trajectory=t, ending=answers.Ending(on=on)),
    E.AFTERCARE_REACHED: lambda t, by, on: actions.record_aftercare(by=by, trajectory=t, on=on, result="reached"),
    E.AFTERCARE_NOT_REACHED: lambda t, by, on: actions.record_aftercare(
        by=by, trajectory=t, on=on, result="not_reached"
    ),
    E.AFTERCARE_REFUSED: lambda t, by, on: actions.record_aftercare(by=by, trajectory=t, on=on, result="refused"),
}

# How a trajectory gets into each state, from its plan on.
WAYS: dict[State, list[EventKind]] = {
    S.PLANNED: [],
    S.TRIAL: [E.STARTED],
    S.RUNNING: [E.STARTED, E.TRIAL_PASSED],
    S.PAUSED: [E.STARTED, E.PAUSED],
    S.RELAPSE: [E.STARTED, E.RELAPSE],
    S.ENDED: [E.STARTED, E.ENDED],
    S.CANCELLED: [E.CANCELLED],
}


def planned(*, trial_weeks: int = 3) -> Trajectory:
    """A trajectory that is planned to start tomorrow, and may start today."""
    unit = make.UnitFactory()
    programme = make.ProgrammeFactory(unit=unit, trial_weeks=trial_weeks)
    coach = make.StaffMemberFactory(coach=unit)
    return make.TrajectoryFactory(
        programme=programme, state=S.PLANNED, started_on=today() + timedelta(days=1), coach=coach
    )


def in_state(state: State) -> Trajectory:
    trajectory = planned()
    for kind in WAYS[state]:
        VERBS[kind](trajectory, trajectory.coach, today())
        trajectory.refresh_from_db()
    assert trajectory.state == state
    return trajectory


def replayed(trajectory: Trajectory) -> State:
    return replay(trajectory.events.holding(), has_trial=trajectory.programme.trial_weeks > 0)


def check_deferred() -> None:
    """Let the database check now what it would check at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("kind", VERBS)
@pytest.mark.parametrize("state", WAYS)
def test_a_verb_does_what_the_table_says(state: State, kind: EventKind) -> None:
    trajectory = in_state(state)
    before = trajectory.events.count()
    if kind in MOVES[state]:
        VERBS[kind](trajectory, trajectory.coach, today())
        check_deferred()
        assert trajectory.events.count() == before + 1
    else:
        with pytest.raises(MoveRefused) as refused:
            VERBS[kind](trajectory, trajectory.coach, today())
        assert str(refused.value).count(". ") == 1, "a refusal says what is wrong and what to do"
        assert trajectory.events.count() == before
    trajectory.refresh_from_db()
    assert trajectory.state == replayed(trajectory)


STEPS = st.lists(
    st.tuples(st.sampled_from([*VERBS, None]), st.integers(min_value=-40, max_value=1), st.integers(0, 20)), max_size=9
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, trial_weeks=st.sampled_from([0, 3]))
def test_the_state_equals_the_replay_of_the_events(
    steps: list[tuple[EventKind | None, int, int]], trial_weeks: int
) -> None:
    trajectory = planned(trial_weeks=trial_weeks)
    for kind, days, index in steps:
        _try_step(trajectory, kind, today() + timedelta(days=days), index)
        check_deferred()
        trajectory = Trajectory.objects.select_related("programme", "coach").get(pk=trajectory.pk)
        assert trajectory.state == replayed(trajectory)
        assert (trajectory.state == S.ENDED) == (trajectory.ended_on is not None)


def _try_step(trajectory: Trajectory, kind: EventKind | None, on: date, index: int) -> None:
    """Do a verb on a day, or undo one of the events; what cannot be is refused and leaves everything as it was."""
    try:
        if kind is not None:
            VERBS[kind](trajectory, trajectory.coach or make.StaffMemberFactory(), on)
        elif events := list(trajectory.events.all()):
            event: TrajectoryEvent = events[index % len(events)]
            actions.void_event(by=trajectory.coach or make.StaffMemberFactory(), event=event, reason="Vergissing.")
    except MoveRefused:
        pass
