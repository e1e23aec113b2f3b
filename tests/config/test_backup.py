"""A copy proves itself, holds no key, and is read back with its seals whole and its erasures done again."""

import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from config.backup.programs import program
from config.backup.restoring import point_django_at
from foundation.models import ReadEvent
from foundation.sealing import seal_log
from participants.models import Participant
from tests.cast import make_cast
from tests.participants.planting import Planted, plant
from tests.participants.searching import Search
from tests.support import servers

COPY = "draad_copy"


@pytest.fixture
def name(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    own = str(connection.settings_dict["NAME"])
    monkeypatch.setenv("DRAAD_BACKUP_URL", servers.url("postgres", own))
    into = f"{COPY}_{own}"
    yield into
    point_django_at(own)
    with servers.connect("postgres", "postgres") as administrator:
        administrator.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(into)))


def ran(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_a_copy_is_read_back_as_it_was_and_what_was_changed_in_it_is_seen(
    name: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    erased = cast.samira
    erased.bsn = "731904826"
    erased.save()
    planted = plant(cast.trajectory, cast.noor, mark="kanarie")
    ReadEvent.objects.create(role="coach", what="person")
    seal_log()
    ran("backup", str(tmp_path))
    (made,) = tmp_path.iterdir()
    assert sorted(file.name for file in made.iterdir()) == ["database.dump", "manifest.json"]
    assert found_in(planted, made).sealed == {}
    assert found_in(planted, made).plain["participants.Participant.surname"], "the search finds what is there"
    said = json.loads((made / "manifest.json").read_text())
    ring = json.loads(Path(settings.DRAAD_KEYS).read_text())
    secrets = [*ring["lookups"].values(), *ring["keys"].values()]
    assert not any(
        secret in str(said) or secret.encode() in (made / "database.dump").read_bytes() for secret in secrets
    )
    assert said["tables"]["participants_participant"][0] == Participant.objects.count()
    assert (made.stat().st_mode & 0o777, (made / "database.dump").stat().st_mode & 0o777) == (0o700, 0o600)

    settings.DRAAD_ERASURES = str(tmp_path / "erasures.jsonl")
    ledger = {"file_id": str(erased.pk), "provider": str(erased.provider_id), "ground": "request", "basis": "art. 17"}
    ledger |= {"decided_by": "", "decided_by_name": "Wim", "asked_on": "", "erased_at": "2026-03-17T10:00:00+01:00"}
    Path(settings.DRAAD_ERASURES).write_text(json.dumps(ledger) + "\n")
    out = ran("restore", str(made), "--into", name)
    assert "is in order" in out
    assert connection.settings_dict["NAME"] == name
    assert not Participant.objects.filter(pk=erased.pk).exists(), "erased again"
    (tmp_path / "again").mkdir()
    monkeypatch.setenv("DRAAD_BACKUP_URL", servers.url("postgres", name))
    ran("backup", str(tmp_path / "again"))
    assert found_in(planted, *(tmp_path / "again").iterdir()).total.total() == 0, "nothing of who was erased"
    with servers.connect("postgres", name) as administrator:
        owners = administrator.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        assert owners == [("draad_owner",)]
        administrator.execute("UPDATE foundation_readevent SET what = 'another'")
    with pytest.raises(CommandError, match="verify_log"):
        ran("check_restore")
    with pytest.raises(CommandError, match="already"):
        ran("restore", str(made), "--into", name)

    with (made / "database.dump").open("r+b") as dump:
        dump.seek(2000)
        dump.write(b"x")
    with pytest.raises(CommandError, match="damaged or was changed"):
        ran("restore", str(made), "--into", f"{name}_2")


def found_in(planted: Planted, copy: Path) -> Search:
    """What of a person stands in a copy, as it lies there and read out."""
    found = Search({"kanarie": planted}, {"kanarie": "731904826"})
    dump = str(copy / "database.dump")
    found.look_in("the copy", (copy / "database.dump").read_bytes() + (copy / "manifest.json").read_bytes())
    command = [program("pg_restore", server=180000), "--file", "-", dump]
    found.look_in("the rows", subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def test_who_may_not_read_all_rows_makes_no_copy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DRAAD_BACKUP_URL", raising=False)
    with pytest.raises(CommandError, match="DRAAD_BACKUP_URL"):
        ran("backup", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_another_key_ring_is_seen_before_anything_is_read_back(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config.backup import manifest

    (tmp_path / manifest.DUMP).write_bytes(b"dump")
    manifest.write(tmp_path, {"sha256": manifest.digest(tmp_path / manifest.DUMP), "keys": "another"})
    with pytest.raises(CommandError, match="key ring"):
        ran("restore", str(tmp_path), "--into", name)
    with servers.connect("postgres", "postgres") as administrator:
        found = administrator.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
    assert found is None
