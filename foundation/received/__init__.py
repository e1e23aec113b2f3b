"""A file from outside: looked at by what is in it, never by what it is called, and made anew where that can be done.

Only a PDF, a JPEG and a PNG are taken. Who knows the first bytes may still hide something behind them, so each is
parsed: a picture is drawn anew, a PDF is gone through whole (``pictures`` and ``pdfs``). That happens in a child
process with limits and without an environment: what breaks a parser there finds no database, no key and no colleague.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from foundation.received.wrong import Wrong

__all__ = ["ENDINGS", "MOST_BYTES", "Received", "Wrong", "receive"]

MOST_BYTES = 10 * 2**20
TIME_LIMIT_SECONDS = 30

# By its first bytes: what it is.
_BEGINS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}
# What a file of each kind may be called. A name that says otherwise is a mistake or a trick.
ENDINGS = {"pdf": (".pdf",), "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"), "png": (".png",)}
_LONGEST_ENDING = 6

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Received:
    """What is kept of a file: ``pdf``, ``jpeg`` or ``png``, and its bytes as we made or found them."""

    kind: str
    content: bytes


def receive(content: bytes, name: str) -> Received:
    """Return what may be kept of a file. Raises Wrong, which says what is wrong with it.

    Args:
        content: all of it.
        name: what it is called where it comes from. It is only compared with the content, and kept nowhere.
    """
    if not content:
        raise Wrong("empty")
    if len(content) > MOST_BYTES:
        raise Wrong("large")
    kind = next((kind for begin, kind in _BEGINS.items() if content.startswith(begin)), "")
    if not kind:
        raise Wrong("kind")
    if (ending := _ending(name)) and ending not in ENDINGS[kind]:
        raise Wrong("name")
    return Received(kind, looked_at(kind, content))


def _ending(name: str) -> str:
    """What stands behind the last point, when it is short enough to say what a file is: ``brief 3. van Jan`` is not."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower().rstrip()
    return ending if 1 < len(ending) <= _LONGEST_ENDING and ending[1:].isalnum() else ""


def looked_at(kind: str, content: bytes) -> bytes:
    """Have the child look, and return what it gives back."""
    command = [sys.executable, "-I", str(_CHILD), kind]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise Wrong("heavy") from None
    if done.returncode == 0 and done.stdout:
        return done.stdout
    said = done.stderr.decode("ascii", errors="replace").strip()
    raise Wrong(said if said in Wrong.REASONS else "heavy" if done.returncode < 0 else "damaged")
