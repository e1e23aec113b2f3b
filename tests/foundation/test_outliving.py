"""Refusals, signing in and signing out stand in the read log, also when the request itself was undone."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from foundation.keys import key_ring
from foundation.models import ReadEvent
from organisations.access import requires
from organisations.roles import Permission
from organisations.sessions import hashed
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.factories import PASSWORD


@requires(Permission.SIGNED_IN)
def writes_and_refuses(_request: HttpRequest) -> HttpResponse:
    ReadEvent.objects.create(role="coach", what="undone")
    raise PermissionDenied


def refused(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=403)


handler403 = refused
urlpatterns = [path("refuses/", writes_and_refuses, name="refuses"), path("", include("config.urls"))]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def only_event() -> ReadEvent:
    return ReadEvent.objects.get()


@pytest.mark.parametrize("whose", ["foreign", "nobody"])
def test_a_file_that_is_not_yours_and_one_that_is_not_there_leave_the_same_event(cast: Cast, whose: str) -> None:
    pk = cast.foreign_trajectory.participant_id if whose == "foreign" else uuid.uuid4()
    assert signed_in(cast.noor).get(reverse("guidance:person", kwargs={"pk": pk})).status_code == 404
    event = only_event()
    assert (event.action, event.outcome, event.what, event.view_name) == ("denied", "denied", *["guidance:person"] * 2)
    assert (event.staff_member_id, event.staff_name, event.role) == (cast.noor.pk, cast.noor.name, "coach")
    assert (event.object_id, event.participant_ids, event.provider_id) == (pk, [], None)
    assert event.organisation_id == cast.provider.pk


def test_a_page_that_your_role_may_not_see_leaves_an_event(cast: Cast) -> None:
    officer = cast.staff["officer"]
    assert signed_in(officer).get(reverse("guidance:people")).status_code == 403
    assert (only_event().staff_member_id, only_event().what) == (officer.pk, "guidance:people")


def test_an_address_that_does_not_exist_and_a_visitor_leave_none(cast: Cast) -> None:
    assert signed_in(cast.noor).get("/bestaat-niet/").status_code == 404
    assert Client().get(reverse("guidance:people")).status_code == 302
    assert not ReadEvent.objects.exists()


def test_signing_in_and_out_leave_an_event_with_the_session(db: None) -> None:
    member = make.StaffMemberFactory()
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    client.post(reverse("login"), {"username": member.email, "password": PASSWORD})
    key = client.session.session_key
    assert key
    client.post(reverse("logout"))
    came, went = ReadEvent.objects.order_by("id")
    assert (came.action, came.outcome, came.staff_member_id) == ("sign_in", "ok", member.pk)
    assert (went.action, went.staff_name) == ("sign_out", member.name)
    assert came.session_hash == went.session_hash == hashed(key)
    assert came.user_agent == "Firefox, Windows"
    assert came.address == "127.0.0.1"


def test_a_wrong_password_names_the_account_that_was_tried(db: None) -> None:
    member = make.StaffMemberFactory()
    Client().post(reverse("login"), {"username": member.email.upper(), "password": "verkeerd-wachtwoord"})
    event = only_event()
    assert (event.action, event.outcome) == ("sign_in_failed", "denied")
    assert (event.staff_member_id, event.staff_name, event.typed_hash) == (member.pk, member.name, "")
    assert "verkeerd" not in str(ReadEvent.objects.values())


def test_a_name_that_is_no_account_is_known_by_a_keyed_hash_only(db: None) -> None:
    for typed in ("Geheim@voorbeeld.test", "geheim@voorbeeld.test "):
        Client().post(reverse("login"), {"username": typed, "password": PASSWORD})
    one, two = ReadEvent.objects.all()
    assert one.typed_hash == two.typed_hash == key_ring().lookup_hash("sign-in", "geheim@voorbeeld.test").hex()
    assert (one.staff_member_id, one.staff_name) == (None, "")
    assert "geheim" not in str(ReadEvent.objects.values()).lower()


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_what_the_view_wrote_is_undone_and_the_refusal_stays() -> None:
    member = make.StaffMemberFactory()
    assert signed_in(member).get("/refuses/").status_code == 403
    assert (only_event().action, only_event().what) == ("denied", "refuses")
