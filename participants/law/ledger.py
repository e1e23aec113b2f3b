"""The ledger of erasures: a file beside the database that no backup of the database holds.

A backup of last week still has who was erased yesterday. So after each restore the ledger is read and all that it
names is erased again. It holds random ids and no person. One line for each erased file, in JSON.
"""

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from participants.models import ErasedFile

Entry = dict[str, Any]


def entry_of(left: ErasedFile) -> Entry:
    """Return what the ledger says of an erased file."""
    return {
        "file_id": str(left.file_id),
        "provider": str(left.provider_id),
        "ground": left.ground,
        "basis": left.basis,
        "decided_by": str(left.decided_by_id) if left.decided_by_id else "",
        "decided_by_name": left.decided_by_name,
        "asked_on": left.asked_on.isoformat() if left.asked_on else "",
        "erased_at": left.erased_at.isoformat(),
    }


def columns_of(entry: Entry) -> dict[str, Any]:
    """Return the columns of an ErasedFile that a line of the ledger tells of, all but who decided."""
    return {
        "file_id": uuid.UUID(entry["file_id"]),
        "provider_id": uuid.UUID(entry["provider"]),
        "ground": entry["ground"],
        "basis": entry["basis"],
        "decided_by_name": entry["decided_by_name"],
        "asked_on": date.fromisoformat(entry["asked_on"]) if entry["asked_on"] else None,
        "erased_at": datetime.fromisoformat(entry["erased_at"]),
    }


def read(path: Path) -> tuple[list[Entry], list[int]]:
    """Return the entries of a ledger, and the numbers of the lines that cannot be read."""
    entries, damaged = [], []
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        try:
            entry = json.loads(line)
            columns_of(entry)
        except (ValueError, KeyError, TypeError):
            damaged.append(number)
        else:
            entries.append(entry)
    return entries, damaged


def write(path: Path) -> int:
    """Add to the ledger what was erased and does not stand in it yet; on the disk before it returns. Says how many.

    Several may write at a time, and a line that broke off is left alone and written anew below it.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return _add_missing(file)


def _add_missing(file: IO[str]) -> int:
    file.seek(0)
    text = file.read()
    known = set(_ids(text))
    missing = [left for left in ErasedFile.objects.order_by("erased_at", "pk") if str(left.file_id) not in known]
    if missing:
        begin = "" if not text or text.endswith("\n") else "\n"
        file.write(begin + "".join(f"{json.dumps(entry_of(left))}\n" for left in missing))
        file.flush()
        os.fsync(file.fileno())
    return len(missing)


def _ids(text: str) -> Iterator[str]:
    for line in text.splitlines():
        try:
            yield json.loads(line)["file_id"]
        except (ValueError, KeyError, TypeError):
            continue
