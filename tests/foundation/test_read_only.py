"""A request that only asks for a page changes no data."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path, reverse
from psycopg import sql as pieces

from config.urls import urlpatterns as product_urls
from foundation.models import ReadEvent
from foundation.read_only import WriteRefused, only_reading, written_by
from organisations.models import Unit
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

READING = (
    'SELECT "a" FROM "b" WHERE "c" = %s',
    "(SELECT 1) UNION ALL (SELECT 2)",
    "SELECT 1 FROM a FOR UPDATE",
    "SELECT 1 FROM a FOR NO KEY UPDATE OF a",
    "  select set_config('a', 'b', true)",
    "SELECT set_config('a', 'b', true); SELECT 'UPDATE' FROM a FOR UPDATE",
    "WITH a AS (SELECT 1) SELECT * FROM a",
    "SAVEPOINT one",
    "RELEASE SAVEPOINT one",
    "DECLARE a NO SCROLL CURSOR WITHOUT HOLD FOR SELECT 1",
)
WRITING = {
    'INSERT INTO "unit" (a) VALUES (1) ON CONFLICT DO UPDATE SET a = 1': {"unit"},
    "\n  update only public.unit set a = 1": {"unit"},
    'DELETE FROM "public"."unit" WHERE a IN (SELECT 1 FROM b)': {"unit"},
    "TRUNCATE TABLE unit": {"unit"},
    "MERGE INTO unit USING b ON true WHEN MATCHED THEN DELETE": {"unit"},
    "WITH gone AS (DELETE FROM unit RETURNING *), more AS (INSERT INTO other SELECT 1) SELECT 1": {"unit", "other"},
    "SELECT set_config('a', 'b', true); DELETE FROM unit": {"unit"},
    "COPY unit FROM STDIN": {"COPY"},
    "CALL something()": {"CALL"},
    "DO $$ BEGIN DELETE FROM unit; END $$": {"unit"},
    "-- a remark\nSELECT 1": {"?"},
    "DROP TABLE unit": {"DROP"},
}


def test_a_question_writes_nothing() -> None:
    assert {sql: written_by(sql) for sql in READING if written_by(sql)} == {}


@pytest.mark.parametrize("sql", WRITING)
def test_what_is_written_is_known_by_its_table(sql: str) -> None:
    assert written_by(sql) == WRITING[sql]


def test_the_guard_holds_on_the_connection_and_lets_go_after() -> None:
    cast = make_cast()
    ours = Unit.objects.filter(pk=cast.unit.pk)
    with only_reading(but={}):
        assert ours.count() == 1
        for write in (lambda: ours.update(name="x"), cast.unit.save, lambda: raw("UPDATE x SET a = 1")):
            with pytest.raises(WriteRefused), transaction.atomic():
                write()
        with pytest.raises(WriteRefused, match="organisations_unit"):
            raw(pieces.SQL("DELETE FROM {}").format(pieces.Identifier("organisations_unit")))
    assert ours.update(name="x") == 1


def test_a_table_with_a_reason_may_be_written() -> None:
    cast = make_cast()
    with only_reading(but={"organisations_unit": "for this test"}):
        assert Unit.objects.filter(pk=cast.unit.pk).update(name=F("name")) == 1


def raw(statement: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def writes(request: HttpRequest) -> HttpResponse:
    Unit.objects.update(name="Written on the way")
    return HttpResponse("done")


def writes_late(request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[bytes]:
        yield b"one, "
        Unit.objects.update(name="Written on the way")
        yield b"two"

    return StreamingHttpResponse(pieces())


urlpatterns = [
    *product_urls,
    path("schrijft/", login_not_required(writes)),
    path("schrijft-laat/", login_not_required(writes_late)),
]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_view_that_writes_when_it_is_looked_at_fails(method: str, client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    cast = make_cast()
    with pytest.raises(WriteRefused, match="organisations_unit"):
        getattr(client, method)("/schrijft/")
    client.raise_request_exception = False
    assert getattr(client, method)("/schrijft/").status_code == 500
    assert not Unit.objects.filter(name="Written on the way")
    assert client.post("/schrijft/").content == b"done"
    cast.unit.refresh_from_db()
    assert cast.unit.name == "Written on the way"


def test_a_view_that_writes_while_it_sends_fails(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    answer = client.get("/schrijft-laat/")
    with pytest.raises(WriteRefused, match="organisations_unit"), transaction.atomic():
        b"".join(answer)
    assert b"".join(client.post("/schrijft-laat/")) == b"one, two"


def test_without_the_guard_it_would_write(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("looking_changes_nothing")]
    assert client.get("/schrijft/").content == b"done"


def test_looking_is_still_written_down(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.noor)
    assert client.get(reverse("guidance:person", args=[cast.samira.pk])).status_code == 200
    assert ReadEvent.objects.filter(staff_member_id=cast.noor.pk).exists()


def test_each_exception_has_its_reason() -> None:
    assert set(settings.WRITTEN_WHILE_READING) == {"foundation_readevent", "organisations_signin"}
    assert all(len(reason) > 20 for reason in settings.WRITTEN_WHILE_READING.values())
