"""One DRAAD_HOME has one pair of servers: started by who comes first, joined or refused by who comes later."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded.processes import socket_folder
from config.embedded.seat import running
from config.embedded.servers import AlreadyRunning, serve
from config.environment import ROOT
from tests.config.conftest import Made


@pytest.fixture
def home(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    made(tmp_path / "home" / "postgres")
    return tmp_path / "home"


@pytest.fixture
def served(home: Path) -> Iterator[dict[str, str]]:
    with serve(home, join=False, patient=False) as urls:
        yield urls


def test_servers_named_in_the_environment_are_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/draad")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    with serve(home, join=False, patient=False) as urls:
        assert urls == {}
    assert not (home / "servers.lock").exists()


def test_who_comes_later_joins_or_is_refused(home: Path, served: dict[str, str]) -> None:
    assert running(home)["DATABASE_URL"] == served["DATABASE_URL"]
    with serve(home, join=True, patient=True) as joined:
        assert joined == served
        psycopg.connect(joined["DATABASE_URL"]).close()
    with pytest.raises(AlreadyRunning, match="already running"), serve(home, join=False, patient=False):
        pass


def test_two_homes_run_side_by_side(made: Made, tmp_path: Path, served: dict[str, str]) -> None:
    made(tmp_path / "other" / "postgres")
    with serve(tmp_path / "other", join=False, patient=False) as other:
        assert other["DATABASE_URL"] != served["DATABASE_URL"]
        psycopg.connect(other["DATABASE_URL"]).close()
    psycopg.connect(served["DATABASE_URL"]).close()


def test_afterwards_nothing_runs_and_nothing_is_left(home: Path) -> None:
    with serve(home, join=False, patient=False) as urls:
        folder = Path(urls["DATABASE_URL"].partition("host=")[2])
        assert folder.exists()
    assert running(home) == {}
    assert not folder.exists()
    assert not (home / "servers.json").exists()


def test_a_patient_owner_waits_for_who_joined(home: Path) -> None:
    leave, left = threading.Event(), threading.Event()

    def join() -> None:
        with serve(home, join=True, patient=True) as urls:
            joined.set()
            leave.wait(20)
            psycopg.connect(urls["DATABASE_URL"]).close()
            left.set()

    joined = threading.Event()
    with serve(home, join=False, patient=True):
        guest = threading.Thread(target=join)
        guest.start()
        assert joined.wait(20)
        threading.Timer(0.3, leave.set).start()
    assert left.is_set(), "the servers stopped under somebody's hands"
    guest.join()


def test_what_a_killed_owner_left_is_swept(home: Path) -> None:
    left = socket_folder()
    (home / "servers.json").write_text(json.dumps({"DATABASE_URL": "postgresql:///gone", "folders": str(left)}))
    assert running(home) == {}, "nobody holds the lock, so nothing runs"
    with serve(home, join=False, patient=False):
        assert not left.exists()


def test_a_killed_owner_is_followed_by_the_next(home: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from config.embedded.servers import serve\n"
        f"with serve(Path({str(home)!r}), join=False, patient=False):\n"
        "    print('up', flush=True); time.sleep(600)"
    )
    first = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, env=dict(os.environ))
    assert first.stdout
    assert first.stdout.readline() == b"up\n"
    first.kill()
    first.wait()
    first.stdout.close()
    begun = time.monotonic()
    with serve(home, join=False, patient=False) as urls:
        psycopg.connect(urls["DATABASE_URL"]).close()
    assert time.monotonic() - begun < 30
