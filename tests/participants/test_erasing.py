"""Erasing takes everything of one person and nothing of another, also out of what is kept of earlier versions."""

import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from foundation.models import FileKey
from foundation.refused import Refused
from organisations.models import StaffMember
from participants.law import ledger
from participants.law.erasing import erase_again, erase_file
from participants.models import ErasedFile, LegalHold, Participant
from participants.tasks import write_ledger
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.participants.planting import Planted, personal_models, plant, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def planted(cast: Cast) -> Planted:
    found = plant(cast.trajectory, cast.noor, mark="kanarie")
    session = make.SessionFactory(trajectory=cast.trajectory)
    session.goals.add(make.GoalFactory(participant=cast.samira))
    make.GroupFactory(unit=cast.unit, trajectories=[cast.trajectory])
    LegalHold.objects.filter(participant=cast.samira).update(ends_on=make.days_ago(0))
    return found


def erase(person: Participant, by: StaffMember) -> dict[str, int]:
    return erase_file(by=by, participant=person, ground="request", basis="AVG art. 17")[1]


def whole_database() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            found += [f"{table}: {row[0]}" for row in cursor.fetchall()]
    return "\n".join(found)


def test_every_text_of_every_kind_of_row_is_planted(planted: Planted) -> None:
    assert len(personal_models()) > 25
    texts = {f"{model._meta.label}.{text.name}" for model in personal_models() for text in texts_of(model)}
    assert set(planted.words.values()) == texts


def test_nothing_of_the_person_is_left(cast: Cast, planted: Planted) -> None:
    cast.samira.surname = "Kanarievogel"
    cast.samira.save()  # an earlier version of the name stands in the history
    assert "kanarie" in whole_database().lower()
    file_id = planted.person.pk
    counts = erase(planted.person, cast.piet)
    left = whole_database()
    assert "kanarie" not in left.lower()
    assert [line for line in left.splitlines() if str(file_id) in line] == [
        line for line in left.splitlines() if line.startswith("participants_erasedfile: ")
    ]
    assert not FileKey.objects.filter(file_id=file_id).exists()
    assert counts["participants_participant"] == 1 and counts["guidance_session_goals"] == 1


def test_others_keep_every_row(cast: Cast, planted: Planted) -> None:
    others = plant(cast.other_unit_trajectory, cast.chris, mark="blijver")
    before = {model: model._base_manager.count() for model in personal_models()}
    mine = {model: _rows_of(model, planted.person) for model in personal_models()}
    erase(planted.person, cast.piet)
    assert {m: m._base_manager.count() for m in personal_models()} == {m: before[m] - mine[m] for m in before}
    others.trajectory.participant.refresh_from_db()
    assert others.trajectory.participant.attention.startswith("blijver")


def _rows_of(model: object, person: Participant) -> int:
    key = "pk" if model is Participant else "participant_id"
    return model._base_manager.filter(**{key: person.pk}).count()  # type: ignore[attr-defined,no-any-return]


def test_what_is_left_says_who_decided_and_why(cast: Cast) -> None:
    left, _counts = erase_file(by=cast.piet, participant=cast.samira, ground="request", basis="AVG art. 17")
    assert (left.file_id, left.decided_by_name, left.ground) == (cast.samira.pk, "Piet Dam", "request")


def test_a_file_that_is_held_is_not_erased(cast: Cast) -> None:
    LegalHold.objects.create(
        provider=cast.provider,
        participant=cast.samira,
        reason="Klacht",
        starts_on=make.days_ago(1),
        placed_by=cast.piet,
    )
    with pytest.raises(Refused):
        erase(cast.samira, cast.piet)
    assert Participant.objects.filter(pk=cast.samira.pk).exists() and not ErasedFile.objects.exists()


def test_the_database_erases_nothing_without_a_reason(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="nothing says why"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT erase_file(%s)", [cast.samira.pk])
    assert Participant.objects.filter(pk=cast.samira.pk).exists()


def test_the_application_itself_cannot_delete_history_or_the_record(cast: Cast) -> None:
    erase(cast.samira, cast.piet)
    for table in ("participants_erasedfile", "participants_participanthistory"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


def test_history_is_kept_again_after_an_erasure(cast: Cast) -> None:
    erase(cast.samira, cast.piet)
    cast.rosa.surname = "Anders"
    cast.rosa.save()
    assert cast.rosa.history.filter(surname="Lammers").exists()  # type: ignore[attr-defined]


def test_a_restored_backup_is_erased_again(cast: Cast, tmp_path: Path, settings: object) -> None:
    path = tmp_path / "erasures.jsonl"
    settings.DRAAD_ERASURES = str(path)  # type: ignore[attr-defined]
    file_id = cast.samira.pk
    with transaction.atomic():  # the backup of before is what this is rolled back to
        undo = transaction.savepoint()
        erase(cast.samira, cast.piet)
        write_ledger()
        write_ledger()  # nothing twice
        transaction.savepoint_rollback(undo)
    assert Participant.objects.filter(pk=file_id).exists()
    call_command("replay_erasures", str(path))
    call_command("replay_erasures", str(path))
    assert not Participant.objects.filter(pk=file_id).exists()
    assert ErasedFile.objects.get().decided_by == cast.piet
    assert len(path.read_text().splitlines()) == 1 and "Amrani" not in path.read_text()


def test_a_broken_line_of_the_ledger_is_said_and_the_rest_is_erased(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "erasures.jsonl"
    path.write_text('{"file_id": "half')
    left, _counts = erase_file(by=cast.piet, participant=cast.samira, ground="request", basis="")
    assert ledger.write(path) == 1
    with pytest.raises(CommandError, match="1"):
        call_command("replay_erasures", str(path))
    entries, damaged = ledger.read(path)
    assert ([entry["file_id"] for entry in entries], damaged) == ([str(left.file_id)], [1])


def test_a_provider_of_after_the_backup_is_no_trouble(cast: Cast) -> None:
    left, _counts = erase_file(by=cast.piet, participant=cast.samira, ground="request", basis="")
    assert not erase_again({**ledger.entry_of(left), "file_id": str(uuid.uuid4()), "provider": str(uuid.uuid4())})
