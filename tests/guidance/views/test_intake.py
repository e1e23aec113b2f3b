"""Signing somebody up, and a new trajectory for who is there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from organisations.models import StaffMember
from participants.models import Participant
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago
from trajectories.models import Decision, Referral, Trajectory

SignIn = Callable[[StaffMember], Client]
NEW = "/deelnemers/nieuw/"


def offer(cast: Cast) -> str:
    return f"{cast.programme.pk}.{cast.agreement.pk}"


def answers(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "given_names": "Fatma",
        "prefix": "van",
        "surname": "Dijk",
        "birth": "17-5-1985",
        "home_municipality": str(cast.municipality.pk),
        "offer": offer(cast),
        "place": "plan",
        "starts_on": today().isoformat(),
        "coach": str(cast.noor.pk),
        "referred_on": days_ago(3).isoformat(),
        "referrer": "Omar, gemeente",
        "question": "Weer onder de mensen komen.",
        **more,
    }


def test_somebody_new_gets_a_file_a_referral_and_a_running_trajectory(noor: Client, cast: Cast) -> None:
    response = noor.post(NEW, answers(cast))
    person = Participant.objects.get(surname="Dijk")
    assert response.headers["Location"] == reverse("guidance:person", args=[person.pk])
    assert (person.full_name, person.birth_year, person.birth_month, person.birth_day) == (
        "Fatma van Dijk",
        1985,
        5,
        17,
    )
    referral = Referral.objects.get()
    assert (referral.decision, referral.question) == (Decision.PLACED, "Weer onder de mensen komen.")
    trajectory = Trajectory.objects.get(participant=person)
    assert (trajectory.state, trajectory.coach, trajectory.referral) == ("running", cast.noor, referral)
    assert noor.get(reverse("guidance:person", args=[person.pk])).status_code == 200


def test_without_a_place_somebody_waits(noor: Client, cast: Cast) -> None:
    noor.post(NEW, answers(cast, place="waiting", starts_on=""))
    referral = Referral.objects.get()
    assert referral.decision == Decision.NEW
    assert not Trajectory.objects.filter(participant=referral.participant).exists()
    url = reverse("guidance:new_trajectory", args=[referral.participant_id])
    noor.post(url, {"offer": offer(cast), "starts_on": today().isoformat()})
    referral.refresh_from_db()
    assert referral.decision == Decision.PLACED
    assert Trajectory.objects.get(participant=referral.participant).referral == referral


@pytest.mark.parametrize(
    ("birth", "parts"), [("1985", (1985, None, None)), ("5-1985", (1985, 5, None)), ("", (None, None, None))]
)
def test_a_date_of_birth_may_be_partly_unknown(noor: Client, cast: Cast, birth: str, parts: tuple[Any, ...]) -> None:
    noor.post(NEW, answers(cast, birth=birth))
    person = Participant.objects.get(surname="Dijk")
    assert (person.birth_year, person.birth_month, person.birth_day) == parts


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"surname": ""}, "surname"),
        ({"birth": "31-2-1985"}, "birth"),
        ({"birth": "2030"}, "birth"),
        ({"birth": "ooit"}, "birth"),
        ({"home_municipality": ""}, "home_municipality"),
        ({"offer": ""}, "offer"),
        ({"offer": "1.2"}, "offer"),
        ({"starts_on": ""}, "starts_on"),
        ({"referred_on": "2030-01-01"}, "referred_on"),
        ({"starts_on": "2001-01-01"}, "starts_on"),
        ({"planned_end_on": "2001-01-01"}, "planned_end_on"),
    ],
)
def test_bad_input_says_so_keeps_the_answers_and_writes_nothing_half(
    noor: Client, cast: Cast, wrong: dict[str, Any], field: str
) -> None:
    response = noor.post(NEW, answers(cast, **wrong))
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert response.context["form"]["question"].value() == "Weer onder de mensen komen."
    assert not Participant.objects.filter(given_names="Fatma").exists()
    assert not Referral.objects.exists()


def test_a_number_in_use_is_refused(noor: Client, cast: Cast) -> None:
    response = noor.post(NEW, answers(cast, reference="AE-2041"))
    assert response.context["form"].errors["reference"]
    assert not Participant.objects.filter(given_names="Fatma").exists()


def test_a_file_that_looks_the_same_is_shown_first(noor: Client, cast: Cast) -> None:
    make.ParticipantFactory(
        provider=cast.provider, given_names="Fatima", prefix="van", surname="Dijk", unit=cast.unit,
        home_municipality=cast.municipality, birth_year=1985,
    )  # fmt: skip
    response = noor.post(NEW, answers(cast))
    assert "Fatima van Dijk" in response.content.decode()
    assert not Participant.objects.filter(given_names="Fatma").exists()
    noor.post(NEW, {**dict(response.context["answers"]), "confirmed": "yes"})
    assert Participant.objects.filter(given_names="Fatma").exists()


def test_of_another_team_only_that_there_is_a_file_is_said(noor: Client, cast: Cast) -> None:
    response = noor.post(NEW, answers(cast, given_names="Rosa", prefix="", surname="lammers", birth="1985"))
    text = response.content.decode()
    assert response.context["elsewhere"] == 1
    assert "Rosa Lammers" not in text
    response = noor.post(NEW, answers(cast, given_names="Vera", prefix="", surname="Vreemd", birth="1985"))
    assert response.status_code == 302, "another provider's file is nobody's business"


def test_only_programmes_of_ones_own_unit_are_offered(noor: Client, cast: Cast, sign_in: SignIn) -> None:
    shown = noor.get(NEW).context["form"].fields["offer"].choices
    assert [key for key, _label in shown if key] == [offer(cast), f"{cast.programme.pk}.{cast.other_agreement.pk}"]
    other = cast.other_unit_trajectory
    wrong = f"{other.programme_id}.{other.agreement_id}"
    assert noor.post(NEW, answers(cast, offer=wrong)).context["form"].errors["offer"]
    assert sign_in(cast.omar).get(NEW).status_code == 403


def test_a_manager_signs_somebody_up_too(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.ineke).post(NEW, answers(cast)).status_code == 302
    assert Trajectory.objects.filter(participant__surname="Dijk").exists()


def test_a_planned_trajectory_waits_for_its_day(noor: Client, cast: Cast) -> None:
    url = reverse("guidance:new_trajectory", args=[cast.samira.pk])
    noor.post(url, {"offer": offer(cast), "starts_on": days_ago(-7).isoformat(), "coach": str(cast.noor.pk)})
    assert Trajectory.objects.get(participant=cast.samira, state="planned").started_on == days_ago(-7)
    for person in (cast.rosa, cast.vera):
        assert noor.get(reverse("guidance:new_trajectory", args=[person.pk])).status_code == 404
