"""Log lines as JSON, for a machine that collects them, without anything of a person.

A traceback says where it went wrong. What an exception says may quote a row ("Key (email)=(...) already exists"), so of
most only the kind is told; of those that speak of servers and files also what they say, first line only.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.db import InterfaceError, OperationalError

_SPEAKS = (OSError, OperationalError, InterfaceError)


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how bad, who says it, what, and where it went wrong."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage().splitlines()[0] if record.getMessage() else "",
        }
        if request := getattr(record, "request", None):
            match = getattr(request, "resolver_match", None)
            said |= {"method": getattr(request, "method", ""), "view": match.view_name if match else ""}
        if status := getattr(record, "status_code", None):
            said["status"] = status
        if record.exc_info and record.exc_info[1]:
            said["error"], said["at"] = _kinds(record.exc_info[1]), _places(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def _kinds(error: BaseException) -> list[str]:
    """The exception and what caused it, the last first."""
    found: list[str] = []
    each: BaseException | None = error
    while each is not None and len(found) < 5:
        words = str(each).splitlines()
        name = f"{type(each).__module__}.{type(each).__name__}"
        found.append(f"{name}: {words[0]}" if words and isinstance(each, _SPEAKS) else name)
        each = each.__cause__ or each.__context__
    return found


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
