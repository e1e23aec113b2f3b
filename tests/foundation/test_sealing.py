"""Seals over the read log: every row once, in one chain, however many write and seal at once."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from config.embedded.postgres import APPLICATION
from foundation.models import ReadEvent, ReadSeal
from foundation.sealing import COLUMNS, FORM, FORMS, hash_of, not_yet_sealed, rows_between, seal_log
from tests.support.servers import connect

pytestmark = pytest.mark.django_db(transaction=True)


def write(rows: int = 1) -> None:
    for _ in range(rows):
        ReadEvent.objects.create(staff_member_id=uuid.uuid4(), role="coach", what="guidance:person")


def at_once(work: Callable[[], None], threads: int) -> None:
    """Run the same work in several threads, each with a connection of its own."""

    def alone() -> None:
        try:
            work()
        finally:
            connection.close()

    running = [threading.Thread(target=alone) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def test_each_column_is_sealed() -> None:
    assert set(COLUMNS) == {field.attname for field in ReadEvent._meta.concrete_fields}
    assert FORMS[FORM] == len(COLUMNS)


def test_a_seal_covers_what_is_new_and_holds_the_seal_before_it(caplog: pytest.LogCaptureFixture) -> None:
    write(3)
    with caplog.at_level("INFO", logger="foundation.sealing"):
        first, *more = seal_log()
    assert (first.number, first.rows, more) == (1, 3, [])
    assert first.hash in caplog.text
    assert seal_log() == []
    write(2)
    (second,) = seal_log()
    assert (second.number, second.rows, second.since) == (2, 2, first.below)
    stored = ReadSeal.objects.get(number=2)
    assert stored.hash == hash_of(stored, first.hash) != hash_of(stored, "")


def test_what_is_not_committed_yet_waits_with_all_that_began_after_it() -> None:
    held, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write()
            held.set()
            go_on.wait(10)
        connection.close()

    write(2)
    writer = threading.Thread(target=slow)
    writer.start()
    held.wait(10)
    write(4)
    assert [seal.rows for seal in seal_log()] == [2]
    go_on.set()
    writer.join()
    assert [seal.rows for seal in seal_log()] == [5]


@pytest.mark.parametrize("user", [APPLICATION, "postgres"])
def test_what_runs_in_another_database_holds_nothing_back(user: str) -> None:
    with connect(user, "postgres") as elsewhere, elsewhere.transaction():
        elsewhere.execute("SELECT pg_current_xact_id()")
        write(2)
        assert [seal.rows for seal in seal_log()] == [2]


def test_with_several_writers_and_sealers_each_row_is_sealed_once_in_one_chain() -> None:
    def write_and_seal() -> None:
        for _ in range(4):
            write()
            seal_log()

    at_once(write_and_seal, threads=4)
    seal_log()
    seals = list(ReadSeal.objects.order_by("number"))
    assert [seal.number for seal in seals] == list(range(1, len(seals) + 1))
    assert sum(seal.rows for seal in seals) == ReadEvent.objects.count() == 16
    previous, since = "", 0
    for seal in seals:
        assert (seal.hash, seal.since) == (hash_of(seal, previous), since)
        assert rows_between(seal.cluster, seal.since, seal.below).count() == seal.rows
        previous, since = seal.hash, seal.below


def test_a_dump_that_is_read_in_elsewhere_is_sealed_on() -> None:
    write(2)
    seal_log()
    # Another cluster had come further in counting, and left a row unsealed.
    ReadEvent.objects.create(role="coach", what="there", cluster=7, written_in=2**40)
    write(2)
    (here,) = seal_log()
    ReadSeal.objects.create(
        number=3, sealed_at=here.sealed_at, form=1, cluster=7, since=0, below=2**39, rows=0, first_id=0, last_id=0
    )
    write()
    assert [(seal.cluster, seal.since, seal.rows) for seal in seal_log()] == [
        (7, 2**39, 1),
        (here.cluster, here.below, 1),
    ]
    reached = {here.cluster: ReadSeal.objects.get(number=5).below, 7: ReadSeal.objects.get(number=4).below}
    assert not not_yet_sealed(reached).exists()
