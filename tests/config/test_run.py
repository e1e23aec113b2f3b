"""The newcomer's door: what it makes, and the one line it says when it cannot."""

import ast
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import ROOT

LAUNCH = "import sys\nprint('launched', sys.argv[1:])\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The door alone, with lists that ask for no package: what it does with .venv is the same, and quick."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "run.py", folder)
    (folder / "requirements").mkdir()
    (folder / "config").mkdir()
    (folder / "config" / "launch.py").write_text(LAUNCH)
    for name in ("demo", "dev"):
        (folder / "requirements" / f"{name}.txt").write_text("# nothing\n")
    return folder


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "run.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, **variables})


def test_it_installs_once_and_then_only_starts(checkout: Path) -> None:
    first = run(checkout, "demo", "--port", "8001")
    assert (first.returncode, first.stdout) == (0, "launched ['demo', '--port', '8001']\n"), first.stderr
    second = run(checkout, "manage", "check")
    assert (second.stdout, second.stderr) == ("launched ['manage', 'check']\n", "")


def test_without_a_command_it_is_the_demo(checkout: Path) -> None:
    assert run(checkout).stdout == "launched ['demo']\n"
    assert run(checkout, "--port", "8002").stdout == "launched ['demo', '--port', '8002']\n"


def test_a_new_list_is_installed_again(checkout: Path) -> None:
    run(checkout)
    (checkout / "requirements" / "demo.txt").write_text("# nothing else\n")
    assert "installing" in run(checkout).stderr
    assert run(checkout).stderr == ""


def test_an_installation_that_was_cut_off_is_redone(checkout: Path) -> None:
    run(checkout)
    venv = checkout / ".venv"
    (venv / "draad-installing").touch()
    (venv / "half").touch()
    assert "installing" in run(checkout).stderr
    assert not (venv / "half").exists()


def test_two_at_once_do_not_break_each_other(checkout: Path) -> None:
    run(checkout)
    (checkout / ".venv" / "draad-installed.json").unlink()
    command = [sys.executable, "run.py"]
    both = [subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0] for process in both] == ["launched ['demo']\n"] * 2


def test_a_package_that_cannot_be_had_is_said(checkout: Path, tmp_path: Path) -> None:
    demo = checkout / "requirements" / "demo.txt"
    before = demo.read_text()
    missing = (tmp_path / "draad-1-py3-none-any.whl").as_uri()
    demo.write_text(f"draad @ {missing} --hash=sha256:{'0' * 64}\n")
    failed = run(checkout)
    demo.write_text(before)
    assert failed.returncode == 1
    assert "draad: the packages could not be installed" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_an_unknown_command_is_said() -> None:
    asked = run(ROOT, "dmeo")
    assert asked.returncode == 1
    assert asked.stderr.startswith("draad: There is no command 'dmeo'. These exist: demo, ")
    assert len(asked.stderr.splitlines()) == 1


def test_an_old_python_can_read_it_far_enough_to_say_so() -> None:
    source = (ROOT / "run.py").read_text()
    ast.parse(source, feature_version=(3, 6))
    script = "import sys; sys.version_info = (3, 8, 1, 'final', 0); exec(open('run.py').read())"
    old = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert (old.returncode, old.stderr) == (1, "Draad needs Python 3.11 or newer; this is Python 3.8.\n")


def test_a_python_without_venv_is_said(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "venv.py").write_text("raise ModuleNotFoundError('No module named venv')")
    bare = tmp_path / "bare"
    shutil.copytree(checkout, bare, ignore=shutil.ignore_patterns(".venv*"))
    failed = run(bare, PYTHONPATH=str(tmp_path))
    assert failed.returncode == 1
    assert failed.stderr == "draad: Python's venv module is missing: on Debian or Ubuntu, apt install python3-venv.\n"
    assert not (bare / ".venv").exists()


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "config.launch", "demo", "--port", str(port)]
        variables = {**os.environ, "DRAAD_HOME": str(tmp_path / "home")}
        failed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=variables)
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"draad: Port {port} is taken or not allowed")
    assert len(failed.stderr.splitlines()) == 1
    assert not (tmp_path / "home").exists()


def test_a_home_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    command = [sys.executable, "-m", "config.launch", "manage", "check"]
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    variables = {**kept, "DRAAD_HOME": str(tmp_path / "file" / "home")}
    failed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=variables)
    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1].startswith("draad: DRAAD_HOME cannot be")
