"""Appointments, goals, measurements and details of somebody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from guidance.models import Assessment, Goal, GoalRating, Session
from organisations.models import StaffMember
from participants.models import NetworkContact, Participant
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago

SignIn = Callable[[StaffMember], Client]


def url(name: str, row: Any) -> str:
    return reverse(f"guidance:{name}", args=[row.pk])


def meeting(**more: Any) -> dict[str, Any]:
    day = (today() + timedelta(days=3)).isoformat()
    return {"held_on": day, "starts_at": "09:30", "minutes": "30", "kind": "phone", "place": "", **more}


def test_an_appointment_is_planned_and_moved(noor: Client, cast: Cast) -> None:
    noor.post(url("plan_appointment", cast.samira), meeting())
    session = Session.objects.get()
    assert (session.attendance, session.coach, session.trajectory) == ("", cast.noor, cast.trajectory)
    noor.post(url("move_appointment", session), meeting(starts_at="11:00"))
    session.refresh_from_db()
    assert (session.starts_at.isoformat(), session.version) == ("11:00:00", 2)  # type: ignore[union-attr]
    assert session.history.count() == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "wrong", [{"held_on": "2020-01-01"}, {"held_on": ""}, {"minutes": "601"}, {"starts_at": "laat"}]
)
def test_an_appointment_that_cannot_be_is_refused(noor: Client, cast: Cast, wrong: dict[str, Any]) -> None:
    response = noor.post(url("plan_appointment", cast.samira), meeting(**wrong))
    assert set(response.context["form"].errors) == set(wrong)
    assert not Session.objects.exists()


def test_a_session_that_was_held_is_edited_not_moved(noor: Client, cast: Cast) -> None:
    session = make.SessionFactory(trajectory=cast.trajectory)
    assert noor.get(url("move_appointment", session)).headers["Location"] == url("edit_session", session)


def test_a_goal_is_set_taken_step_by_step_rated_and_closed(noor: Client, cast: Cast) -> None:
    words = {"words": "Ik wil mijn post snappen.", "domain": "finances", "steps": "Post sorteren\n\nSamen lezen"}
    noor.post(url("set_goal", cast.samira), words)
    goal = Goal.objects.get()
    assert [step.words for step in goal.steps.all()] == ["Post sorteren", "Samen lezen"]
    noor.post(url("tick_step", goal.steps.first()))
    goal.refresh_from_db()
    assert (goal.state, goal.steps.filter(done_on=today()).count()) == ("busy", 1)
    for value in ("4", "6"):
        noor.post(url("rate_goal", goal), {"rater": "participant", "value": value})
    assert GoalRating.objects.get().value == 6
    noor.post(url("close_goal", goal), {"state": "reached"})
    goal.refresh_from_db()
    assert (goal.state, goal.closed_on) == ("reached", today())
    assert "Ik wil mijn post snappen." in noor.get(url("goals", cast.samira)).content.decode()
    assert noor.post(url("close_goal", goal), {"state": "let_go"}).context["form"].non_field_errors()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"words": ""}, "words"), ({"target_on": "2020-01-01"}, "target_on"), ({"steps": "stap\n" * 9}, "steps")],
)
def test_a_goal_that_cannot_be_is_refused(noor: Client, cast: Cast, wrong: dict[str, Any], field: str) -> None:
    response = noor.post(url("set_goal", cast.samira), {"words": "Ik wil.", **wrong})
    assert response.context["form"].errors[field]
    assert not Goal.objects.exists()


@pytest.mark.parametrize("value", ["11", "-1", "veel", ""])
def test_a_mark_is_zero_to_ten(noor: Client, cast: Cast, value: str) -> None:
    goal = make.GoalFactory(participant=cast.samira)
    assert noor.post(url("rate_goal", goal), {"rater": "coach", "value": value}).context["form"].errors["value"]


@pytest.mark.parametrize(
    ("instrument", "given", "stored"),
    [
        ("ladder", {"part_step": "3"}, {"step": 3}),
        ("djg6", {"part_1": "2", "part_4": "0"}, {"1": 2, "4": 0}),
        ("who5", {"part_1": "0", "part_5": "5"}, {"1": 0, "5": 5}),
        ("zrm2017", {"part_finances": "1"}, {"finances": 1}),
    ],
)
def test_somebody_is_measured(
    noor: Client, cast: Cast, instrument: str, given: dict[str, str], stored: dict[str, int]
) -> None:
    address = f"{url('record_assessment', cast.samira)}?instrument={instrument}"
    assert noor.get(address).context["form"].scale.slug == instrument
    noor.post(address, {"on": today().isoformat(), "moment": "interim", **given})
    assessment = Assessment.objects.get()
    assert {score.dimension: score.value for score in assessment.scores.all()} == stored
    assert (assessment.trajectory, assessment.recorded_by) == (cast.trajectory, cast.noor)
    assert noor.get(url("measurements", cast.samira)).context["tables"][0]["lines"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"part_step": ""}, None),
        ({"part_step": "7"}, "part_step"),
        ({"on": "2030-01-01"}, "on"),
        ({"on": "2019-01-01"}, "on"),
        ({"moment": "ooit"}, "moment"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(noor: Client, cast: Cast, wrong: dict[str, str], field: str) -> None:
    given = {"on": today().isoformat(), "moment": "interim", "part_step": "3", **wrong}
    response = noor.post(url("record_assessment", cast.samira), given)
    assert response.context["form"].errors[field or "__all__"]
    assert not Assessment.objects.exists()


def test_one_measurement_with_a_list_on_a_day(noor: Client, cast: Cast) -> None:
    given = {"on": today().isoformat(), "moment": "interim", "part_step": "3"}
    noor.post(url("record_assessment", cast.samira), given)
    assert noor.post(url("record_assessment", cast.samira), given).context["form"].errors["on"]


def test_loneliness_shows_its_class(noor: Client, cast: Cast) -> None:
    make.measure(cast.samira, "djg6", days_ago(3), {"1": 2, "2": 2, "3": 2, "4": 0, "5": 0, "6": 0})
    lines = dict(noor.get(url("measurements", cast.samira)).context["tables"][0]["lines"])
    assert any("6 (" in cell for cells in lines.values() for cell in cells)


def test_the_details_show_how_somebody_came(noor: Client, cast: Cast) -> None:
    make.ReferralFactory(participant=cast.samira, programme=cast.programme, question="Weer onder de mensen zijn.")
    text = noor.get(url("data", cast.samira)).content.decode()
    assert "Weer onder de mensen zijn." in text


def details(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "given_names": "Samira", "prefix": "el", "surname": "Amrani", "birth": "5-1985", "language": "Arabisch",
        "language_level": "A2", "home_municipality": str(cast.municipality.pk), "version": "1", **more,
    }  # fmt: skip


def test_details_are_changed_and_the_name_is_found_again(noor: Client, cast: Cast) -> None:
    noor.post(url("edit_participant", cast.samira), details(cast, surname="Çelik"))
    person = Participant.objects.get(pk=cast.samira.pk)
    assert (person.surname, person.birth_day, person.language_level, person.version) == ("Çelik", None, "A2", 2)
    assert [row["name"] for row in noor.get("/deelnemers/?q=celik").context["rows"]] == ["Samira el Çelik"]


def test_details_that_somebody_else_changed_are_not_overwritten(noor: Client, cast: Cast) -> None:
    noor.post(url("edit_participant", cast.samira), details(cast, surname="Een"))
    response = noor.post(url("edit_participant", cast.samira), details(cast, surname="Twee"))
    assert response.context["form"].non_field_errors()
    assert Participant.objects.get(pk=cast.samira.pk).surname == "Een"


def test_what_to_mind_stands_above_the_file_and_goes_away(noor: Client, cast: Cast) -> None:
    noor.post(url("set_attention", cast.samira), {"text": "Bel vóór negen uur."})
    person = Participant.objects.get(pk=cast.samira.pk)
    assert (person.attention, person.attention_by, person.attention_on) == ("Bel vóór negen uur.", cast.noor, today())
    noor.post(url("set_attention", cast.samira), {"text": ""})
    assert Participant.objects.get(pk=cast.samira.pk).attention == ""


def test_somebody_around_a_person_is_noted_and_removed(noor: Client, cast: Cast) -> None:
    noor.post(url("add_contact", cast.samira), {"role": "Zus", "name": "Laila", "email": "laila@voorbeeld.test"})
    contact = NetworkContact.objects.get()
    assert "Laila" in noor.get(url("data", cast.samira)).content.decode()
    noor.post(url("remove_contact", contact))
    assert not NetworkContact.objects.exists()
    assert noor.post(url("add_contact", cast.samira), {"role": "Zus", "email": "geen"}).context["form"].errors


def test_a_manager_edits_details_and_sets_no_goals(cast: Cast, sign_in: SignIn) -> None:
    ineke = sign_in(cast.ineke)
    assert ineke.get(url("edit_participant", cast.samira)).status_code == 200
    goal = make.GoalFactory(participant=cast.samira)
    for name, row in (("set_goal", cast.samira), ("rate_goal", goal), ("record_assessment", cast.samira)):
        assert ineke.get(url(name, row)).status_code == 403


def test_what_is_not_theirs_is_not_there(noor: Client, cast: Cast) -> None:
    for person in (cast.rosa, cast.vera):
        goal = make.GoalFactory(participant=person)
        contact = NetworkContact.objects.create(provider=person.provider, participant=person, name="X", role="Y")
        for name in ("edit_participant", "set_attention", "add_contact", "record_assessment", "plan_appointment"):
            assert noor.post(url(name, person), {}).status_code == 404
        for name in ("rate_goal", "close_goal"):
            assert noor.post(url(name, goal), {"state": "reached"}).status_code == 404
        assert noor.post(url("remove_contact", contact)).status_code == 404
        contact.refresh_from_db()
