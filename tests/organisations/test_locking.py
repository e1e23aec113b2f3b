"""Who guesses at the door waits: for minutes, for one account from one place, and learns nothing from it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from tests.conftest import NOW
from tests.factories import PASSWORD, StaffMemberFactory

pytestmark = pytest.mark.django_db
OFFICE, HOME = "203.0.113.7", "198.51.100.9"


def knock(email: str, password: str, place: str = OFFICE) -> HttpResponse:
    form = {"username": email, "password": password}
    return Client(REMOTE_ADDR=place).post(reverse("login"), form)  # type: ignore[return-value]


def guess(*emails: str) -> HttpResponse:
    """Until the door stays shut."""
    answers = [knock(email, "verkeerd-geraden") for email in emails * settings.AXES_FAILURE_LIMIT]
    return answers[settings.AXES_FAILURE_LIMIT - 1]


def test_who_guesses_waits_a_quarter_of_an_hour_even_with_the_right_password(clock: Traveller) -> None:
    StaffMemberFactory(email="noor@voorbeeld.test")
    assert guess("noor@voorbeeld.test", "Noor@Voorbeeld.test ").status_code == 429
    shut = knock("noor@voorbeeld.test", PASSWORD)
    assert (shut.status_code, "15" in shut.content.decode()) == (429, True)
    assert knock("noor@voorbeeld.test", PASSWORD, HOME).status_code == 302
    clock.move_to(NOW + timedelta(minutes=16))
    assert knock("noor@voorbeeld.test", PASSWORD).status_code == 302


def test_the_door_says_the_same_about_an_address_without_an_account() -> None:
    StaffMemberFactory(email="noor@voorbeeld.test")
    there, not_there = guess("noor@voorbeeld.test"), guess("niemand@voorbeeld.test")
    assert there.status_code == not_there.status_code == 429
    assert there.content == not_there.content


def test_a_header_that_a_visitor_sends_gives_no_more_guesses() -> None:
    form = {"username": "noor@voorbeeld.test", "password": "verkeerd-geraden"}
    answers = [
        Client(REMOTE_ADDR=OFFICE, headers={"x-forwarded-for": f"10.0.0.{n}", "user-agent": f"{n}"}).post(
            reverse("login"), form
        )
        for n in range(settings.AXES_FAILURE_LIMIT)
    ]
    assert answers[-1].status_code == 429
