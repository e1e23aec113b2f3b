"""The read log, and the keys of files that a request opens once."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from foundation.encryption import seal, unseal
from foundation.middleware import keep_file_keys
from foundation.models import ReadEvent
from foundation.reading import client_address, record_read


@dataclass
class File:
    pk: uuid.UUID = field(default_factory=uuid.uuid4)
    provider_id: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass
class Standing:
    roles: list[str]


@dataclass
class Reader:
    standing: Standing
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
