"""The list of participants: own, of the team, closed; found by part of a name or with a typing error."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from foundation.models import ReadEvent
from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago
from tests.fuzzing.pages import forms_of
from trajectories.models import EventKind

SignIn = Callable[[StaffMember], Client]
PEOPLE = "/deelnemers/"


def names(client: Client, **query: str) -> list[str]:
    return [row["name"] for row in client.get(PEOPLE, query).context["rows"]]


@pytest.fixture
def others(cast: Cast) -> dict[str, Any]:
    """Ayşe with a colleague, and Jan whose trajectory ended."""
    ayse = make.ParticipantFactory(
        provider=cast.provider, given_names="Ayşe", prefix="", surname="Yıldız", home_municipality=cast.municipality
    )
    jan = make.ParticipantFactory(
        provider=cast.provider, given_names="Jan", prefix="van den", surname="Berg", home_municipality=cast.municipality
    )
    common = {"programme": cast.programme, "agreement": cast.agreement}
    make.TrajectoryFactory(participant=ayse, coach=cast.bo, **common)
    make.TrajectoryFactory(participant=jan, coach=cast.noor, ended_on=days_ago(20), **common)
    return {"ayse": ayse, "jan": jan}


def test_a_coach_begins_with_the_own_people(noor: Client, others: dict[str, Any]) -> None:
    assert names(noor) == ["Samira el Amrani"]
    assert names(noor, tab="team") == ["Samira el Amrani", "Ayşe Yıldız"]
    assert names(noor, tab="closed") == ["Jan van den Berg"]


def test_a_manager_begins_with_the_team(cast: Cast, others: dict[str, Any], sign_in: SignIn) -> None:
    assert names(sign_in(cast.ineke)) == ["Samira el Amrani", "Ayşe Yıldız"]


@pytest.mark.parametrize("text", ["amra", "AMRANI", "samíra", "Samira Amrani", "samria", "ae-2041", "el amrani"])
def test_somebody_is_found_by_part_of_the_name_with_a_typo_or_without_diacritics(noor: Client, text: str) -> None:
    assert names(noor, q=text) == ["Samira el Amrani"]


@pytest.mark.parametrize("text", ["yildiz", "Ayse", "ayşe", "Yildis"])
def test_diacritics_do_not_matter(noor: Client, others: dict[str, Any], text: str) -> None:
    assert names(noor, q=text) == ["Ayşe Yıldız"]


def test_a_search_goes_through_everybody_whom_one_may_see(noor: Client, others: dict[str, Any]) -> None:
    assert names(noor, q="berg") == ["Jan van den Berg"]
    assert names(noor, q="berg", tab="mine") == []
    assert names(noor, q="lammers") == [], "Rosa is guided in another unit"
    assert names(noor, q="vreemd") == [], "Vera is guided elsewhere"


def test_nobody_found_says_what_was_searched_and_what_to_do(noor: Client) -> None:
    text = noor.get(PEOPLE, {"q": "<b>Zyx", "tab": "mine"}).content.decode()
    assert "&lt;b&gt;Zyx" in text
    assert f"{PEOPLE}?sought=" in text, "the same search goes on in the whole team"


def test_a_name_that_is_looked_for_stands_in_no_address(noor: Client, others: dict[str, Any]) -> None:
    """In none that is sent, led to or linked: it would stay in the history of the browser and the log of a proxy."""
    for page in (PEOPLE, "/vandaag/"):
        forms = [form for form in forms_of(noor.get(page).content.decode()) if "q" in form.fields]
        assert {form.method for form in forms} == {"post"}
    asked = {"q": "Berg", "tab": "team", "state": "running"}
    there = noor.post(PEOPLE, asked).headers["Location"]
    assert re.fullmatch(r"/deelnemers/\?state=running&tab=team&sought=[\w-]{40,}", there)
    found = noor.get(there)
    assert "Berg" in found.content.decode()
    addresses = re.findall(r'(?:href|action)="([^"]+)"', found.content.decode())
    assert [address for address in addresses if "berg" in address.lower()] == []
    everybody = found.context["everybody_url"]
    assert [row["name"] for row in noor.get(everybody).context["rows"]] == ["Jan van den Berg"], "the link goes on"
    assert noor.post(PEOPLE, {"q": "Berg"}, follow=True).context["rows"][0]["name"] == "Jan van den Berg"
    assert noor.post(PEOPLE, {"q": " "}).headers["Location"] == PEOPLE + "?tab=mine"


def test_the_address_of_a_search_says_nothing_to_a_colleague(noor: Client, cast: Cast, sign_in: SignIn) -> None:
    there = noor.post(PEOPLE, {"q": "Amrani"}).headers["Location"]
    assert "Amrani" in noor.get(there).content.decode()
    of_colleague = sign_in(cast.bo).get(there)
    assert (of_colleague.status_code, of_colleague.context["ask"].text) == (200, "")


def test_filters_can_be_set_and_removed(noor: Client, cast: Cast, others: dict[str, Any]) -> None:
    relapsed = make.TrajectoryFactory(
        programme=cast.programme, agreement=cast.agreement, coach=cast.noor, events=[(EventKind.RELAPSE, days_ago(3))]
    )
    assert names(noor, state="relapse") == [relapsed.participant.full_name]
    assert names(noor, programme=str(cast.programme.pk), state="running") == ["Samira el Amrani"]
    response = noor.get(PEOPLE, {"state": "relapse", "tab": "mine"})
    assert [found["url"] for found in response.context["filters"]] == ["/deelnemers/?tab=mine"]
    for nonsense in ({"state": "dansend"}, {"programme": "x' or 1=1"}, {"tab": "alle"}, {"page": "zeven"}):
        assert noor.get(PEOPLE, nonsense).status_code == 200


def test_the_row_says_last_contact_and_next_appointment(noor: Client, cast: Cast) -> None:
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(40))
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(30), attendance="absent_notice")
    row = noor.get(PEOPLE).context["rows"][0]
    assert row["is_long_ago"], "an absence is no contact"
    assert row["next_meeting"] == ""
    make.SessionFactory(trajectory=cast.trajectory, held_on=today(), starts_at=time(15, 30), attendance="")
    assert "15:30" in noor.get(PEOPLE).context["rows"][0]["next_meeting"]


def test_just_picked_up_again_is_a_status_of_its_own(noor: Client, cast: Cast) -> None:
    turns = [(EventKind.RELAPSE, days_ago(9)), (EventKind.RESUMED, days_ago(2))]
    again = make.TrajectoryFactory(
        programme=cast.programme, agreement=cast.agreement, coach=cast.noor, events=turns
    ).participant
    rows = {row["name"]: row["glyph"] for row in noor.get(PEOPLE).context["rows"]}
    assert rows == {again.full_name: "resumed", "Samira el Amrani": "running"}


def test_pages_follow_each_other_and_nobody_is_left_out(noor: Client, cast: Cast) -> None:
    for _ in range(30):
        make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, coach=cast.noor)
    first = noor.get(PEOPLE).context["page"]
    second = noor.get(PEOPLE, {"page": first.next}).context["page"]
    seen = [person.pk for person in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), len(set(seen))) == (25, 6, 31)
    back = noor.get(PEOPLE, {"page": second.previous}).context["page"]
    assert [person.pk for person in back.rows] == [person.pk for person in first.rows]


def test_the_list_also_serves_to_choose_somebody(noor: Client, cast: Cast) -> None:
    row = noor.get(PEOPLE, {"for": "session"}).context["rows"][0]
    assert row["url"] == reverse("guidance:log_session_for", args=[cast.samira.pk])


def test_who_was_listed_is_in_the_read_log(noor: Client, cast: Cast) -> None:
    noor.get(PEOPLE)
    assert ReadEvent.objects.get().participant_ids == [cast.samira.pk]
    noor.get(PEOPLE, {"q": "niemand"})
    assert ReadEvent.objects.count() == 1


def test_officers_and_keepers_of_the_configuration_do_not_get_in(cast: Cast, sign_in: SignIn) -> None:
    for member in (cast.omar, cast.lotte, cast.fenna, cast.piet):
        assert sign_in(member).get(PEOPLE).status_code == 403


def test_a_year_after_the_end_somebody_is_not_listed_any_more(noor: Client, cast: Cast) -> None:
    gone = make.TrajectoryFactory(
        programme=cast.programme, agreement=cast.agreement, coach=cast.noor,
        started_on=days_ago(500), ended_on=days_ago(366),
    ).participant  # fmt: skip
    assert gone.full_name not in names(noor, tab="closed")
    assert noor.get(reverse("guidance:person", args=[gone.pk])).status_code == 404
