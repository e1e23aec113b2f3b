"""A document as PDF/UA-1: tagged, in one language, with its fonts inside.

Each document is typeset in a child process of its own, with a time limit. A template reads what to tell as data, so
nothing that a person typed can be taken for mark-up.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TIME_LIMIT_SECONDS = 60

_CHILD = Path(__file__).with_name("child.py")


class PdfError(Exception):
    """The PDF could not be made; the message says why, in one line for the log."""


def typeset(template: Path, data: dict[str, Any], *, timestamp: int, time_limit: float = TIME_LIMIT_SECONDS) -> bytes:
    """Return the PDF that a template makes of ``data``. The same data give the same bytes.

    Args:
        template: a typst file; it reads ``sys.inputs.data`` (JSON) and files beside it.
        data: what it tells.
        timestamp: when the document was made, in seconds since 1970, for its properties.
        time_limit: in seconds.

    Raises PdfError when typst refuses the document, dies, or takes too long.
    """
    request = json.dumps({"template": str(template), "data": data, "timestamp": timestamp}).encode()
    # -I: the child sees the installed packages and nothing of this process's folder or environment.
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(command, input=request, capture_output=True, timeout=time_limit, check=False)
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"the PDF was not ready after {time_limit:g} seconds") from error
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split()[-60:])
        raise PdfError(f"the PDF could not be made (exit {done.returncode}): {said}")
    return done.stdout
