"""Ending: every answer on one page, a check of the answers, and only then the end."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from guidance.models import Assessment, ProgrammeInstrument
from guidance.models.attendance import HalfDayAttendance
from participants.models import SupportNeed
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago
from trajectories.models import EventKind, Outcome, Trajectory


@pytest.fixture
def codes(cast: Cast) -> dict[str, Any]:
    return {
        "reason": make.EndReasonFactory(provider=cast.provider, name="Doel gehaald"),
        "destination": make.DestinationFactory(provider=cast.provider, name="Betaald werk"),
    }


def address(trajectory: Any) -> str:
    return reverse("guidance:end_trajectory", args=[trajectory.pk])


def answers(codes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "on": days_ago(1).isoformat(),
        "reason": str(codes["reason"].pk),
        "destination": str(codes["destination"].pk),
        "outcomes": ["paid_work", "buddy"],
        "employer": "Groen BV",
        "hours_per_week": "24,5",
        "contract_form": "regular",
        "employment_starts_on": today().isoformat(),
        "insight": "yes",
        "turned_out": "Rust in geldzaken.",
        "help_followed": "Schuldhulp.",
        "ladder_step": "4",
        "aftercare_until": (today() + timedelta(days=90)).isoformat(),
        "note": "Trots op elkaar.",
        "step": "check",
        **more,
    }


def reload(trajectory: Trajectory) -> Trajectory:
    return Trajectory.objects.get(pk=trajectory.pk)


def test_nothing_is_written_before_the_answers_were_checked(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    response = noor.post(address(cast.trajectory), answers(codes))
    text = response.content.decode()
    for words in ("Doel gehaald", "Groen BV", "Rust in geldzaken."):
        assert words in text
    assert reload(cast.trajectory).state == "running"
    assert not Outcome.objects.exists()
    again = noor.post(address(cast.trajectory), answers(codes, step="edit"))
    assert again.context["form"]["employer"].value() == "Groen BV"


def test_the_end_writes_everything_at_once(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    slot = make.SlotFactory(programme=cast.programme)
    placement = make.PlacementFactory(trajectory=cast.trajectory, slot=slot)
    response = noor.post(address(cast.trajectory), answers(codes, step="end"))
    assert response.headers["Location"] == reverse("guidance:person", args=[cast.samira.pk])
    ended = reload(cast.trajectory)
    assert (ended.state, ended.ended_on, ended.end_reason) == ("ended", days_ago(1), codes["reason"])
    assert ended.aftercare_until == today() + timedelta(days=90)
    job = Outcome.objects.get(kind="paid_work")
    assert (job.employer, str(job.hours_per_week), job.employment_starts_on) == ("Groen BV", "24.50", today())
    assert {outcome.kind for outcome in Outcome.objects.all()} == {"paid_work", "buddy", "help_question_insight"}
    assert SupportNeed.objects.get().insight_on == days_ago(1)
    measured = Assessment.objects.get()
    assert (measured.moment, measured.scores.get().value) == ("exit", 4)
    placement.refresh_from_db()
    assert placement.ends_on == days_ago(1)


def test_without_a_last_measurement_the_reason_is_kept(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    noor.post(address(cast.trajectory), answers(codes, step="end", ladder_step="", skip_reason="Verhuisd.", note=""))
    assert "Verhuisd." in cast.trajectory.events.get(kind=EventKind.ENDED).note
    assert not Assessment.objects.exists()


def test_a_programme_without_the_ladder_does_not_ask_for_it(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    make.measure(cast.rosa, "ladder", days_ago(9), {"step": 2})
    instrument = Assessment.objects.get().version.instrument
    ProgrammeInstrument.objects.create(programme=cast.programme, instrument=instrument, is_used=False)
    noor.post(address(cast.trajectory), answers(codes, step="end", ladder_step=""))
    assert reload(cast.trajectory).state == "ended"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": ""}, "on"),
        ({"on": "2030-01-01", "aftercare_until": ""}, "on"),
        ({"on": "2020-01-01"}, "on"),
        ({"reason": ""}, "reason"),
        ({"destination": ""}, "destination"),
        ({"insight": ""}, "insight"),
        ({"ladder_step": "", "skip_reason": ""}, "ladder_step"),
        ({"ladder_step": "7"}, "ladder_step"),
        ({"hours_per_week": "-3"}, "hours_per_week"),
        ({"aftercare_until": "2020-01-01"}, "aftercare_until"),
        ({"outcomes": ["rijkdom"]}, "outcomes"),
    ],
)
@pytest.mark.parametrize("step", ["check", "end"])
def test_bad_input_says_so_keeps_the_answers_and_writes_nothing(
    noor: Client, cast: Cast, codes: dict[str, Any], wrong: dict[str, Any], field: str, step: str
) -> None:
    response = noor.post(address(cast.trajectory), answers(codes, step=step, **wrong))
    form = response.context["form"]
    assert form.errors[field]
    assert form["turned_out"].value() == "Rust in geldzaken."
    assert reload(cast.trajectory).state == "running"
    assert not Outcome.objects.exists()


def test_codes_of_another_provider_cannot_be_chosen(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    foreign = make.EndReasonFactory(provider=cast.other_provider)
    response = noor.post(address(cast.trajectory), answers(codes, reason=str(foreign.pk)))
    assert response.context["form"].errors["reason"]


def test_nobody_is_present_after_the_last_day(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    HalfDayAttendance.objects.create(
        provider=cast.provider, participant=cast.samira, trajectory=cast.trajectory, dated_on=today(), half_day="am",
        status="present",
    )  # fmt: skip
    response = noor.post(address(cast.trajectory), answers(codes))
    assert response.context["form"].errors["on"]


def test_what_is_over_cannot_be_ended_again(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    noor.post(address(cast.trajectory), answers(codes, step="end"))
    page = noor.get(address(cast.trajectory))
    assert page.context["refusal"]
    assert '<form method="post" novalidate' not in page.content.decode()
    response = noor.post(address(cast.trajectory), answers(codes, step="end"))
    assert response.context["form"].non_field_errors()
    assert Outcome.objects.count() == 3


def test_an_ending_can_be_undone_at_once(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    noor.post(address(cast.trajectory), answers(codes, step="end"))
    event = cast.trajectory.events.get(kind=EventKind.ENDED)
    noor.post(reverse("trajectories:undo", args=[event.pk]))
    reopened = reload(cast.trajectory)
    assert (reopened.state, reopened.ended_on, reopened.end_reason) == ("running", None, None)


def test_another_unit_and_another_provider_do_not_exist_here(noor: Client, cast: Cast, codes: dict[str, Any]) -> None:
    for trajectory in (cast.other_unit_trajectory, cast.foreign_trajectory):
        assert noor.get(address(trajectory)).status_code == 404
        assert noor.post(address(trajectory), answers(codes, step="end")).status_code == 404
        assert reload(trajectory).state == "running"
