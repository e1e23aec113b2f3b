"""Today's list: who comes, one tap for attendance, what waits, what is due."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from foundation.models import ReadEvent
from guidance.models import ActionPoint, Session
from guidance.screens.today import working_days
from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago
from trajectories.models import EventKind

SignIn = Callable[[StaffMember], Client]
TODAY = "/vandaag/"


@pytest.fixture
def appointment(cast: Cast) -> Session:
    made: Session = make.SessionFactory(
        trajectory=cast.trajectory, held_on=today(), starts_at=time(11), attendance="", note="", plan=""
    )
    return made


def tap(client: Client, session: Session, attendance: str) -> Any:
    url = reverse("guidance:record_attendance", args=[session.pk])
    return client.post(url, {"attendance": attendance}, follow=True)


def texts(response: Any) -> list[str]:
    return [signal.text for signal in response.context["signals"]]


def test_it_greets_by_first_name_and_shows_the_day(noor: Client, appointment: Session) -> None:
    make.SessionFactory(trajectory=appointment.trajectory, plan="Samen de brief lezen.")
    response = noor.get(TODAY)
    text = response.content.decode()
    assert "Noor" in response.context["greeting"]
    assert "Samira el Amrani" in text
    assert "Samen de brief lezen." in text
    assert [("now" in row) for row in response.context["rows"]] == [True, False], (
        "it is ten o'clock, she comes at eleven"
    )


def test_one_tap_records_attendance_and_can_be_undone(noor: Client, appointment: Session) -> None:
    response = tap(noor, appointment, "absent_notice")
    appointment.refresh_from_db()
    assert appointment.attendance == "absent_notice"
    undo = reverse("guidance:undo_attendance", args=[appointment.pk])
    assert undo in response.content.decode()
    noor.post(undo)
    appointment.refresh_from_db()
    assert appointment.attendance == ""


def test_with_a_report_the_tap_is_not_undone(noor: Client, appointment: Session) -> None:
    tap(noor, appointment, "attended")
    session = Session.objects.get()
    session.note = "Verslag."
    session.save()
    noor.post(reverse("guidance:undo_attendance", args=[appointment.pk]))
    assert Session.objects.get().attendance == "attended"


@pytest.mark.parametrize("attendance", ["", "misschien"])
def test_a_tap_that_means_nothing_changes_nothing(noor: Client, appointment: Session, attendance: str) -> None:
    response = tap(noor, appointment, attendance)
    assert 'role="alert"' in response.content.decode()
    assert Session.objects.get().attendance == ""


def test_of_a_day_to_come_nobody_knows_who_came(noor: Client, appointment: Session) -> None:
    Session.objects.update(held_on=days_ago(-1))
    tap(noor, appointment, "attended")
    assert Session.objects.get().attendance == ""


def test_another_day_is_one_step_away_and_nonsense_is_today(noor: Client, appointment: Session) -> None:
    Session.objects.update(held_on=days_ago(1))
    assert not noor.get(TODAY).context["rows"]
    assert len(noor.get(f"{TODAY}?day={days_ago(1).isoformat()}").context["rows"]) == 1
    for nonsense in ("gisteren", "2026-02-31", "9999999999"):
        assert noor.get(TODAY, {"day": nonsense}).context["day"] == today()


def test_what_was_not_filled_in_waits_with_its_working_days(noor: Client, cast: Cast) -> None:
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(4), attendance="")
    waiting = noor.get(TODAY).context["waiting"]
    assert [row["person"] for row in waiting] == [cast.samira]
    assert "2" in waiting[0]["late"], "from Friday to Tuesday are two working days"
    assert working_days(days_ago(4), today()) == 2


def test_a_colleague_and_others_see_their_own_day_only(cast: Cast, appointment: Session, sign_in: SignIn) -> None:
    for member in (cast.bo, cast.chris, cast.dina):
        assert "Samira" not in sign_in(member).get(TODAY).content.decode()
    for member in (cast.ineke, cast.omar, cast.fenna, cast.piet):
        assert sign_in(member).get(TODAY).status_code == 403


def test_attendance_of_another_unit_or_provider_is_not_there(noor: Client, cast: Cast) -> None:
    for trajectory in (cast.other_unit_trajectory, cast.foreign_trajectory):
        other = make.SessionFactory(trajectory=trajectory, held_on=today(), attendance="")
        assert tap(noor, other, "attended").status_code == 404
        assert noor.post(reverse("guidance:undo_attendance", args=[other.pk])).status_code == 404


def test_nothing_to_do_is_said_in_so_many_words(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.bo).get(TODAY)
    assert 'class="art"' in response.content.decode()


def test_what_is_due_stands_in_the_signals(noor: Client, cast: Cast) -> None:
    programme = make.ProgrammeFactory(unit=cast.unit, trial_weeks=3)
    on_trial = make.TrajectoryFactory(
        programme=programme, agreement=cast.agreement, coach=cast.noor, started_on=days_ago(18)
    )
    make.SessionFactory(trajectory=on_trial, held_on=days_ago(3))
    assert on_trial.state == "trial"
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(29))
    cast.trajectory.planned_end_on = days_ago(1)
    cast.trajectory.save()
    ActionPoint.objects.create(
        provider=cast.provider,
        participant=cast.samira,
        what="Rijbewijs navragen.",
        staff_member=cast.noor,
        due_on=today(),
    )
    found = {(signal.person, signal.url.split("/")[-2]) for signal in noor.get(TODAY).context["signals"]}
    assert (on_trial.participant, "proef") in found
    assert (cast.samira, "afspraak") in found
    assert (cast.samira, str(cast.samira.pk)) in found
    assert "Rijbewijs navragen." in texts(noor.get(TODAY))


def test_a_measurement_is_due_after_half_a_year(noor: Client, cast: Cast) -> None:
    long = make.TrajectoryFactory(
        participant=cast.samira, programme=cast.programme, agreement=cast.agreement, coach=cast.noor,
        started_on=days_ago(400),
    )  # fmt: skip
    make.SessionFactory(trajectory=long, held_on=days_ago(1))
    urls = [signal.url for signal in noor.get(TODAY).context["signals"]]
    measure = reverse("guidance:record_assessment", args=[cast.samira.pk])
    assert measure in urls
    make.measure(cast.samira, "ladder", days_ago(181), {"step": 3})
    assert measure not in [signal.url for signal in noor.get(TODAY).context["signals"]]


def test_a_trial_that_was_not_passed_asks_for_its_end(noor: Client, cast: Cast) -> None:
    programme = make.ProgrammeFactory(unit=cast.unit, trial_weeks=3)
    trial = make.TrajectoryFactory(
        programme=programme, agreement=cast.agreement, coach=cast.noor, started_on=days_ago(5),
        events=[(EventKind.TRIAL_FAILED, days_ago(1))],
    )  # fmt: skip
    urls = [signal.url for signal in noor.get(TODAY).context["signals"]]
    assert reverse("guidance:end_trajectory", args=[trial.pk]) in urls


def test_everybody_on_the_page_is_in_the_read_log(noor: Client, cast: Cast, appointment: Session) -> None:
    noor.get(TODAY)
    assert ReadEvent.objects.get().participant_ids == [cast.samira.pk]
