"""What a test sees: every row. What it starts sees what it sees in production: nothing, until it says whose.

A request says it by the roles of its reader, a job by its provider; a task and a command start with nothing.
"""

from collections.abc import Callable
from contextvars import Token
from typing import Any

import celery
from django.core.management.base import BaseCommand

from foundation import rows
from foundation.rows import Sight, seeing


def see_everything() -> Token[Sight]:
    """Let the tests of this process see every row, in whatever they read and write themselves."""
    BaseCommand.execute = _from_nothing(BaseCommand.execute)  # type: ignore[method-assign]
    celery.Task.__call__ = _from_nothing(celery.Task.__call__)  # type: ignore[method-assign]
    return rows._now.set(rows.EVERYTHING)


def _from_nothing(work: Callable[..., Any]) -> Callable[..., Any]:
    def started(*args: Any, **kwargs: Any) -> Any:
        with seeing():
            return work(*args, **kwargs)

    return started
