"""A whole Draad of its own, to break: servers, web server, dispatcher and workers, each of which can be hurt."""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import redis

from config.embedded.postgres import APPLICATION, OWNER, Postgres
from config.embedded.processes import Child
from config.embedded.valkey import Valkey
from config.environment import ROOT

_WEB = "-m gunicorn config.wsgi --workers 2 --threads 4 --preload --no-control-socket".split()
_WORKER = "-m celery --quiet --app config worker --concurrency 1 --without-gossip --without-mingle".split()


class Site:
    """It lives in a folder of its own and ends with us."""

    def __init__(self, home: Path, root: Path = ROOT) -> None:
        self.home, self.root = home, root
        (home / "log").mkdir()
        self.postgres = Postgres(home / "postgres", log=home / "log" / "postgres.log")
        self.valkey = Valkey(log=home / "log" / "valkey.log")
        self.children: dict[str, Child] = {}
        self.port = _free_port()
        self._starts = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told. A worker that dies is followed after two seconds."""
        return {
            **os.environ,
            "DRAAD_HOME": str(self.home),
            "DRAAD_DEMO": "1",
            "DRAAD_URL": self.address,
            # One account does the work of many here.
            "DRAAD_FILES_A_MINUTE": "0",
            "DRAAD_FILES_AN_HOUR": "0",
            "DRAAD_TAKEN_A_MINUTE": "0",
            "DRAAD_TAKEN_AN_HOUR": "0",
            "DRAAD_JOB_LEASE_SECONDS": "2",
            "DATABASE_URL": self.postgres.url(APPLICATION),
            "DATABASE_OWNER_URL": self.postgres.url(OWNER),
            "REDIS_URL": self.valkey.url(),
        }

    def manage(self, *arguments: str, root: Path | None = None) -> None:
        """Run a command of the site to its end."""
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=root or self.root, env=self.environment, check=True)

    def start(self, name: str, command: list[str]) -> Child:
        """Start one of its processes; one of that name that still runs is ended first."""
        self.kill(name)
        self._starts += 1
        child = Child(
            name,
            [sys.executable, *command],
            log=self.home / "log" / f"{name}-{self._starts}.log",
            stop_with=signal.SIGTERM,
            cwd=self.root,
            env=self.environment,
        )
        self.children[name] = child
        return child

    def start_web(self) -> None:
        child = self.start("web", [*_WEB, "--bind", f"127.0.0.1:{self.port}"])
        child.wait_until(self._answers, seconds=90)

    def start_worker(self, name: str = "worker") -> None:
        self.start(name, [*_WORKER, "--loglevel", "WARNING"])

    def start_dispatcher(self, name: str = "dispatcher") -> None:
        self.start(name, ["manage.py", "dispatch"])

    def kill(self, name: str) -> None:
        """End a process and its children with -9, as a power cut would."""
        if child := self.children.pop(name, None):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()

    def kill_children(self, name: str) -> None:
        """End what a process has forked, with -9; it stays itself."""
        number = self.children[name].process.pid
        for child in Path(f"/proc/{number}/task/{number}/children").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)

    def kill_child(self, name: str, chance: random.Random) -> None:
        """End one of the processes that a process has forked, with -9; the others and it stay themselves."""
        number = self.children[name].process.pid
        if children := Path(f"/proc/{number}/task/{number}/children").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(chance.choice(children)), signal.SIGKILL)

    def restart_postgres(self, how: signal.Signals) -> None:
        """SIGINT is a fast restart: who is busy is undone. SIGQUIT is a crash: it is recovered from its log."""
        if child := self.postgres.child:
            child.process.send_signal(how)
            child.process.wait(60)
        self.postgres.start()

    def broker(self) -> "redis.Redis":
        return redis.Redis(unix_socket_path=str(self.valkey.socket), socket_timeout=5)

    def stop(self) -> None:
        for name in list(self.children):
            self.kill(name)
        self.valkey.stop()
        self.postgres.stop()
        self.postgres.remove()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/livez", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextlib.contextmanager
def site(root: Path = ROOT, copy_of: Path | None = None) -> Iterator[Site]:
    """A site with the demo in it; nothing but its servers runs yet.

    Args:
        root: the code that runs.
        copy_of: a DRAAD_HOME in which the demo was loaded and nothing runs: that saves a minute.
    """
    home = Path(tempfile.mkdtemp(prefix="draad-faults-"))
    if copy_of:
        subprocess.run(["cp", "-a", str(copy_of / "postgres"), str(copy_of / "keys.json"), str(home)], check=True)
    made = Site(home, root)
    try:
        made.postgres.start()
        made.valkey.start()
        made.manage("migrate", "--verbosity", "0")
        if not copy_of:
            made.manage("load_demo", "--verbosity", "0")
        yield made
    finally:
        made.stop()
        shutil.rmtree(home, ignore_errors=True)


def connect_django(made: Site) -> None:
    """Let this process look at the site's database past all fences: to ask for work, and to count what came of it."""
    os.environ.update(made.environment, DATABASE_URL=made.postgres.url("postgres"), DRAAD_AS_LOGIN="1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def wait_until(happened: Callable[[], bool], *, seconds: float, what: str) -> float:
    """Wait until ``happened()``; returns how long that took."""
    begun = time.monotonic()
    while not happened():
        if time.monotonic() - begun > seconds:
            sys.exit(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - begun


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
