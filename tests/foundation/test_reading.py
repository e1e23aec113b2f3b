"""The read log, and the keys of files that a request opens once."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch

from foundation.encryption import seal, unseal
from foundation.middleware import keep_file_keys
from foundation.models import ReadEvent
from foundation.reading import client_address, record_read


@dataclass
class File:
    pk: uuid.UUID = field(default_factory=uuid.uuid4)
    provider_id: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass
class Organisation:
    name: str = "Amfors"


@dataclass
class Membership:
    organisation_id: uuid.UUID
    unit_id: uuid.UUID | None = None
    organisation: Organisation = field(default_factory=Organisation)


@dataclass
class Standing:
    roles: list[str]
    memberships: list[Membership] = field(default_factory=list)


@dataclass
class Reader:
    standing: Standing
    name: str = "Noor de Wit"
    pk: uuid.UUID = field(default_factory=uuid.uuid4)


def request(*roles: str, **meta: str) -> Any:
    made: Any = RequestFactory().get("/")
    made.META.update(meta)
    made.user = Reader(Standing(list(roles)))
    return made


@pytest.mark.django_db
def test_one_row_for_each_provider_says_who_read_whose_file() -> None:
    here = File()
    files = [here, File(provider_id=here.provider_id), File()]
    asked = request("coach", "unit_manager", REMOTE_ADDR="192.0.2.1")
    record_read(asked, "guidance:people", files)
    rows = {row.provider_id: row for row in ReadEvent.objects.all()}
    assert set(rows) == {files[0].provider_id, files[2].provider_id}
    row = rows[here.provider_id]
    assert row.participant_ids == [files[0].pk, files[1].pk]
    assert (row.staff_member_id, row.role, row.what) == (asked.user.pk, "coach+unit_manager", "guidance:people")
    assert row.address == "192.0.2.1"
    assert (row.staff_name, row.action, row.outcome, row.results) == ("Noor de Wit", "list", "ok", 2)
    assert len({row.request_id for row in rows.values()}) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "query", "action", "results"),
    [
        ("guidance:person", "", "view", None),
        ("guidance:people", "q=Samira", "search", 1),
        ("guidance:people", "sought=3fVx0", "search", 1),
        ("reporting:export_signals", "", "export", 1),
        ("reporting:download_report 1 v1", "", "download", 1),
    ],
)
def test_the_page_says_what_was_done(what: str, query: str, action: str, results: int | None) -> None:
    file = File()
    asked = request("coach", QUERY_STRING=query)
    asked.resolver_match = ResolverMatch(lambda: None, (), {"pk": file.pk}, url_name="person", namespaces=["guidance"])
    record_read(asked, what, [file])
    row = ReadEvent.objects.get()
    assert (row.action, row.results, row.view_name, row.object_id) == (action, results, "guidance:person", file.pk)
    assert "Samira" not in str(ReadEvent.objects.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "link"),
    [(["unit"], "unit"), (["provider"], "provider"), (["elsewhere"], "payer"), (["unit", "provider"], ""), ([], "")],
)
def test_the_roles_say_through_which_relation(roles: list[str], link: str) -> None:
    file = File()
    unit = Membership(file.provider_id, uuid.uuid4(), Organisation("Natuurzorg"))
    held = {"unit": unit, "provider": Membership(file.provider_id), "elsewhere": Membership(uuid.uuid4())}
    asked = request("coach")
    asked.user.standing.memberships = [held[role] for role in roles]
    record_read(asked, "guidance:person", [file])
    row = ReadEvent.objects.get()
    assert row.link == link
    assert row.organisation_id == (held[roles[0]].organisation_id if roles else None)
    assert row.organisation_name == ({"unit": "Natuurzorg"}.get(roles[0], "Amfors") if roles else "")


@pytest.mark.django_db
def test_what_the_caller_knows_goes_before_what_the_roles_say() -> None:
    record_read(request("coach"), "guidance:people", [File()], action="search", link="caseload")
    assert ReadEvent.objects.filter(action="search", link="caseload").exists()


@pytest.mark.django_db
def test_a_page_without_people_writes_nothing() -> None:
    with CaptureQueriesContext(connection) as captured:
        record_read(request("coach"), "guidance:people", [])
    assert not captured.captured_queries


@pytest.mark.parametrize(
    ("meta", "address"),
    [
        ({"REMOTE_ADDR": "2001:db8::1"}, "2001:db8::1"),
        ({"REMOTE_ADDR": ""}, None),
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "192.0.2.1"),
    ],
)
def test_the_address_is_that_of_the_connection(meta: dict[str, str], address: str | None) -> None:
    assert client_address(request("coach", **meta)) == address


@override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_behind_a_proxy_it_is_the_one_that_the_proxy_added() -> None:
    forged = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.1, 198.51.100.7"}
    assert client_address(request("coach", **forged)) == "198.51.100.7"


@pytest.mark.django_db
def test_within_a_request_a_key_is_opened_once_and_forgotten_after_it() -> None:
    file_id = uuid.uuid4()
    sealed = seal("Geheim", file_id=file_id, place="here")

    def read_often(_request: Any) -> HttpResponse:
        for _ in range(20):
            assert unseal(sealed, file_id=file_id, place="here") == "Geheim"
        return HttpResponse()

    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            keep_file_keys(read_often)(request("coach"))
        assert len(captured.captured_queries) == 1
