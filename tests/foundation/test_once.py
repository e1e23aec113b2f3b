"""A form that is sent twice, or five times at one moment, does once what it asks."""

import os
import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from foundation.clock import now
from foundation.models import SentForm
from foundation.tasks import forget_runs
from organisations.models import StaffMember
from participants.models import NetworkContact
from tests.cast import Cast, make_cast
from tests.conftest import NOW

OFTEN = 100 if os.environ.get("DRAAD_LONG") else 6
AT_ONCE = 5


def address(cast: Cast) -> str:
    return reverse("guidance:add_contact", args=[cast.samira.pk])


def form_on(client: Client, page: str, **answers: str) -> dict[str, str]:
    """The answers, with the token that this page gives out."""
    found = re.search(r'name="once" value="([^"]{22})"', client.get(page).content.decode())
    assert found
    return {"name": "Tineke Prins", "role": "Werkbegeleider", "once": found[1], **answers}


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[StaffMember], Client]:
    def enter(member: StaffMember) -> Client:
        client = Client()
        client.force_login(member)
        return client

    return enter


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def noor(cast: Cast, signed_in: Callable[[StaffMember], Client]) -> Client:
    return signed_in(cast.noor)


def test_sent_twice_it_stands_once_and_leads_to_the_same_page(noor: Client, cast: Cast) -> None:
    sent = form_on(noor, address(cast))
    first, second = (noor.post(address(cast), sent) for _time in range(2))
    assert NetworkContact.objects.count() == 1
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])


def test_two_tabs_and_other_answers_under_one_token_are_two_forms(noor: Client, cast: Cast) -> None:
    one, other = form_on(noor, address(cast)), form_on(noor, address(cast))
    assert one["once"] != other["once"]
    for sent in (one, other, {**one, "name": "Tineke Prins-de Boer"}):
        noor.post(address(cast), sent)
    assert NetworkContact.objects.count() == 3


def test_a_refused_form_may_be_sent_again(noor: Client, cast: Cast) -> None:
    sent = form_on(noor, address(cast), name="")
    for _time in range(2):
        assert noor.post(address(cast), sent).status_code == 200
    noor.post(address(cast), {**sent, "name": "Tineke Prins"})
    assert NetworkContact.objects.count() == 1


def test_a_token_holds_nobody_else_back(noor: Client, cast: Cast, signed_in: Callable[[StaffMember], Client]) -> None:
    sent = form_on(noor, address(cast))
    for client in (noor, signed_in(cast.bo)):
        client.post(address(cast), sent)
    assert NetworkContact.objects.count() == 2


def test_signing_in_again_meanwhile_makes_it_no_other_form(noor: Client, cast: Cast) -> None:
    sent = form_on(noor, address(cast))
    for csrf in ("before", "after"):
        noor.post(address(cast), {**sent, "csrfmiddlewaretoken": csrf})
    assert NetworkContact.objects.count() == 1


def test_what_was_sent_is_forgotten_after_two_days(noor: Client, cast: Cast, clock: Traveller) -> None:
    noor.post(address(cast), form_on(noor, address(cast)))
    SentForm.objects.update(sent_at=now())  # the database's own clock does not stand still
    clock.move_to(NOW + timedelta(days=1))
    forget_runs()
    assert SentForm.objects.exists()
    clock.move_to(NOW + timedelta(days=2, hours=1))
    forget_runs()
    assert not SentForm.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_five_at_one_moment_are_one(signed_in: Callable[[StaffMember], Client], cast: Cast) -> None:
    client = signed_in(cast.noor)
    page = address(cast)
    forms = [form_on(client, page, name=f"Tineke {number}") for number in range(OFTEN)]
    gate = threading.Barrier(AT_ONCE)
    answers: list[tuple[int, str]] = []

    def press() -> None:
        from django.db import connection

        mine = signed_in_again(client)
        try:
            for sent in forms:
                gate.wait(60)
                answer = mine.post(page, sent)
                answers.append((answer.status_code, answer.headers.get("Location", "")))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert len(answers) == OFTEN * AT_ONCE
    assert {status for status, _where in answers} == {302}
    assert len({where for _status, where in answers}) == 1
    assert NetworkContact.objects.count() == OFTEN


def signed_in_again(client: Client) -> Client:
    """Another connection of the same browser."""
    made = Client()
    made.cookies = client.cookies
    return made
