"""Of a file that nobody may change now, no page offers a change: each link and each button leads somewhere."""

import re
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse

from guidance.models import GoalStep
from guidance.screens.file import PARTS
from participants.law import requesting, shielding
from participants.models import NetworkContact
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.fuzzing.pages import forms_of
from tests.test_sweep import undone

pytestmark = pytest.mark.django_db


class Way(NamedTuple):
    """A link or a form on a page of the file, and whether something is behind it."""

    address: str
    method: str
    opens: bool


@pytest.fixture
def cast() -> Cast:
    """Samira has everything that a page offers to change: an appointment, a goal with steps, a contact, a provision."""
    made = make_cast()
    make.SessionFactory(trajectory=made.trajectory, attendance="", held_on=make.days_ago(-3))
    make.SessionFactory(trajectory=made.trajectory, held_on=make.days_ago(10))
    of_person = {"provider": made.provider, "participant": made.samira}
    goal = make.GoalFactory(participant=made.samira)
    GoalStep.objects.create(**of_person, goal=goal, words="De wekker zetten")
    NetworkContact.objects.create(**of_person, name="Tineke Prins", role="Werkbegeleider")
    make.ProvisionFactory(trajectory=made.trajectory)
    return made


def ways_of(cast: Cast, member: Any) -> list[Way]:
    """Every link and form within the pages of Samira's file, as ``member`` sees them."""
    client = Client()
    client.force_login(member)
    pages = [reverse(f"guidance:{part}", args=[cast.samira.pk]) for part in PARTS]
    pages += [reverse("trajectories:provisions", args=[cast.samira.pk])]
    pages += [reverse("guidance:session", args=[row.pk]) for row in cast.samira.sessions.all()]
    found = set()
    for page in pages:
        main = client.get(page).content.decode().split("<main")[1].split("</main")[0]
        found |= {("get", unescape(one)) for one in re.findall(r'href="(/[^"]*)"', main)}
        found |= {("post", urljoin(page, form.action)) for form in forms_of(main) if form.method == "post"}
    ways = []
    for method, address in sorted(found):
        with undone():
            answer = client.get(address) if method == "get" else client.post(address)
        ways.append(Way(address, method, answer.status_code not in {403, 404}))
    return ways


def test_a_coach_of_a_restricted_file_finds_no_button_that_leads_nowhere(cast: Cast) -> None:
    before = ways_of(cast, cast.noor)
    requesting.restrict(by=cast.piet, participant=cast.samira, ground="accuracy", reason="Klopt niet.")
    restricted = ways_of(cast, cast.noor)
    assert [way for way in [*before, *restricted] if not way.opens] == []
    assert {way.method for way in before} == {"get", "post"} and {way.method for way in restricted} == {"get"}
    assert len(restricted) < len(before) / 2


def test_who_opened_a_shielded_file_in_an_emergency_finds_none_either(cast: Cast) -> None:
    shielding.shield_file(
        by=cast.piet, participant=cast.samira, kind="staff", reason="Werkte hier.", readers=[cast.noor]
    )
    shielding.open_in_emergency(
        by=cast.bo, reference=cast.samira.reference, reason="Ligt in het ziekenhuis, familie belt."
    )
    opened = ways_of(cast, cast.bo)
    assert [way for way in opened if not way.opens] == []
    assert {way.method for way in opened} == {"get"}
