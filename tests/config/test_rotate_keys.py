"""Keys are rotated while people write, whatever kills the rotation: everything opens, every BSN is found, once."""

import io
import json
import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from foundation import rotating
from foundation.encryption import _unwrap, make_file_keys
from foundation.keys import key_ring
from foundation.models import FileKey
from participants.models import Participant
from participants.models.participant import BSN_HASHES, bsn_hashes
from reporting.models import StatisticDelivery
from tests import factories as make
from tests.support.forked import Copy

KILLS = 4


@pytest.fixture
def ring(tmp_path: Path, settings: Any) -> Path:
    """A ring of this test's own, as the one the database was filled with."""
    own = tmp_path / "keys.json"
    own.write_bytes(Path(settings.DRAAD_KEYS).read_bytes())
    own.chmod(0o640)
    settings.DRAAD_KEYS = str(own)
    return own


def rotate(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rotate_keys", *arguments, stdout=out)
    return out.getvalue()


def found(person: Participant, bsn: str) -> bool:
    """Whether the file is found by its BSN with each key of the ring."""
    hashes = dict(zip(BSN_HASHES, bsn_hashes(person.provider_id, bsn), strict=True))
    there = Participant.objects.filter(provider=person.provider_id)
    return all(there.get(**{name: value}) == person for name, value in hashes.items() if value)


@pytest.mark.django_db
def test_both_keys_are_rotated_and_the_old_ones_taken_out(ring: Path) -> None:
    session = make.SessionFactory(note="Zij slaapt slecht.")
    person = session.participant
    person.bsn = "123456782"
    person.save()
    history, version = person.history.count(), person.version
    before = key_ring()
    said = rotate()
    both = key_ring()
    assert (list(both.keys), both.current, list(both.lookups)) == (["k1", "k2"], "k2", [1, 2])
    assert "k1, k2" in said and ring.stat().st_mode & 0o777 == 0o640
    assert set(FileKey.objects.values_list("ring_key", flat=True)) == {"k2"}
    assert rotate() and key_ring() == both, "twice does nothing more"
    assert found(person, "123456782")
    rotate("--remove-old")
    after = key_ring()
    assert (list(after.keys), list(after.lookups)) == (["k2"], [2])
    assert not set(before.marks().values()) & set(after.marks().values())
    person.refresh_from_db()
    assert (person.bsn, person.bsn_hash, person.version) == ("123456782", None, version)
    assert found(person, "123456782") and person.history.count() == history
    session.refresh_from_db()
    assert session.note == "Zij slaapt slecht."
    rotate()
    rotate("--remove-old")
    person.refresh_from_db()
    assert (list(key_ring().lookups), person.bsn_hash_even) == ([3], None)
    assert found(person, "123456782")


@pytest.mark.django_db
def test_an_old_key_that_is_needed_stays(ring: Path, settings: Any) -> None:
    with pytest.raises(CommandError, match="rotate_keys"):
        rotate("--add")
        rotate("--remove-old")
    rotate()
    cast = make.AgreementFactory()
    delivery = {"month": make.days_ago(60).replace(day=1), "format": "csv", "rows": 1, "sha256": "0" * 64}
    StatisticDelivery.objects.create(
        provider=cast.provider, municipality=cast.municipality, digests={"D1": "abc"}, **delivery
    )
    with pytest.raises(CommandError, match="--forget-check-numbers"):
        rotate("--remove-old")
    assert len(key_ring().lookups) == 2
    FileKey.objects.create(file_id=cast.pk, ring_key="k9", wrapped=b"of another ring")
    with pytest.raises(CommandError, match=str(cast.pk)):
        rotate("--remove-old", "--forget-check-numbers")
    assert rotating.keys_missing() == ["k9"]
    FileKey.objects.filter(file_id=cast.pk).delete()
    rotate("--remove-old", "--forget-check-numbers")
    assert list(key_ring().keys) == ["k2"]


@pytest.mark.django_db
def test_without_a_key_ring_nothing_happens(ring: Path) -> None:
    person = make.ParticipantFactory(bsn="123456782")
    ring.rename(ring.with_name("elsewhere"))
    with pytest.raises(CommandError, match="is missing"):
        rotate()
    assert not ring.exists()
    ring.with_name("elsewhere").rename(ring)
    assert Participant.objects.get(pk=person.pk).bsn == "123456782"


@pytest.mark.django_db
def test_a_key_that_was_read_just_before_it_was_rotated_is_read_again(ring: Path) -> None:
    person = make.ParticipantFactory(bsn="123456782")
    stale = FileKey.objects.get(file_id=person.pk)
    rotate()
    rotate("--remove-old")
    assert _unwrap(stale) == _unwrap(FileKey.objects.get(file_id=person.pk))


@pytest.mark.real_clock
def test_killed_in_the_middle_under_a_writer_everything_opens_and_no_bsn_stands_twice(
    transactional_db: None, ring: Path, tmp_path: Path
) -> None:
    ledger, first = tmp_path / "saved.jsonl", make.ParticipantFactory(bsn="100000000")
    make_file_keys(uuid4() for _ in range(1200))
    chance, kills = random.Random(20), 0
    writer = Copy(lambda: write(first, ledger))
    try:
        for step in ([], ["--remove-old"]):
            while not (rotation := Copy(lambda step=step: rotate(*step))).is_over():  # type: ignore[misc]
                if kills < KILLS:
                    time.sleep(chance.uniform(0.02, 0.15))
                    kills += not rotation.is_over()
                    rotation.kill()
                else:
                    wait_until(rotation.is_over)
                    break
            kills = 0
        wait_until(lambda: len(saved(ledger)) > 5)
    finally:
        writer.kill()
    assert len(key_ring().keys) == 1 and set(FileKey.objects.values_list("ring_key", flat=True)) == {"k2"}
    assert not Participant.objects.exclude(bsn_hash=None).exists()
    people = {str(person.pk): person for person in Participant.objects.all()}
    assert "twice" not in saved(ledger)
    assert all(people[line["pk"]].attention == line["bsn"] for line in saved(ledger).values())
    assert all(found(person, person.bsn) for person in people.values())


def write(first: Participant, ledger: Path) -> None:
    """Make people, change the one of before, and try to write the BSN of the first again; say what was saved."""
    with ledger.open("a") as file:
        for number in range(200_000_000, 200_100_000):
            person = make.ParticipantFactory(provider=first.provider, bsn=str(number))
            person.attention = person.bsn
            person.save()
            file.write(json.dumps({"pk": str(person.pk), "bsn": person.bsn}) + "\n")
            file.flush()
            for bsn in ("100000000", str(number)):
                with suppress(IntegrityError), transaction.atomic():
                    make.ParticipantFactory(provider=first.provider, bsn=bsn)
                    file.write(json.dumps({"pk": "twice", "bsn": bsn}) + "\n")


def saved(ledger: Path) -> dict[str, dict[str, str]]:
    lines = [json.loads(line) for line in ledger.read_text().splitlines()] if ledger.exists() else []
    return {line["pk"]: line for line in lines}


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)
