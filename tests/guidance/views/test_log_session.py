"""Logging a session: one short form, sent once or twice, and nobody else's."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.clock import today
from foundation.models import ReadEvent
from guidance.models import Goal, Session
from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast
from tests.test_queries import NOT_COUNTED

SignIn = Callable[[StaffMember], Client]


def address(trajectory: Any) -> str:
    return reverse("guidance:log_session", args=[trajectory.pk])


def answers(**more: Any) -> dict[str, Any]:
    return {
        "token": str(uuid.uuid4()),
        "held_on": today().isoformat(),
        "starts_at": "09:00",
        "minutes": "45",
        "kind": "individual",
        "place": "Werkplaats",
        "attendance": "attended",
        "note": "Samen de bewindvoerder gebeld.",
        "plan": "Antwoord bespreken.",
        "next_meeting": "none",
        **more,
    }


def test_the_form_is_filled_in_but_for_the_attendance(noor: Client, cast: Cast) -> None:
    form = noor.get(address(cast.trajectory)).context["form"]
    assert form["held_on"].value() == today()
    assert form["minutes"].value() == 45
    assert form["attendance"].value() is None


def test_a_session_is_logged_with_everything_that_was_told(noor: Client, cast: Cast) -> None:
    goal = make.GoalFactory(participant=cast.samira)
    response = noor.post(
        address(cast.trajectory),
        answers(life_domains=["finances", "housing"], goals=[goal.pk], restricted_note="Zorg."),
    )
    assert response.headers["Location"] == reverse("guidance:person", args=[cast.samira.pk])
    logged = Session.objects.get()
    assert (logged.coach, logged.recorded_by, logged.attendance) == (cast.noor, cast.noor, "attended")
    assert (logged.note, logged.plan) == ("Samen de bewindvoerder gebeld.", "Antwoord bespreken.")
    assert logged.restricted_note == "Zorg."
    assert logged.life_domains == ["finances", "housing"]
    assert list(logged.goals.all()) == [goal]


def test_the_plan_of_last_time_stands_beside_the_form(noor: Client, cast: Cast) -> None:
    make.SessionFactory(trajectory=cast.trajectory, plan="Bellen met de bewindvoerder.")
    make.SessionFactory(trajectory=cast.trajectory, held_on=today(), note="", plan="")
    assert "Bellen met de bewindvoerder." in noor.get(address(cast.trajectory)).content.decode()


def test_sent_twice_it_stands_there_once_with_one_next_appointment(noor: Client, cast: Cast) -> None:
    sent = answers(next_meeting=(today() + timedelta(days=7)).isoformat())
    for _ in range(2):
        assert noor.post(address(cast.trajectory), sent).status_code == 302
    assert Session.objects.exclude(attendance="").count() == 1
    planned = Session.objects.get(attendance="")
    assert (planned.held_on, planned.starts_at.isoformat()) == (today() + timedelta(days=7), "09:00:00")  # type: ignore[union-attr]


def test_a_token_of_somebody_elses_session_shows_and_changes_nothing(noor: Client, cast: Cast) -> None:
    other = make.SessionFactory(trajectory=cast.foreign_trajectory, note="Geheim")
    response = noor.post(address(cast.trajectory), answers(token=str(other.pk)))
    assert response.context["form"].non_field_errors()
    assert "Geheim" not in response.content.decode()
    assert Session.objects.get().note == "Geheim"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"attendance": ""}, "attendance"),
        ({"attendance": "misschien"}, "attendance"),
        ({"held_on": "31-2-2026"}, "held_on"),
        ({"held_on": "2030-01-01"}, "held_on"),
        ({"held_on": "2019-01-01"}, "held_on"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "veel"}, "minutes"),
        ({"starts_at": "25:61"}, "starts_at"),
        ({"kind": "dansen"}, "kind"),
        ({"life_domains": ["ufo"]}, "life_domains"),
        ({"note": "x" * 20001}, "note"),
        ({"next_meeting": "other"}, "next_on"),
        ({"next_meeting": "other", "next_on": "2020-01-01"}, "next_on"),
    ],
)
def test_bad_input_says_so_keeps_the_text_and_writes_nothing(
    noor: Client, cast: Cast, wrong: dict[str, Any], field: str
) -> None:
    response = noor.post(address(cast.trajectory), answers(**{"note": "Blijf staan.", **wrong}))
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors[field]
    text = response.content.decode()
    assert text.count("<title>Fout: ") == 1
    assert "note-error" in text
    assert form["note"].value() in {"Blijf staan.", "x" * 20001}
    assert form["plan"].value() == "Antwoord bespreken."
    assert not Session.objects.exists()


def test_a_goal_of_another_person_cannot_be_chosen(noor: Client, cast: Cast) -> None:
    other: Goal = make.GoalFactory(participant=cast.rosa)
    make.GoalFactory(participant=cast.samira)
    response = noor.post(address(cast.trajectory), answers(goals=[str(other.pk)]))
    assert response.context["form"].errors["goals"]
    assert not Session.objects.exists()


def test_after_a_concern_comes_the_page_of_the_relapse(noor: Client, cast: Cast) -> None:
    response = noor.post(address(cast.trajectory), answers(has_relapse="on"))
    assert response.headers["Location"] == reverse("trajectories:relapse", args=[cast.trajectory.pk])


def test_save_and_next_leads_to_the_next_appointment_of_today(noor: Client, cast: Cast) -> None:
    waiting = make.SessionFactory(trajectory=cast.trajectory, held_on=today(), attendance="", note="", plan="")
    response = noor.post(address(cast.trajectory), answers(then="next"))
    assert response.headers["Location"] == reverse("guidance:edit_session", args=[waiting.pk])


def test_another_unit_and_another_provider_do_not_exist_here(noor: Client, cast: Cast) -> None:
    for trajectory in (cast.other_unit_trajectory, cast.foreign_trajectory):
        assert noor.get(address(trajectory)).status_code == 404
        assert noor.post(address(trajectory), answers()).status_code == 404
    assert noor.get(reverse("guidance:log_session", args=[uuid.uuid4()])).status_code == 404
    assert not Session.objects.exists()


def test_a_manager_reads_the_file_but_logs_no_session(cast: Cast, sign_in: SignIn) -> None:
    for member in (cast.ineke, cast.omar, cast.fenna, cast.piet):
        client = sign_in(member)
        assert client.get(address(cast.trajectory)).status_code == 403
        assert client.post(address(cast.trajectory), answers()).status_code == 403
    assert not Session.objects.exists()


def test_a_colleague_logs_too_but_sees_no_restricted_note(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.bo)
    assert "restricted_note" not in client.get(address(cast.trajectory)).context["form"].fields
    client.post(address(cast.trajectory), answers(restricted_note="Toch proberen."))
    assert Session.objects.get().restricted_note == ""


def test_opening_the_form_is_written_in_the_read_log(noor: Client, cast: Cast) -> None:
    noor.get(address(cast.trajectory), REMOTE_ADDR="192.0.2.7")
    event = ReadEvent.objects.get()
    assert (event.staff_member_id, event.participant_ids) == (cast.noor.pk, [cast.samira.pk])
    assert (event.role, event.address, event.provider_id) == ("coach", "192.0.2.7", cast.provider.pk)


def test_for_a_person_the_only_open_trajectory_is_chosen(noor: Client, cast: Cast) -> None:
    url = reverse("guidance:log_session_for", args=[cast.samira.pk])
    assert noor.get(url).headers["Location"] == address(cast.trajectory)
    second = make.TrajectoryFactory(
        participant=cast.samira, programme=cast.programme, agreement=cast.agreement, coach=cast.noor
    )
    text = noor.get(url).content.decode()
    assert address(cast.trajectory) in text
    assert address(second) in text


def test_saving_asks_ten_questions_at_most(noor: Client, cast: Cast) -> None:
    goal = make.GoalFactory(participant=cast.samira)
    with CaptureQueriesContext(connection) as captured:
        assert noor.post(address(cast.trajectory), answers(goals=[goal.pk])).status_code == 302
    asked = [query["sql"] for query in captured if not NOT_COUNTED.match(query["sql"])]
    assert len(asked) <= 10, asked
