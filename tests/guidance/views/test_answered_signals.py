"""What was answered on the worklist, on the page of the day: it does not come back, and what was passed on is there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.models import ReadEvent
from reporting.models import SignalAnswer
from reporting.signals.actions import answer_signal, pass_on_signal, reopen_signal
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago
from trajectories.models import Trajectory

TODAY = "/vandaag/"
GOAL, SESSION, CONTACT = "past_goal_date", "session_not_filled_in", "no_contact_4_weeks"


@pytest.fixture(autouse=True)
def seen_lately(cast: Cast) -> None:
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(3))


def about(check: str, record: Any) -> dict[str, Any]:
    return {"check": check, "record_id": record.pk, "participant": record.participant}


def due(client: Client) -> list[tuple[str, str]]:
    return [(signal.person.pk, signal.url) for signal in client.get(TODAY).context["signals"]]


def test_what_is_right_as_it_is_stays_away_until_it_goes_wrong_again(noor: Client, cast: Cast) -> None:
    Trajectory.objects.filter(pk=cast.trajectory.pk).update(planned_end_on=days_ago(10))
    assert len(due(noor)) == 1
    answer_signal(by=cast.noor, reason="Wacht op de gemeente.", **about(GOAL, cast.trajectory))
    assert due(noor) == []
    SignalAnswer.objects.update(answered_at="2026-03-08T12:00:00Z")
    Trajectory.objects.filter(pk=cast.trajectory.pk).update(planned_end_on=days_ago(2))  # extended, and gone by again
    assert len(due(noor)) == 1


def test_a_session_that_is_right_as_it_is_waits_no_longer(noor: Client, cast: Cast) -> None:
    session = make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(4), attendance="")
    assert len(noor.get(TODAY).context["waiting"]) == 1
    answer_signal(by=cast.noor, reason="Dubbel gepland.", **about(SESSION, session))
    assert noor.get(TODAY).context["waiting"] == []
    reopen_signal(by=cast.noor, **about(SESSION, session))
    assert len(noor.get(TODAY).context["waiting"]) == 1


def test_what_was_passed_on_stands_first_with_who_asks_what_until_it_is_mended(noor: Client, cast: Cast) -> None:
    theirs = make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, coach=cast.bo)
    session = make.SessionFactory(trajectory=theirs, held_on=days_ago(5), attendance="")
    pass_on_signal(by=cast.ineke, coach=cast.noor, reason="Weet jij of hij kwam?", **about(SESSION, session))
    page = noor.get(TODAY)
    [signal] = page.context["signals"]
    assert signal.person == theirs.participant
    assert signal.url.startswith(reverse("guidance:edit_session", args=[session.pk]))
    assert "Ineke Vos" in signal.note
    assert "Weet jij of hij kwam?" in page.content.decode()
    assert theirs.participant_id in ReadEvent.objects.filter(what="guidance:today").latest("pk").participant_ids
    session.attendance = "attended"
    session.save()
    assert due(noor) == []


def test_what_was_passed_on_to_a_colleague_leaves_the_own_list(noor: Client, cast: Cast) -> None:
    Trajectory.objects.filter(pk=cast.trajectory.pk).update(planned_end_on=days_ago(10))
    pass_on_signal(by=cast.noor, coach=cast.bo, **about(GOAL, cast.trajectory))
    assert due(noor) == []
    bo = Client()
    bo.force_login(cast.bo)
    assert [person for person, _url in due(bo)] == [cast.samira.pk]


def test_the_own_signal_that_comes_back_with_a_question_stands_there_once(noor: Client, cast: Cast) -> None:
    Trajectory.objects.filter(pk=cast.trajectory.pk).update(planned_end_on=days_ago(10))
    pass_on_signal(by=cast.ineke, coach=cast.noor, reason="Verlengen?", **about(GOAL, cast.trajectory))
    [signal] = noor.get(TODAY).context["signals"]
    assert "Verlengen?" in signal.note


def test_what_was_passed_on_of_a_unit_one_left_is_not_shown(cast: Cast) -> None:
    Trajectory.objects.filter(pk=cast.trajectory.pk).update(planned_end_on=days_ago(10))
    pass_on_signal(by=cast.ineke, coach=cast.bo, **about(GOAL, cast.trajectory))
    cast.bo.memberships.update(unit=cast.other_unit)
    bo = Client()
    bo.force_login(cast.bo)
    assert due(bo) == []
