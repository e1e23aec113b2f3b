"""Whoever changes the read log behind our back, the owner of the database too, is seen; nobody else is accused.

``DRAAD_TAMPERINGS=1000`` makes that many tamperings and prints what became of them; ``DRAAD_SEED`` makes others.
"""

import os
import random
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from config.embedded.postgres import OWNER
from foundation.models import ReadEvent, ReadSeal
from foundation.sealing import COLUMNS, digest, hash_of, rows_between, seal_log
from foundation.verifying import Verdict, verify_log

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, ROWS_EACH = 4, 10
TAMPERINGS = int(os.environ.get("DRAAD_TAMPERINGS", "44"))  # each way once
SEED = int(os.environ.get("DRAAD_SEED", "20261122"))

Tampering = Callable[[random.Random], None]


@contextmanager
def as_owner() -> Iterator[None]:
    """Django's connection as the role that owns the tables and may do anything with them."""
    user = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = OWNER
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = user


def write(number: int) -> None:
    ReadEvent.objects.create(
        staff_member_id=uuid.uuid4(),
        staff_name=f"Noor {number}",
        provider_id=uuid.uuid4(),
        role="coach",
        what="guidance:person",
        participant_ids=[uuid.uuid4() for _ in range(number % 4)],
        address="192.0.2.1",
    )


def fill_log() -> list[Verdict]:
    """Several writers at once, and seals in between; returns what looking at it meanwhile gave."""

    def work() -> None:
        for number in range(ROWS_EACH):
            write(number)
        connection.close()

    writers = [threading.Thread(target=work) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    looks = []
    while any(writer.is_alive() for writer in writers):
        seal_log()
        looks.append(verify_log())
        threading.Event().wait(0.01)
    for writer in writers:
        writer.join()
    for number in range(5):  # whatever the writers' pace was, there are some seals to choose from
        write(number)
        seal_log()
    return looks


def other(column: str, row: ReadEvent | ReadSeal) -> Any:
    """A value that this column did not have."""
    value: Any = getattr(row, column)
    kind = row._meta.get_field(column).get_internal_type()
    if kind == "UUIDField":
        return uuid.uuid4()
    if kind == "DateTimeField":
        return value + timedelta(seconds=1)
    if kind == "ArrayField":
        return [*value, uuid.uuid4()]
    if kind == "GenericIPAddressField":
        return "192.0.2.99"
    return ("x" + value)[:3] + "y" if isinstance(value, str) else (value or 0) + 1000


def some_row(rng: random.Random) -> ReadEvent:
    return rng.choice(list(ReadEvent.objects.order_by("id")))


def some_seal(rng: random.Random) -> ReadSeal:
    return rng.choice(list(ReadSeal.objects.order_by("number")))


def change_row(column: str) -> Tampering:
    def tamper(rng: random.Random) -> None:
        row = some_row(rng)
        ReadEvent.objects.filter(pk=row.pk).update(**{column: other(column, row)})

    tamper.__name__ = f"change_row_{column}"
    return tamper


def change_seal(column: str) -> Tampering:
    def tamper(rng: random.Random) -> None:
        seal = some_seal(rng)
        ReadSeal.objects.filter(pk=seal.pk).update(**{column: other(column, seal)})

    tamper.__name__ = f"change_seal_{column}"
    return tamper


def delete_rows(rng: random.Random) -> None:
    ids = list(ReadEvent.objects.values_list("id", flat=True))
    ReadEvent.objects.filter(pk__in=rng.sample(ids, rng.randint(1, 5))).delete()


def insert_between(rng: random.Random) -> None:
    row = some_row(rng)
    row.pk = row.pk * 1000 + rng.randint(1, 900)
    row.save(force_insert=True)


def replace_row(rng: random.Random) -> None:
    row = some_row(rng)
    ReadEvent.objects.filter(pk=row.pk).delete()
    row.pk, row.staff_member_id = row.pk + 1_000_000, uuid.uuid4()
    row.save(force_insert=True)


def swap_rows(rng: random.Random) -> None:
    one, two = rng.sample(list(ReadEvent.objects.all()), 2)
    one.pk, two.pk = two.pk, one.pk
    one.save(force_update=True)
    two.save(force_update=True)


def delete_newest_seals(rng: random.Random) -> None:
    ReadSeal.objects.filter(number__gt=ReadSeal.objects.count() - rng.randint(1, 3)).delete()


def delete_newest_seals_with_their_rows(rng: random.Random) -> None:
    for seal in ReadSeal.objects.order_by("-number")[: rng.randint(1, 3)]:
        rows_between(seal.cluster, seal.since, seal.below).delete()
        seal.delete()


def delete_a_seal(rng: random.Random) -> None:
    some_seal(rng).delete()


def empty_everything(rng: random.Random) -> None:
    tables: list[type[ReadEvent | ReadSeal]] = rng.choice([[ReadEvent], [ReadSeal], [ReadEvent, ReadSeal]])
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(table._meta.db_table for table in tables))


def change_and_reckon_the_chain_anew(rng: random.Random) -> None:
    """What only somebody can do who knows this program: no seal is wrong in itself any more."""
    tamper: Tampering = rng.choice((delete_rows, insert_between, swap_rows, change_row("staff_member_id")))
    tamper(rng)
    previous = ""
    for seal in ReadSeal.objects.order_by("number"):
        found = digest(rows_between(seal.cluster, seal.since, seal.below), seal.form)
        seal.rows, seal.first_id, seal.last_id, seal.rows_hash = found.rows, found.first_id, found.last_id, found.hash
        seal.hash = previous = hash_of(seal, previous)
        seal.save(force_update=True)


CASES: list[Tampering] = [
    *(change_row(column) for column in COLUMNS),
    *(change_seal(field.attname) for field in ReadSeal._meta.concrete_fields),
    delete_rows,
    insert_between,
    replace_row,
    swap_rows,
    empty_everything,
    delete_newest_seals,
    delete_newest_seals_with_their_rows,
    delete_a_seal,
    change_and_reckon_the_chain_anew,
]


def test_each_tampering_by_the_owner_is_found_and_an_untouched_log_is_not_accused() -> None:
    looks = fill_log()
    last = ReadSeal.objects.order_by("number").last()
    assert last is not None
    kept = {last.number: last.hash}
    write(1)  # not sealed yet
    untouched = verify_log(kept)
    assert [look.wrong for look in [*looks, untouched] if look.wrong] == []
    assert (untouched.rows, untouched.open_rows) == (WRITERS * ROWS_EACH + 5, 1)
    unsealed = ReadEvent.objects.latest("pk")  # what is not sealed can be changed unseen: it goes now
    rng, missed = random.Random(SEED), []
    with as_owner():
        unsealed.delete()
        for number in range(TAMPERINGS):
            tamper = CASES[number] if number < len(CASES) else rng.choice(CASES)
            with transaction.atomic():
                tamper(rng)
                if not verify_log(kept).wrong:
                    missed.append(f"{number} {tamper.__name__}")
                transaction.set_rollback(True)
    found = f"{TAMPERINGS - len(missed)} of {TAMPERINGS}, seed {SEED}, seals {last.number}"
    sys.stdout.write(f"tamperings found: {found}\n")
    assert missed == []
    assert verify_log(kept).wrong == []


@pytest.mark.parametrize("model", [ReadEvent, ReadSeal])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_can_change_nothing(model: type[ReadEvent | ReadSeal], verb: str) -> None:
    columns = [field.column for field in model._meta.concrete_fields]
    for column in columns if "{} = {}" in verb else columns[:1]:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(verb.format(model._meta.db_table, column, column))


def verified(*arguments: str) -> tuple[str, str]:
    """What the command says, and with which sentence it fails."""
    out = StringIO()
    try:
        call_command("verify_log", *arguments, stdout=out)
    except CommandError as failed:
        return out.getvalue(), str(failed)
    return out.getvalue(), ""


def test_the_command_says_what_it_looked_at_and_what_is_wrong() -> None:
    for number in range(3):
        write(number)
        call_command("seal_log", stdout=StringIO())
    write(4)
    good = ReadSeal.objects.get(number=3).hash
    said, failed = verified("--from", "3", good)
    assert failed == ""
    assert "Nagekeken: 3 regels, 3 zegels." in said or "Checked: rows 3, seals 3." in said
    assert "2026-" in said  # since when the last row waits
    with as_owner():
        first, second = ReadEvent.objects.order_by("id")[:2]
        ReadEvent.objects.filter(pk=first.pk).update(staff_name="Iemand anders")
        second.delete()
        ReadSeal.objects.get(number=3).delete()
    said, failed = verified("--from", "3", good)
    assert failed
    wrong = [line.strip() for line in said.splitlines() if line.startswith("  ")]
    assert len(wrong) == 3
    assert "3" in wrong[0]  # the seal that is gone
    assert f"{first.pk}" in wrong[1]
    assert "2" in wrong[2]
    assert verified("--from", "three", good)[0] == ""
