"""What a process looks at before it begins: whether the database is as this code expects it."""

import logging
import sys

from django.db import DatabaseError, InterfaceError, connection

from config import health

log = logging.getLogger(__name__)


def refuse_when_behind() -> None:
    """End the process with a sentence when migrations of this code are missing. A database that is away may come."""
    try:
        health.migrations()
    except health.NotInOrder as behind:
        sys.exit(
            f"Draad does not start, because the database is behind this code ({behind}). Run manage.py migrate first."
        )
    except (DatabaseError, InterfaceError) as away:
        log.warning("the database could not be looked at: %s", type(away).__name__)
    finally:
        _leave_nothing_open()


def _leave_nothing_open() -> None:
    """Who is forked from here must not speak on our connection."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
