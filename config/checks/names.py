"""No file names a machine, a folder or a package host of whoever wrote it."""

import re
import subprocess
from pathlib import Path

from config.environment import ROOT

_HOME = re.compile(r"(?<![\w.])/(?:home|root|Users|work|opt|mnt|srv)/[A-Za-z]\w+")
# The public index and its file host, and what a lock file writes down about where it found something.
_HOSTS = re.compile(r"pypi\.org|pythonhosted|npmjs|--(?:extra-)?index-url|--find-links|file://", re.IGNORECASE)
_BINARY = {".png", ".ttf", ".woff2", ".ico", ".mo", ".xlsx", ".ods", ".pdf", ".zip"}
_MAY = {"config/checks/names.py", "tests/test_architecture.py", "LICENSE"}


def faults() -> list[str]:
    found: list[str] = []
    for file in _files():
        if file.suffix in _BINARY or str(file) in _MAY or not (ROOT / file).is_file():
            continue
        for number, line in enumerate((ROOT / file).read_text(errors="replace").splitlines(), start=1):
            if match := _HOME.search(line) or _HOSTS.search(line):
                found.append(f"{file}:{number}: names a place of its writer: {match.group()}")
    return found


def _files() -> list[Path]:
    """What git keeps or would keep; nothing when this is no checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if name]
