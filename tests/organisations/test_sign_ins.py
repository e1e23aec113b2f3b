"""Being signed in: what stands in the database, how it ends by the clock, and what ends it at once."""

import hashlib
import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import Traveller

from foundation.clock import now, today
from organisations import actions
from organisations.devices import device_of
from organisations.models import Membership, SignIn, StaffMember
from organisations.sessions import hashed
from tests.cast import Cast, make_cast
from tests.conftest import NOW
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
TODAY = "guidance:today"
# How many sessions of one account are open when it changes (T28): many in the long form, DRAAD_LONG=1.
SESSIONS = 200 if os.environ.get("DRAAD_LONG") else 2
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(member: StaffMember) -> Client:
    """Without a password: argon2 is slow on purpose."""
    client = Client(headers={"user-agent": FIREFOX})
    client.force_login(member)
    return client


def through_the_door(member: StaffMember) -> Client:
    """With a password on the sign-in page, as a browser does."""
    client = Client(headers={"user-agent": FIREFOX})
    answer = client.post(reverse("login"), {"username": member.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


def opens(client: Client, page: str = TODAY) -> bool:
    return client.get(reverse(page)).status_code == 200


def test_the_database_does_not_hold_what_opens_the_site(cast: Cast) -> None:
    client = through_the_door(cast.noor)
    key = client.cookies["sessionid"].value
    row = SignIn.objects.get(staff_member=cast.noor)
    assert row.pk == hashlib.sha256(key.encode()).hexdigest()
    assert key not in f"{row.__dict__}"
    thief = Client()
    thief.cookies["sessionid"] = row.pk
    assert not opens(thief)
    assert opens(client)


def test_a_key_itself_cannot_be_written(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SignIn.objects.create(
            session_key="abcdefghijklmnopqrstuvwxyz012345", signed_in_at=now(), seen_at=now(), expire_date=now()
        )


def test_signing_in_gives_a_new_key_and_signing_out_ends_it(cast: Cast) -> None:
    client = through_the_door(cast.noor)
    before = client.cookies["sessionid"].value
    client.post(reverse("login"), {"username": cast.noor.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    assert SignIn.objects.count() == 1
    client.post(reverse("logout"))
    assert not SignIn.objects.exists()


def test_who_is_away_half_an_hour_signs_in_again_and_hears_why(cast: Cast, clock: Traveller) -> None:
    client = signed_in(cast.noor)
    clock.move_to(NOW + timedelta(minutes=28))
    assert opens(client)
    clock.move_to(NOW + timedelta(minutes=57))
    assert opens(client)
    clock.move_to(NOW + timedelta(minutes=88))
    answer = client.get(reverse(TODAY) + "?day=2026-03-16")
    assert answer.headers["Location"] == "/inloggen/?why=idle&next=/vandaag/%3Fday%3D2026-03-16"


def test_nobody_stays_longer_than_twelve_hours(cast: Cast, clock: Traveller) -> None:
    client = signed_in(cast.noor)
    for minutes in range(28, 12 * 60, 28):
        clock.move_to(NOW + timedelta(minutes=minutes))
        client.get(reverse("organisations:colours"))
    assert opens(client)
    clock.move_to(NOW + timedelta(hours=12, minutes=1))  # signing in may have taken a while
    assert "why=long" in client.get(reverse(TODAY)).headers["Location"]


def test_what_a_page_asks_for_by_itself_keeps_nobody_signed_in(cast: Cast, clock: Traveller) -> None:
    client = signed_in(cast.noor)
    clock.move_to(NOW + timedelta(minutes=20))
    client.get(reverse(TODAY), headers={"x-requested-with": "draad"})
    clock.move_to(NOW + timedelta(minutes=31))
    assert not opens(client)


def test_being_there_is_written_once_a_minute_at_most(cast: Cast, clock: Traveller) -> None:
    client = signed_in(cast.noor)
    assert writes(client) == 0
    clock.move_to(NOW + timedelta(minutes=2))
    assert (writes(client), writes(client)) == (1, 0)


def writes(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        opens(client)
    return sum("UPDATE" in query["sql"] for query in asked)


def test_a_form_that_comes_too_late_leads_back_to_its_page(cast: Cast, clock: Traveller) -> None:
    client = signed_in(cast.noor)
    clock.move_to(NOW + timedelta(hours=1))
    answer = client.post(
        reverse("organisations:stay_signed_in"), headers={"referer": "http://testserver/deelnemers/?q=sam"}
    )
    assert answer.headers["Location"].endswith("next=/deelnemers/%3Fq%3Dsam")
    elsewhere = client.post(reverse("organisations:stay_signed_in"), headers={"referer": "https://elders.test/x/"})
    assert elsewhere.headers["Location"].endswith("next=/")


CHANGES: dict[str, Callable[[StaffMember], object]] = {
    "another role": lambda member: Membership.objects.filter(staff_member=member).update(role="unit_manager"),
    "the last day was yesterday": lambda member: Membership.objects.filter(staff_member=member).update(
        ends_on=today() - timedelta(days=1)
    ),
    "role taken away": lambda member: Membership.objects.filter(staff_member=member).delete(),
    "may not sign in": lambda member: StaffMember.objects.filter(pk=member.pk).update(is_active=False),
    "another password": lambda member: StaffMember.objects.filter(pk=member.pk).update(password="!x"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whose_role_or_account_changes_is_refused_at_the_next_request(cast: Cast, change: str) -> None:
    clients, colleague = [signed_in(cast.noor) for _ in range(SESSIONS)], signed_in(cast.bo)
    assert SignIn.objects.filter(staff_member=cast.noor).count() == SESSIONS
    CHANGES[change](cast.noor)
    assert not SignIn.objects.filter(staff_member=cast.noor).exists()
    for client in clients:
        answer = client.get(reverse(TODAY))
        assert (answer.status_code, "why=ended" in answer.headers["Location"]) == (302, True)
    assert opens(colleague)


def test_a_new_name_or_the_same_role_ends_nothing(cast: Cast) -> None:
    client = signed_in(cast.noor)
    StaffMember.objects.filter(pk=cast.noor.pk).update(name="Noor de Wit-Bos")
    Membership.objects.filter(staff_member=cast.noor).update(role="coach")
    assert opens(client)


def test_who_changes_the_own_account_signs_in_again(cast: Cast) -> None:
    """The session ends while the page is made: what was done is done, and no error is shown."""
    client = signed_in(cast.fenna)
    form = {
        "email": cast.fenna.email, "name": "Fenna Kok", "is_active": "on", "new_password": "nieuw-en-lang-genoeg",
        "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = client.post(reverse("admin:organisations_staffmember_change", args=[cast.fenna.pk]), form)
    assert (answer.status_code, answer.headers["Location"][:20]) == (302, "/inloggen/?why=ended")
    cast.fenna.refresh_from_db()
    assert cast.fenna.check_password("nieuw-en-lang-genoeg")


def test_what_is_over_for_a_day_is_forgotten(cast: Cast, clock: Traveller) -> None:
    signed_in(cast.noor)
    clock.move_to(NOW + timedelta(hours=23))
    actions.forget_sign_ins()
    assert SignIn.objects.exists()
    clock.move_to(NOW + timedelta(hours=25))
    client = signed_in(cast.bo)
    actions.forget_sign_ins()
    assert SignIn.objects.get().staff_member == cast.bo
    assert opens(client)


def test_somebody_sees_where_they_are_signed_in_and_ends_it_there(cast: Cast) -> None:
    here, there, colleague = signed_in(cast.noor), through_the_door(cast.noor), signed_in(cast.bo)
    page = here.get(reverse("organisations:sign_ins")).content.decode()
    assert page.count("<strong>Firefox, Windows</strong>") == 2  # here, and where somebody came through the door
    other = SignIn.objects.get(pk=hashed(there.cookies["sessionid"].value))
    assert here.post(reverse("organisations:end_sign_in", args=[other.pk])).status_code == 302
    assert (opens(here), opens(there), opens(colleague)) == (True, False, True)
    third = signed_in(cast.noor)
    here.post(reverse("organisations:end_other_sign_ins"))
    assert (opens(here), opens(third), opens(colleague)) == (True, False, True)


def test_nobody_ends_the_sign_in_of_somebody_else(cast: Cast) -> None:
    here, colleague = signed_in(cast.noor), signed_in(cast.bo)
    theirs = SignIn.objects.get(staff_member=cast.bo)
    assert here.post(reverse("organisations:end_sign_in", args=[theirs.pk])).status_code == 404
    assert opens(colleague)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 16; K) Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5.0", ""),
    ],
)
def test_a_device_is_named_by_its_browser_and_its_system(agent: str, words: str) -> None:
    assert device_of(agent) == words
