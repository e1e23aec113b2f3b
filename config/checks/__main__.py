"""`python -m config.checks check` and `python -m config.checks fix`."""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from config import translations
from config.checks import migrating, names, sizes
from config.environment import ROOT

_TEMPLATES = "templates"
_COMMANDS = {
    "ruff": ["ruff", "check", "--quiet", "--output-format", "concise"],
    "format": ["ruff", "format", "--quiet", "--check", "--output-format", "concise"],
    "mypy": ["mypy", "."],
    "djlint": ["djlint", _TEMPLATES, "--lint", "--quiet"],
    "djlint format": ["djlint", _TEMPLATES, "--check"],
    "import-linter": ["lint-imports", "--no-cache", "--no-logo"],
    "migrations": ["manage", "makemigrations", "--check", "--dry-run"],
}
_FIXES = {
    "ruff": ["ruff", "check", "--fix"],
    "format": ["ruff", "format"],
    "djlint": ["djlint", _TEMPLATES, "--reformat", "--quiet"],
}


class Result(NamedTuple):
    """One check: whether it holds, and what to read when it does not."""

    ok: bool
    text: str
    seconds: float


def main(arguments: list[str]) -> int:
    if arguments == ["fix"]:
        return max(subprocess.run(_command(command), cwd=ROOT).returncode for command in _FIXES.values())
    checks: dict[str, Callable[[], Result]] = {
        **{name: lambda command=command: _run(command) for name, command in _COMMANDS.items()},  # type: ignore[misc]
        "translations": lambda: _list([fault for each in translations.LANGUAGES for fault in translations.wrong(each)]),
        "sizes": lambda: _list(sizes.faults()),
        "names": lambda: _list(names.faults()),
        "one line of migrations": lambda: _list(migrating.faults()),
    }
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {name: pool.submit(check) for name, check in checks.items()}
        results = {name: future.result() for name, future in running.items()}
    for name, result in results.items():
        print(f"{'ok    ' if result.ok else 'not ok'} {name} ({result.seconds:.1f} s)", flush=True)
        if not result.ok:
            print(_indent(result.text))
    failed = [name for name, result in results.items() if not result.ok]
    print(f"check: {'not ok: ' + ', '.join(failed) if failed else 'all ok'}")
    return bool(failed)


def _command(command: list[str]) -> list[str]:
    program, *rest = command
    if program == "manage":
        # Without a database it can only say that it did not look at one.
        return [sys.executable, "-W", "ignore::RuntimeWarning", "manage.py", *rest]
    return [str(Path(sys.executable).with_name(program)), *rest]


def _run(command: list[str]) -> Result:
    begun = time.monotonic()
    done = subprocess.run(_command(command), cwd=ROOT, capture_output=True, text=True)
    return Result(done.returncode == 0, (done.stdout + done.stderr).strip(), time.monotonic() - begun)


def _list(faults: list[str]) -> Result:
    return Result(not faults, "\n".join(faults), 0.0)


def _indent(text: str, most: int = 60) -> str:
    lines = text.splitlines()
    shown = lines[:most] + ([f"... and {len(lines) - most} lines more"] if len(lines) > most else [])
    return "\n".join(f"       {line}" for line in shown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
