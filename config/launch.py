"""What `run.py demo` and `run.py manage` do once the packages are there: servers up, work done, servers down."""

import argparse
import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from config import environment, smoke, translations
from config.embedded.processes import Child, ServerError, adopt_orphans, bury, end_with_parent, last_lines
from config.embedded.servers import serve

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# These look after the tables themselves, or need none.
_WITHOUT_MIGRATING = {"help", "makemigrations", "migrate", "prepare_database", "sqlmigrate", "squashmigrations"}
_WEB = "-m gunicorn config.wsgi --workers 2 --threads 4 --preload --no-control-socket".split()
_WORKER = (
    "-m celery --quiet --app config worker --concurrency 1 --without-gossip --without-mingle --loglevel INFO".split()
)
_DISPATCHER = "manage.py dispatch".split()


class Stopped(BaseException):
    """Somebody asked us to stop."""


def main(arguments: Sequence[str]) -> int:
    command, *rest = arguments
    adopt_orphans()
    try:
        return demo(rest) if command == "demo" else manage(rest)
    except ServerError as problem:
        print(f"draad: {problem}", file=sys.stderr)
        return 1
    except Stopped:
        return 0 if command == "demo" else 130
    finally:
        bury()  # the worker's own child outlives the worker for a moment


def demo(arguments: Sequence[str]) -> int:
    """Everything up, on one port of this machine, until Ctrl-C; or, with --smoke, until the main job is done."""
    parser = argparse.ArgumentParser(prog="run.py demo")
    parser.add_argument("--port", type=int, default=8000, help="port of the web server on this machine (8000)")
    parser.add_argument("--smoke", action="store_true", help="do the main job over HTTP and stop")
    asked = parser.parse_args(arguments)
    started = time.monotonic()
    _stop_on_signals()
    port = _free_port() if asked.smoke else _check_port(asked.port)
    home = environment.home()
    with serve(home, join=False, patient=False) as urls:
        os.environ.update({"DRAAD_DEMO": "1", "DRAAD_URL": f"http://localhost:{port}", **urls})
        _step("servers", started)
        _prepare(home, embedded="DATABASE_URL" in urls)
        _step("tables and texts", started)
        _manage("load_demo")
        _step("demo data", started)
        with _processes(home, port) as children:
            _step("web server, worker and dispatcher", started)
            if asked.smoke:
                return smoke.run(f"http://127.0.0.1:{port}")
            _welcome(port, home)
            return _watch(children)


def manage(arguments: Sequence[str]) -> int:
    """One manage.py command, on the servers of this home: those that run, or our own for as long as it takes."""
    home = environment.home()
    _stop_on_signals()
    with serve(home, join=True, patient=True) as urls:
        os.environ.update(urls)
        os.environ.setdefault("DRAAD_DEMO", "1" if urls else "0")
        if not _WITHOUT_MIGRATING.intersection(arguments[:1]):
            _prepare(home, embedded="DATABASE_OWNER_URL" in urls)
        elif arguments[:1] == ["migrate"]:
            (home / "migrated").unlink(missing_ok=True)
        return _run([sys.executable, "manage.py", *arguments])


def _prepare(home: Path, *, embedded: bool) -> None:
    """Texts and tables as this version of the code has them."""
    translations.build()
    if not embedded:
        if "DATABASE_OWNER_URL" not in os.environ:
            _manage("prepare_database", "--quiet")
        _manage("migrate", "--verbosity", "0")
        return
    files = sorted(environment.ROOT.glob("*/migrations/*.py"))
    now = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    done = home / "migrated"
    ring = Path(os.environ.get("DRAAD_KEYS") or home / "keys.json")  # made by migrate, too
    if not ring.exists() or not done.exists() or done.read_text() != now:
        _manage("migrate", "--verbosity", "0")
        done.write_text(now)


@contextlib.contextmanager
def _processes(home: Path, port: int) -> Iterator[list[Child]]:
    """The three processes of Draad, stopped in the order in which they need each other."""
    log = home / "log"
    web = [*_WEB, "--bind", f"127.0.0.1:{port}", "--access-logfile", str(log / "access.log")]
    with contextlib.ExitStack() as stack:
        children: list[Child] = []

        def start(name: str, command: list[str], file: str, stop_with: signal.Signals, **options: Any) -> Child:
            command = [sys.executable, *command]
            child = Child(name, command, log=log / file, stop_with=stop_with, cwd=environment.ROOT, **options)
            stack.callback(child.stop, seconds=8)
            children.append(child)
            return child

        server = start("The web server", web, "web.log", signal.SIGINT)
        # It is ended halfway through whatever it does: a job is taken up again at the next start. It speaks: the
        # e-mails of the demo appear on the terminal.
        start("The worker", _WORKER, "worker.log", signal.SIGKILL, when_orphaned=signal.SIGQUIT, speaks=True)
        start("The dispatcher", _DISPATCHER, "dispatcher.log", signal.SIGTERM)
        server.wait_until(lambda: _answers(port), seconds=60)
        yield children


def _watch(children: Sequence[Child]) -> int:
    while all(child.runs for child in children):
        time.sleep(0.5)
    for child in children:
        if not child.runs:
            print(f"draad: {child.name} stopped by itself.{last_lines(child.log)}", file=sys.stderr)
    return 1


def _manage(*arguments: str) -> None:
    # In a session of its own: Ctrl-C is for us, who then end it without a page of traceback.
    if code := _run([sys.executable, "manage.py", *arguments], start_new_session=True):
        raise ServerError(f"manage.py {' '.join(arguments)} failed (exit code {code}); see above.")


def _run(command: Sequence[str], **options: Any) -> int:
    """Run a command to its end; what stops us stops it too. `options` go to Popen."""
    ours = os.getpid()
    # A signal that came while the child is being made would leave it without anybody who ends it.
    unblocked = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)

    def begin() -> None:
        end_with_parent(ours, signal.SIGTERM)
        signal.pthread_sigmask(signal.SIG_SETMASK, unblocked)

    process = subprocess.Popen(command, cwd=environment.ROOT, preexec_fn=begin, **options)
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, unblocked)
        return process.wait()
    except Stopped:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        raise


def _stop_on_signals() -> None:
    def stop(*_: object) -> None:
        for number in _SIGNALS:  # stopping is not stopped halfway
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in _SIGNALS:
        signal.signal(number, stop)


def _check_port(port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as refused:
            raise ServerError(
                f"Port {port} is taken or not allowed; take another one: python3 run.py demo --port {port + 1}"
            ) from refused
    return port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/inloggen/", timeout=10) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        raise ServerError(f"The web server answers {error.code} to its first request; see log/web.log.") from error
    except OSError:
        return False


def _step(what: str, started: float) -> None:
    print(f"draad: {what} ready after {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)


def _welcome(port: int, home: Path) -> None:
    from config.demo import ACCOUNTS, PASSWORD

    lines = ["", f"Draad runs at http://localhost:{port}/ - Ctrl-C stops it.", ""]
    lines += [f"  {email:<36} {role}" for role, email in ACCOUNTS]
    lines += ["", f"All with the password {PASSWORD}", f"E-mails appear below; logs are in {home / 'log'}.", ""]
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
