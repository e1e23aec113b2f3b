"""What a person told us stands sealed in the database, with a key per file."""

import hashlib
import hmac
import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Model

from foundation import encryption
from foundation.keys import KeyRingMissing, _read, create_key_ring, key_ring
from foundation.models import FileKey
from guidance.models import Session
from participants.models import Participant
from tests import factories as make
from tests.cast import make_cast
from tests.participants.planting import plant
from tests.participants.searching import opened_elsewhere, opened_flipped

pytestmark = pytest.mark.django_db


def stored(model: type[Model], column: str, pk: uuid.UUID) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} WHERE id = %s", [pk])
        return bytes(cursor.fetchone()[0])


def test_a_note_is_read_back_and_does_not_stand_in_the_database() -> None:
    session = make.SessionFactory(note="Zij slaapt slecht sinds de brief.")
    assert Session.objects.get(pk=session.pk).note == "Zij slaapt slecht sinds de brief."
    assert b"slaapt" not in stored(Session, "note", session.pk)


def test_an_empty_note_is_null() -> None:
    session = make.SessionFactory(note="")
    assert Session.objects.filter(pk=session.pk, note=None).exists()
    assert Session.objects.get(pk=session.pk).note == ""


def test_a_sealed_text_does_not_open_in_another_row_or_column() -> None:
    session = make.SessionFactory(note="van mij", plan="plan")
    other = make.SessionFactory(trajectory=session.trajectory, note="van een ander")
    Session.objects.filter(pk=other.pk).update(note=stored(Session, "note", session.pk))
    with pytest.raises(encryption.Unreadable):
        _ = Session.objects.get(pk=other.pk).note
    Session.objects.filter(pk=session.pk).update(plan=stored(Session, "note", session.pk))
    with pytest.raises(encryption.Unreadable):
        _ = Session.objects.get(pk=session.pk).plan


def test_destroying_the_key_makes_every_text_of_the_person_unreadable_in_history_too() -> None:
    session = make.SessionFactory(note="eerst")
    session.note = "later"
    session.save()
    assert [row.note for row in session.history.order_by("pgh_id")] == ["eerst", "later"]
    FileKey.objects.filter(file_id=session.participant_id).delete()
    with pytest.raises(encryption.Unreadable):
        _ = Session.objects.get(pk=session.pk).note
    with pytest.raises(encryption.Unreadable):
        _ = session.history.first().note


def test_saving_an_unchanged_text_leaves_its_bytes_alone() -> None:
    session = make.SessionFactory(note="blijft")
    before = stored(Session, "note", session.pk)
    read = Session.objects.get(pk=session.pk)
    assert read.note == "blijft"
    read.minutes = 10
    read.save()
    assert stored(Session, "note", session.pk) == before


def test_update_of_a_sealed_text_is_refused() -> None:
    session = make.SessionFactory()
    with pytest.raises(TypeError):
        Session.objects.filter(pk=session.pk).update(note="open en bloot")


def test_many_files_open_with_one_query(django_assert_num_queries: object) -> None:
    sessions = [make.SessionFactory(note=f"tekst {n}") for n in range(5)]
    read = list(Session.objects.filter(pk__in=[s.pk for s in sessions]))
    with encryption.file_keys_kept(), django_assert_num_queries(1):  # type: ignore[operator]
        encryption.open_file_keys(s.participant_id for s in read)
        assert sorted(s.note for s in read) == [f"tekst {n}" for n in range(5)]


def test_a_bsn_is_found_by_its_hash_within_one_provider_only() -> None:
    one = make.ParticipantFactory(bsn="123456782")
    other = make.ParticipantFactory(bsn="123456782")
    assert one.bsn_hash != other.bsn_hash
    assert Participant.objects.get(provider=one.provider, bsn_hash=one.bsn_hash) == one


def test_a_missing_key_ring_is_named_and_nothing_is_made(settings: object, tmp_path: object) -> None:
    settings.DRAAD_KEYS = str(tmp_path / "gone.json")  # type: ignore[attr-defined, operator]
    with pytest.raises(KeyRingMissing, match=r"gone\.json"):
        key_ring()
    assert not (tmp_path / "gone.json").exists()  # type: ignore[operator]


def test_a_key_ring_is_made_once_and_for_its_owner_only(tmp_path: object) -> None:
    path = tmp_path / "keys.json"  # type: ignore[operator]
    create_key_ring(path)
    first = path.read_text()
    create_key_ring(path)
    assert path.read_text() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [len(key) for key in _read(path, (0, 0, 0)).lookups.values()] == [32]


def test_a_sealed_value_opens_nowhere_else_and_not_with_one_bit_flipped() -> None:
    cast = make_cast()
    people = [
        plant(cast.trajectory, cast.noor, mark="kanarie"),
        plant(cast.other_unit_trajectory, cast.chris, mark="mus"),
    ]
    with encryption.file_keys_kept():
        swaps, swapped = opened_elsewhere(people)
        bits, flipped = opened_flipped(people, most=2)
    assert (swapped, flipped) == ([], []) and swaps > 2000 and bits > 500


def test_the_hash_of_a_bsn_needs_the_key() -> None:
    person = make.ParticipantFactory(bsn="123456782")
    texts = [f"bsn|{person.provider_id}|123456782", "bsn|123456782", "123456782"]
    made = {hashlib.new(kind, text.encode()).digest() for kind in ("sha256", "sha512", "blake2s") for text in texts}
    made |= {hmac.digest(key, texts[0].encode(), "sha256") for key in (b"", bytes(32), settings.SECRET_KEY.encode())}
    assert person.bsn_hash not in made
    assert person.bsn_hash == hmac.digest(key_ring().lookups[1], texts[0].encode(), "sha256")
