"""The pages on which a step of a trajectory is recorded, and its undoing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from foundation.models import ReadEvent
from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago
from trajectories import actions
from trajectories.models import EventKind, State, Trajectory
from trajectories.steps import STEPS

SignIn = Callable[[StaffMember], Client]


def url(name: str, row: Any) -> str:
    return reverse(f"trajectories:{name}", args=[row.pk])


def state_of(trajectory: Trajectory) -> str:
    return Trajectory.objects.get(pk=trajectory.pk).state


@pytest.fixture
def trial(cast: Cast) -> Trajectory:
    programme = make.ProgrammeFactory(unit=cast.unit, trial_weeks=3, name="Leerwerk")
    made: Trajectory = make.TrajectoryFactory(
        programme=programme, participant=cast.samira, agreement=cast.agreement, coach=cast.noor, started_on=days_ago(15)
    )
    return made


@pytest.fixture
def planned(cast: Cast) -> Trajectory:
    return actions.plan_trajectory(
        by=cast.noor,
        participant=cast.samira,
        programme=cast.programme,
        agreement=cast.agreement,
        starts_on=today() + timedelta(days=4),
        coach=cast.noor,
    )


def on(day: Any = None, **more: Any) -> dict[str, Any]:
    return {"on": (day or today()).isoformat(), **more}


def test_relapse_pause_and_picking_up_again(noor: Client, cast: Cast) -> None:
    steps = (
        ("relapse", days_ago(9), State.RELAPSE),
        ("pause", days_ago(5), State.PAUSED),
        ("resume", days_ago(1), State.RUNNING),
    )
    for name, day, state in steps:
        response = noor.post(url(name, cast.trajectory), on(day, note=f"Toelichting bij {name}."))
        assert response.headers["Location"] == reverse("guidance:person", args=[cast.samira.pk])
        assert state_of(cast.trajectory) == state
    notes = [event.note for event in cast.trajectory.events.holding()]
    assert notes == ["", "Toelichting bij relapse.", "Toelichting bij pause.", "Toelichting bij resume."]


def test_a_planned_trajectory_starts_on_the_day_that_was_filled_in(noor: Client, planned: Trajectory) -> None:
    noor.post(url("start", planned), on(days_ago(2), planned_end_on=(today() + timedelta(days=80)).isoformat()))
    started = Trajectory.objects.get(pk=planned.pk)
    assert (started.state, started.started_on, started.planned_end_on) == (
        State.RUNNING, days_ago(2), today() + timedelta(days=80),
    )  # fmt: skip


def test_starting_takes_a_free_place(noor: Client, cast: Cast, planned: Trajectory) -> None:
    cast.programme.has_slots = True
    cast.programme.save()
    slot = make.SlotFactory(programme=cast.programme)
    taken = make.PlacementFactory(trajectory=cast.trajectory, slot=make.SlotFactory(programme=cast.programme)).slot
    assert list(noor.get(url("start", planned)).context["form"].fields["slot"].queryset) == [slot]
    assert noor.post(url("start", planned), on(slot=taken.pk)).context["form"].errors["slot"]
    noor.post(url("start", planned), on(slot=slot.pk))
    assert planned.placements.get().slot == slot


def test_who_never_starts_is_cancelled_with_a_reason(noor: Client, planned: Trajectory) -> None:
    assert noor.post(url("cancel", planned), {"reason": ""}).context["form"].errors["reason"]
    noor.post(url("cancel", planned), {"reason": "Verhuisd."})
    assert state_of(planned) == State.CANCELLED


def test_a_trial_is_passed(noor: Client, trial: Trajectory) -> None:
    noor.post(url("trial", trial), on(verdict="trial_passed", note="Het team past."))
    assert state_of(trial) == State.RUNNING


def test_a_trial_that_is_not_passed_leads_to_the_end(noor: Client, trial: Trajectory) -> None:
    response = noor.post(url("trial", trial), on(verdict="trial_failed"))
    assert response.headers["Location"] == reverse("guidance:end_trajectory", args=[trial.pk])
    assert noor.post(url("trial", trial), on(verdict="trial_passed")).context["form"].non_field_errors()


def test_it_takes_longer(noor: Client, cast: Cast) -> None:
    later = today() + timedelta(days=60)
    noor.post(url("extend", cast.trajectory), {"planned_end_on": later.isoformat(), "note": "Cursus loopt uit."})
    assert Trajectory.objects.get(pk=cast.trajectory.pk).planned_end_on == later
    again = noor.post(url("extend", cast.trajectory), {"planned_end_on": later.isoformat()})
    assert again.context["form"].errors["planned_end_on"]


def test_a_manager_gives_somebody_another_coach(cast: Cast, sign_in: SignIn) -> None:
    ineke = sign_in(cast.ineke)
    offered = ineke.get(url("change_coach", cast.trajectory)).context["form"].fields["coach"].queryset
    assert list(offered) == [cast.bo], "coaches of this unit, but the present one"
    ineke.post(url("change_coach", cast.trajectory), on(coach=cast.bo.pk))
    assert Trajectory.objects.get(pk=cast.trajectory.pk).coach == cast.bo
    assert ineke.post(url("change_coach", cast.trajectory), on(coach=cast.chris.pk)).context["form"].errors["coach"]


def test_aftercare_follows_the_end(noor: Client, cast: Cast) -> None:
    assert noor.get(url("aftercare", cast.trajectory)).context["refusal"]
    ended = make.TrajectoryFactory(
        programme=cast.programme, agreement=cast.agreement, coach=cast.noor, ended_on=days_ago(30)
    )
    noor.post(url("aftercare", ended), on(days_ago(2), result="reached", note="Werkt nog."))
    assert ended.events.last().kind == EventKind.AFTERCARE_REACHED


@pytest.mark.parametrize("name", [step.url_name.split(":")[1] for step in STEPS if step.url_name.startswith("traj")])
def test_what_cannot_happen_now_is_explained_and_changes_nothing(
    noor: Client, cast: Cast, planned: Trajectory, name: str
) -> None:
    actions.cancel_trajectory(by=cast.noor, trajectory=planned, reason="Verhuisd.")
    page = noor.get(url(name, planned))
    assert page.status_code == 200
    assert page.context["refusal"]
    given = on(
        note="x", reason="x", verdict="trial_passed", result="reached", coach=cast.bo.pk,
        planned_end_on=(today() + timedelta(days=9)).isoformat(),
    )  # fmt: skip
    assert noor.post(url(name, planned), given).context["form"].non_field_errors()
    assert [event.kind for event in planned.events.all()] == [EventKind.CANCELLED]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"on": ""}, "on"), ({"on": "morgen"}, "on"), ({"on": "2030-01-01"}, "on"), ({"on": "2020-01-01"}, "on")],
)
@pytest.mark.parametrize("name", ["pause", "relapse"])
def test_a_day_that_cannot_be_is_refused_and_the_text_stays(
    noor: Client, cast: Cast, name: str, wrong: dict[str, Any], field: str
) -> None:
    response = noor.post(url(name, cast.trajectory), {"note": "Blijf staan.", **wrong})
    assert response.context["form"].errors[field]
    assert response.context["form"]["note"].value() == "Blijf staan."
    assert state_of(cast.trajectory) == State.RUNNING


def test_a_step_can_be_undone_at_once_by_who_took_it(noor: Client, cast: Cast, sign_in: SignIn) -> None:
    page = noor.post(url("relapse", cast.trajectory), on(), follow=True)
    event = cast.trajectory.events.get(kind=EventKind.RELAPSE)
    assert url("undo", event) in page.content.decode()
    assert sign_in(cast.bo).post(url("undo", event)).headers["Location"] == url("void", event)
    assert state_of(cast.trajectory) == State.RELAPSE
    noor.post(url("undo", event))
    assert state_of(cast.trajectory) == State.RUNNING


def test_later_it_is_undone_with_a_reason(noor: Client, cast: Cast, clock: time_machine.Traveller) -> None:
    event = actions.record_relapse(by=cast.noor, trajectory=cast.trajectory, on=today())
    clock.shift(timedelta(hours=1))
    noor.force_login(cast.noor)
    assert noor.post(url("undo", event)).headers["Location"] == url("void", event)
    assert noor.post(url("void", event), {"reason": ""}).context["form"].errors["reason"]
    noor.post(url("void", event), {"reason": "Het was iemand anders."})
    assert state_of(cast.trajectory) == State.RUNNING
    assert event.voided_by.note == "Het was iemand anders."
    assert noor.post(url("void", event), {"reason": "Nog eens."}).context["form"].non_field_errors()


def test_what_is_not_theirs_is_not_there(noor: Client, cast: Cast) -> None:
    for trajectory in (cast.other_unit_trajectory, cast.foreign_trajectory):
        for name in ("start", "pause", "relapse", "resume", "trial", "extend", "change_coach", "cancel", "aftercare"):
            assert noor.get(url(name, trajectory)).status_code == 404
            assert noor.post(url(name, trajectory), on()).status_code == 404
        event = trajectory.events.first()
        assert noor.get(url("void", event)).status_code == 404
        assert noor.post(url("undo", event)).status_code == 404


def test_who_may_not_move_trajectories_gets_403(cast: Cast, sign_in: SignIn) -> None:
    for member in (cast.omar, cast.fenna, cast.piet):
        client = sign_in(member)
        assert client.get(url("pause", cast.trajectory)).status_code == 403
        assert client.post(url("pause", cast.trajectory), on()).status_code == 403


def test_opening_such_a_page_is_written_in_the_read_log(noor: Client, cast: Cast) -> None:
    noor.get(url("pause", cast.trajectory))
    assert ReadEvent.objects.get().what == "trajectories:paused"
