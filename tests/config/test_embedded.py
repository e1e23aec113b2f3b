"""The embedded servers start, survive what happens to them, and end with who started them."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded.postgres import APPLICATION, DATABASE, OWNER, Postgres
from config.embedded.processes import ServerError
from config.embedded.valkey import Valkey
from config.environment import ROOT
from tests.config.conftest import Made


@pytest.fixture
def postgres(made: Made, tmp_path: Path) -> Iterator[Postgres]:
    made(tmp_path / "data")
    cluster = Postgres(tmp_path / "data", log=tmp_path / "log", durable=False)
    yield cluster
    cluster.stop()
    cluster.remove()


def number_of(postgres: Postgres) -> int:
    assert postgres.child
    return postgres.child.process.pid


def gone(number: int) -> bool:
    """Whether a process ended; one that only waits to be counted by its parent did."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_it_listens_only_in_a_folder_of_its_owner(postgres: Postgres) -> None:
    postgres.start()
    with postgres.administrator() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert stat.S_IMODE(postgres.folder.stat().st_mode) == 0o700


def test_the_application_owns_nothing_and_the_owner_makes_tables(postgres: Postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url(OWNER)) as owner:
        owner.execute("CREATE TABLE letter (id int)")
    with psycopg.connect(postgres.url(APPLICATION), autocommit=True) as application:
        application.execute("INSERT INTO letter VALUES (1)")
        for statement in ("CREATE TABLE other (id int)", "TRUNCATE letter", "DROP TABLE letter"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)
        owned = application.execute("SELECT count(*) FROM pg_class WHERE relowner = 'draad_app'::regrole")
        assert owned.fetchone() == (0,)


def test_it_has_the_extensions_and_writes_letters_as_people_do(postgres: Postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url(APPLICATION)) as connection:
        assert connection.execute("SELECT lower(unaccent('ÇELİK ÖZDEMIR'))").fetchone() == ("celik ozdemir",)
        assert connection.execute("SELECT similarity('janssen', 'jansen') > 0.4").fetchone() == (True,)


def test_it_keeps_what_was_written_over_a_restart(postgres: Postgres, tmp_path: Path) -> None:
    postgres.start()
    with psycopg.connect(postgres.url(OWNER)) as owner:
        owner.execute("CREATE TABLE kept (id int)")
    postgres.stop()
    again = Postgres(tmp_path / "data", log=tmp_path / "log", durable=False).start()
    try:
        with psycopg.connect(again.url(OWNER)) as owner:
            assert owner.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    finally:
        again.stop()


def test_it_starts_again_after_a_kill(postgres: Postgres, tmp_path: Path) -> None:
    postgres.start()
    os.kill(number_of(postgres), signal.SIGKILL)
    assert postgres.child
    postgres.child.process.wait()
    again = Postgres(tmp_path / "data", log=tmp_path / "log", durable=False)
    try:
        again.start()
    finally:
        again.stop()


def test_it_starts_when_its_old_number_belongs_to_another_process(postgres: Postgres) -> None:
    note = postgres.identity.data / "cluster" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{note.parent}\n0\n5432\n\n\n\n\n")
    postgres.start()
    assert number_of(postgres) != os.getpid()


def test_a_cluster_that_was_half_made_is_made_anew(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "data", log=tmp_path / "log", durable=False)
    (postgres.identity.data / "draft").mkdir()
    (postgres.identity.data / "draft" / "PG_VERSION").write_text("18\n")
    try:
        postgres.start()
        assert number_of(postgres) > 0
    finally:
        postgres.stop()
        postgres.remove()


def test_without_user_namespaces_it_does_not_run_as_root_either(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "data", log=tmp_path / "log", durable=False, namespaces=False)
    try:
        postgres.start()
        owner = Path(f"/proc/{number_of(postgres)}").stat().st_uid
        assert owner != 0
        postgres.stop()
        again = Postgres(tmp_path / "data", log=tmp_path / "log", durable=False)
        assert again.identity.data == postgres.identity.data, "where the data is, is remembered"
        again.stop()
    finally:
        postgres.stop()
        postgres.remove()


def test_what_keeps_it_from_starting_is_said(postgres: Postgres) -> None:
    settings = postgres.identity.data / "cluster" / "postgresql.conf"
    with settings.open("a") as handle:
        handle.write("nonsense = 1\n")
    with pytest.raises(ServerError, match=r"does not start[\s\S]*nonsense"):
        postgres.start()


def test_no_room_is_said_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 5 * 2**20))
    postgres = Postgres(tmp_path / "data", log=tmp_path / "log")
    with pytest.raises(ServerError, match="5 MB left"):
        postgres.start()
    assert not (postgres.identity.data / "cluster").exists()
    postgres.stop()


def test_both_servers_end_when_their_parent_is_killed(made: Made, tmp_path: Path) -> None:
    made(tmp_path / "data")
    script = (
        "import time; from pathlib import Path; from config.embedded.postgres import Postgres\n"
        "from config.embedded.valkey import Valkey\n"
        f"p = Postgres(Path({str(tmp_path / 'data')!r}), log=Path({str(tmp_path / 'log')!r})).start()\n"
        f"v = Valkey(log=Path({str(tmp_path / 'valkey.log')!r})).start()\n"
        "print(p.child.process.pid, v.child.process.pid, p.folder, v.folder, p.identity.data, flush=True)\n"
        "time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    *numbers, folder, other, data = parent.stdout.readline().split()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 20
    while not all(gone(int(number)) for number in numbers):
        assert time.monotonic() < until, "a server outlived who started it"
        time.sleep(0.05)
    for left in (folder, other, data):
        shutil.rmtree(left, ignore_errors=True)


def test_the_database_of_the_application_is_the_default(postgres: Postgres) -> None:
    assert postgres.url(APPLICATION) == f"postgresql://draad_app@/{DATABASE}?host={postgres.folder}"


def test_valkey_answers_and_leaves_nothing(tmp_path: Path) -> None:
    valkey = Valkey(log=tmp_path / "log").start()
    assert valkey.url(3) == f"redis+socket://{valkey.socket}?virtual_host=3"
    assert stat.S_IMODE(valkey.folder.stat().st_mode) == 0o700
    valkey.stop()
    assert not valkey.folder.exists()
