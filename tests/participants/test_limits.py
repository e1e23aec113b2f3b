"""T27. Who opens very many files in a short time waits, and the privacy officer hears of it; others go on."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from time_machine import Traveller

from foundation.clock import now
from foundation.models import OutgoingMail, ReadEvent
from organisations.models import StaffMember
from participants.law.reviewing import BY_KEY, events_in, recent
from participants.models import Participant
from tests import factories as make
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

FILES = 200 if os.environ.get("DRAAD_LONG") else 12


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def files(cast: Cast) -> list[Participant]:
    """As many files of the unit as somebody tries to open."""
    return [make.TrajectoryFactory(**_of(cast)).participant for _number in range(FILES)]


def _of(cast: Cast) -> dict[str, Any]:
    person = make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality)
    return {"participant": person, "programme": cast.programme, "agreement": cast.agreement, "coach": cast.noor}


@pytest.fixture(autouse=True)
def low(settings: Settings) -> Iterator[None]:
    """In short a tenth is as good."""
    if FILES < 200:
        settings.FILES_A_MINUTE, settings.FILES_AN_HOUR = 5, 8
        settings.TAKEN_A_MINUTE, settings.TAKEN_AN_HOUR = 3, 100
    yield


def signed_in(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member)
    return client


def file_of(person: Participant) -> str:
    return reverse("guidance:person", args=[person.pk])


def test_who_opens_very_many_files_waits_and_others_do_not(
    cast: Cast, files: list[Participant], settings: Settings, clock: Traveller
) -> None:
    noor, bo = signed_in(cast.noor), signed_in(cast.bo)
    answers = [noor.get(file_of(person)) for person in files]
    most = settings.FILES_A_MINUTE
    assert [answer.status_code for answer in answers] == [200] * most + [429] * (FILES - most)
    refused = answers[-1]
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert files[-1].surname not in refused.content.decode()
    assert noor.get(file_of(files[0])).status_code == 200, "what is open stays open"
    assert bo.get(file_of(files[-1])).status_code == 200, "a colleague goes on"
    clock.shift(timedelta(seconds=int(refused.headers["Retry-After"]) + 1))
    assert noor.get(file_of(files[-1])).status_code == 200


def test_it_stands_in_the_log_and_the_privacy_officer_gets_one_message(
    cast: Cast, files: list[Participant], settings: Settings
) -> None:
    noor = signed_in(cast.noor)
    for person in files[: settings.FILES_A_MINUTE + 3]:
        noor.get(file_of(person))
    refused = ReadEvent.objects.filter(what="too_many_files", outcome="denied")
    assert {row.staff_member_id for row in refused} == {cast.noor.pk}
    assert refused.count() == 3
    seen = BY_KEY["too_much"].narrow(events_in({cast.provider.pk}, recent(now().date())))
    assert seen.count() == 3
    mail = OutgoingMail.objects.get()
    assert mail.to == cast.piet.email
    assert "Noor" not in mail.body
    assert reverse("participants:log_signal", args=["too_much"]) in mail.body


def test_an_ordinary_monday_with_forty_files_in_an_hour_is_never_stopped(
    cast: Cast, settings: Settings, clock: Traveller
) -> None:
    settings.FILES_A_MINUTE, settings.FILES_AN_HOUR = 30, 200
    ineke = signed_in(cast.ineke)
    for _number in range(4):
        assert ineke.get(file_of(make.TrajectoryFactory(**_of(cast)).participant)).status_code == 200
        clock.shift(timedelta(seconds=90))


def test_more_than_an_hour_takes_waits_until_the_first_is_an_hour_ago(
    cast: Cast, files: list[Participant], settings: Settings, clock: Traveller
) -> None:
    settings.FILES_AN_HOUR = 4
    noor = signed_in(cast.noor)
    for person in files[:4]:
        assert noor.get(file_of(person)).status_code == 200
        clock.shift(timedelta(minutes=2))
    refused = noor.get(file_of(files[4]))
    assert refused.status_code == 429
    assert 51 * 60 < int(refused.headers["Retry-After"]) <= 52 * 60


def test_who_takes_very_much_along_waits(cast: Cast, settings: Settings) -> None:
    ineke = signed_in(cast.ineke)
    page = reverse("reporting:export_waiting", args=["csv"])
    make.ReferralFactory(participant=cast.samira, programme=cast.programme)
    most = settings.TAKEN_A_MINUTE
    answers = [ineke.get(page).status_code for _number in range(most + 2)]
    taken = ReadEvent.objects.filter(action="export").count()
    assert (taken, answers) == (most, [200] * most + [429, 429])


def test_looking_whether_it_is_too_much_is_no_question_more(cast: Cast, settings: Settings) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    noor = signed_in(cast.noor)
    asked = []
    for limit in (0, 30):
        settings.FILES_A_MINUTE = settings.FILES_AN_HOUR = limit
        noor.get(file_of(cast.samira))
        with CaptureQueriesContext(connection) as captured:
            noor.get(file_of(cast.samira))
        asked.append(len(captured))
    assert asked[0] == asked[1]
