"""The folder with the state of one test run, in memory where the machine offers that."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "draad-tests-"


def home() -> Path:
    """The folder of this run: made by the first process, found by its workers in the environment."""
    if "DRAAD_TEST_HOME" not in os.environ:
        _sweep()
        os.environ["DRAAD_TEST_HOME"] = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
    return Path(os.environ["DRAAD_TEST_HOME"])


def _sweep() -> None:
    """Remove the folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).split("-")[0]
        with contextlib.suppress(OSError, ValueError):
            if folder.stat().st_uid == os.getuid() and not _runs(int(number)):
                shutil.rmtree(folder, ignore_errors=True)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
