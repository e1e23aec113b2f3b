"""`run.py manage` brings its servers along and takes them away again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from config.embedded.seat import running
from config.environment import ROOT
from tests.config.conftest import Made


@pytest.fixture
def home(made: Made, tmp_path: Path) -> Path:
    made(tmp_path / "home" / "postgres")
    return tmp_path / "home"


def launch(home: Path, *arguments: str) -> "subprocess.Popen[str]":
    given = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DRAAD_KEYS", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in given}
    command = [sys.executable, "-m", "config.launch", *arguments]
    variables = {**kept, "DRAAD_HOME": str(home)}
    return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def shell(home: Path, code: str) -> "subprocess.Popen[str]":
    return launch(home, "manage", "shell", "--no-imports", "--command", code)


def wait_for_servers(home: Path) -> dict[str, str]:
    until = time.monotonic() + 60
    while not (urls := running(home)):
        assert time.monotonic() < until
        time.sleep(0.05)
    return urls


def test_a_command_runs_on_migrated_tables_as_the_application(home: Path) -> None:
    code = (
        "from django.db import connection as c; from organisations.models import StaffMember\n"
        "n = StaffMember.objects.count(); k = c.cursor(); k.execute('SELECT current_user')\n"
        "print(n, k.fetchone()[0]); raise SystemExit(7)"
    )
    command = shell(home, code)
    said, complained = command.communicate()
    assert (said, command.returncode) == ("0 draad_app\n", 7), complained
    assert running(home) == {}
    assert (home / "keys.json").exists()
    again = shell(home, "print('quick')")
    assert again.communicate() == ("quick\n", "")


@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGKILL])
def test_who_ends_it_ends_its_servers_too(home: Path, ended_by: signal.Signals) -> None:
    command = shell(home, "import time; time.sleep(300)")
    urls = wait_for_servers(home)
    command.send_signal(ended_by)
    command.communicate()
    until = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(urls["DATABASE_URL"]).close()
        except psycopg.OperationalError:
            break
        assert time.monotonic() < until, "PostgreSQL outlived the command"
        time.sleep(0.1)
    assert running(home) == {}


ORPHAN = """
import subprocess
from config.embedded.processes import adopt_orphans, bury
adopt_orphans()
subprocess.run(["sh", "-c", "sleep 0.4 & echo $!"], check=True)
bury()
"""


def test_what_a_child_leaves_behind_is_waited_for() -> None:
    done = subprocess.run([sys.executable, "-c", ORPHAN], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not Path("/proc", done.stdout.strip()).exists()
