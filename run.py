#!/usr/bin/env python3
"""The newcomer's door to Draad. It needs Python 3.11 or newer with venv, and nothing else.

python3 run.py [demo] [--port N]   start Draad with demo data; Ctrl-C stops it
python3 run.py demo --smoke        start it, do the main job over HTTP, stop; exit code 0 or 1
python3 run.py test [...]          run the tests (arguments go to pytest)
python3 run.py check               what must hold before a commit: types, style, sizes, translations
python3 run.py fix                 repair what can be repaired by itself
python3 run.py manage ...          any manage.py command, with servers when there are none
python3 run.py messages            bring the texts to translate up to date
python3 run.py bench [...]         measure speed
python3 run.py lock                renew requirements/ from pyproject.toml (for maintainers; needs uv)

State lives in DRAAD_HOME (default: .draad in this folder). With DATABASE_URL and REDIS_URL those servers are used.
"""

# This file is read by any Python 3 before it can say that it is too old: no syntax newer than 3.6 here.
import sys

if sys.version_info < (3, 11):
    sys.exit("Draad needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Iterator, List, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "draad-installed.json"
# There while packages are being installed: who finds it at the start knows that the one before was cut off.
UNFINISHED = VENV / "draad-installing"
NO_VENV = "Python's venv module is missing: on Debian or Ubuntu, apt install python3-venv."
NEEDED_ROOM = {"demo": 600 * 2**20, "dev": 1200 * 2**20}

# command: (which list of packages, what the virtual environment's Python then runs)
COMMANDS = {
    "demo": ("demo", ["-m", "config.launch", "demo"]),
    "manage": ("demo", ["-m", "config.launch", "manage"]),
    "test": ("dev", ["-m", "pytest"]),
    "check": ("dev", ["-m", "config.checks", "check"]),
    "fix": ("dev", ["-m", "config.checks", "fix"]),
    "messages": ("dev", ["-m", "config.translations"]),
    "bench": ("dev", ["-m", "bench"]),
}


def main(arguments: List[str]) -> NoReturn:
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(__doc__)
        sys.exit(0)
    if os.name != "posix":
        stop("Draad's embedded servers need Linux or macOS: on Windows, run it in WSL.")
    named = arguments[:1] and not arguments[0].startswith("-")
    command, rest = (arguments[0], arguments[1:]) if named else ("demo", arguments)
    if command == "lock":
        lock()
    if command not in COMMANDS:
        stop("There is no command %r. These exist: %s, lock." % (command, ", ".join(COMMANDS)))
    packages, module = COMMANDS[command]
    try:
        with only_one():
            install(packages)
    except KeyboardInterrupt:
        stop("stopped while installing; the next start does it again.")
    os.chdir(ROOT)
    # What was compiled once is kept, in our own folders: without it each process takes two seconds longer to start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(str(PYTHON), [str(PYTHON), *module, *rest])


def stop(message: str) -> NoReturn:
    print("draad: " + message, file=sys.stderr)
    sys.exit(1)


def say(message: str) -> None:
    print("draad: " + message, file=sys.stderr, flush=True)


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Two commands at once in one checkout: the second waits until the packages are there."""
    import fcntl

    try:
        handle = (ROOT / ".venv.lock").open("w")
    except OSError as refused:
        stop("cannot write in %s: %s." % (ROOT, refused.strerror))
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def install(packages: str) -> None:
    """Make .venv hold the packages of requirements/<packages>.txt; nothing to do when it does."""
    if packages in up_to_date():
        return
    free = shutil.disk_usage(str(ROOT)).free
    if free < NEEDED_ROOM[packages]:
        need = NEEDED_ROOM[packages] // 2**20
        stop("no room: the packages need %d MB and %s has %d MB left." % (need, ROOT, free // 2**20))
    if UNFINISHED.exists():
        shutil.rmtree(str(VENV))
    if not works():
        make_venv()
    say("installing the packages of requirements/%s.txt (a minute at most, only now)" % packages)
    UNFINISHED.touch()
    done = subprocess.run(
        pip()
        + ["install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps"]
        + ["--only-binary", ":all:", "--require-hashes", "-r", str(requirements(packages))],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.strip() and not line.startswith("WARNING")]
        stop("the packages could not be installed:\n    " + "\n    ".join(lines[-5:]))
    now = {"python": sys.version, packages: digest(packages)}
    if packages == "dev":
        now["demo"] = digest("demo")  # the demo's packages are among them, in the same versions
    STAMP.write_text(json.dumps(now))
    UNFINISHED.unlink()


def up_to_date() -> List[str]:
    """The lists whose packages are in .venv, in this version of the list and of Python."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return []
    if stamp.get("python") != sys.version or UNFINISHED.exists():
        return []
    return [packages for packages in NEEDED_ROOM if stamp.get(packages) == digest(packages)]


def works() -> bool:
    """Whether .venv has a Python of this version."""
    if not PYTHON.exists():
        return False
    probe = "import sys; print(sys.version)"
    tried = subprocess.run([str(PYTHON), "-c", probe], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return tried.stdout.decode().strip() == sys.version.strip()


def make_venv() -> None:
    """A bare one: copying pip into it takes long, and Python brings a pip that works from outside."""
    shutil.rmtree(str(VENV), ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    if made.returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        if "No module named venv" in made.stdout:
            stop(NO_VENV)
        stop("no virtual environment could be made: " + (made.stdout.strip().splitlines() or ["unknown"])[-1])


def pip() -> List[str]:
    """The pip that comes with Python, told to work in .venv."""
    try:
        import ensurepip
    except ImportError:
        stop(NO_VENV)
    folders = [
        Path(ensurepip.__file__).parent / "_bundled",
        Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or "/nowhere"),
    ]
    wheels = [wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))]
    if not wheels:
        stop(NO_VENV)
    return [sys.executable, str(wheels[-1] / "pip"), "--python", str(PYTHON)]


def requirements(packages: str) -> Path:
    return ROOT / "requirements" / (packages + ".txt")


def digest(packages: str) -> str:
    return hashlib.sha256(requirements(packages).read_bytes()).hexdigest()


def lock() -> NoReturn:
    """Write requirements/*.txt anew: exact versions with hashes for every machine, and no host's name in them."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(VENV / "bin"))
    if uv is None:
        stop("uv is missing: pip install uv.")
    os.chdir(ROOT)
    base = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11"]
    base += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    base += ["--only-binary", ":all:", *sys.argv[2:]]
    # The largest first: the smaller ones then take their versions from it.
    for name, groups in (("dev", ["dev"]), ("demo", ["embed"]), ("base", [])):
        target = requirements(name)
        extra = [part for group in groups for part in ("--group", group)]
        extra += [] if name == "dev" else ["--constraint", str(requirements("dev").relative_to(ROOT))]
        subprocess.run(base + extra + ["--output-file", str(target.relative_to(ROOT))], check=True)
    sys.exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
