"""What a transaction may see is said at its beginning and gone with it."""

import threading
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from foundation.models import PeriodicRun
from foundation.postgres.base import NoTransaction
from foundation.rows import seeing, seeing_everything, sight
from organisations.middleware import see_own_rows
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


def said() -> tuple[str, str]:
    """What the database was told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('draad.providers', true), ''),"
            " coalesce(current_setting('draad.municipalities', true), '')"
        )
        return cursor.fetchone()  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def from_nothing() -> Iterator[None]:
    with seeing():
        yield


def test_each_transaction_in_the_block_is_told_and_none_after_it() -> None:
    with seeing(providers=[OTHER, ONE], municipalities=[ONE]):
        for _ in range(2):
            with transaction.atomic():
                assert said() == (f"{ONE},{OTHER}", str(ONE))
    with transaction.atomic():
        assert said() == ("", "")
    assert said() == ("", "")


def test_a_statement_outside_of_a_transaction_is_told_too() -> None:
    with seeing(providers=[ONE]):
        assert said() == (str(ONE), "")
        assert connection.get_autocommit()
    assert said() == ("", "")


def test_a_transaction_that_is_open_already_is_told_and_told_back() -> None:
    with seeing(providers=[ONE]), transaction.atomic():
        with seeing(providers=[OTHER]):
            assert said() == (str(OTHER), "")
            with seeing():
                assert said() == ("", "")
        assert said() == (str(ONE), "")


def test_after_a_statement_that_fails_everybody_sees_what_they_saw() -> None:
    with seeing(providers=[ONE]), transaction.atomic():
        with pytest.raises(Exception, match="nothing_there"), transaction.atomic(), seeing(providers=[OTHER]):
            connection.cursor().execute("SELECT nothing_there")
        assert said() == (str(ONE), "")


def test_what_waits_for_the_end_of_a_transaction_is_checked_by_who_wrote_it() -> None:
    with transaction.atomic(), pytest.raises(Exception, match="foreign key"), seeing(providers=[ONE]):
        connection.cursor().execute(
            "INSERT INTO organisations_unit (id, provider_id, code, name) VALUES (%s, %s, 'X', 'X')", [ONE, ONE]
        )


def test_another_thread_begins_with_nothing() -> None:
    seen = []
    with seeing(providers=[ONE]):
        thread = threading.Thread(target=lambda: seen.append(sight().providers))
        thread.start()
        thread.join()
    assert seen == [""]


def test_a_transaction_may_still_say_how_isolated_it_is() -> None:
    with seeing(providers=[ONE]), transaction.atomic():
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert said() == (str(ONE), "")


def test_a_cursor_on_the_server_asks_for_a_transaction() -> None:
    with seeing(providers=[ONE]):
        with pytest.raises(NoTransaction):
            list(PeriodicRun.objects.iterator())
        with transaction.atomic():
            assert list(PeriodicRun.objects.iterator()) == []


def test_a_connection_that_is_gone_is_opened_anew_by_the_next_transaction() -> None:
    with seeing(providers=[ONE]):
        assert said()
        assert connection.connection
        connection.connection.close()
        with pytest.raises(Exception, match="closed"), transaction.atomic():
            said()
        assert connection.connection is None
        with transaction.atomic():
            assert said() == (str(ONE), "")


def test_only_ids_are_told() -> None:
    with pytest.raises(ValueError, match="badly formed"), seeing(providers=["'; DROP"]):  # type: ignore[list-item]
        pass


def test_everything_is_a_word_of_its_own() -> None:
    with seeing_everything("the test asks"):
        assert said() == ("*", "")


def test_a_request_sees_what_the_roles_of_its_reader_say_also_while_it_is_sent() -> None:
    provider, municipality = make.ProviderFactory(), make.MunicipalityFactory()
    coach = make.StaffMemberFactory(coach=make.UnitFactory(provider=provider))
    officer = make.StaffMemberFactory(officer=municipality)
    assert told(coach) == told(coach, streamed=True) == f"{provider.pk}|"
    assert told(officer) == told(officer, streamed=True) == f"|{municipality.pk}"
    assert told(None) == told(None, streamed=True) == told(make.StaffMemberFactory()) == "|"


def told(member: object, *, streamed: bool = False) -> str:
    """What the view of a request of somebody, or what it sends afterwards, is told."""
    from django.contrib.auth.models import AnonymousUser

    def pieces() -> Iterator[bytes]:
        yield "|".join(said()).encode()

    def view(_request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        return StreamingHttpResponse(pieces()) if streamed else HttpResponse("|".join(said()))

    request = RequestFactory().get("/")
    request.user = member or AnonymousUser()  # type: ignore[assignment]
    response = see_own_rows(view)(request)
    return b"".join(response).decode()
