"""A page that is only looked at changes nothing: a guard on the connection to the database, not on good intentions.

A link in an e-mail, a browser that fetches pages ahead and a second look must all be without effect (OWASP ASVS 3.5.3).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

_FIRST_WORD = re.compile(r"[\s(]*(\w+)")  # a union of questions begins with a bracket
# What begins like this changes no row, unless a second statement stands behind it. What is in neither list is refused.
_READS = set("SELECT FETCH DECLARE CLOSE VALUES SHOW EXPLAIN SET SAVEPOINT RELEASE ROLLBACK BEGIN COMMIT".split())
_MAY_READ = {"WITH", *_READS}
_WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|(?<!FOR )(?<!KEY )(?<!DO )UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|MERGE\s+INTO)"
    r'(?:\s+ONLY)?\s+(?:"?public"?\.)?"?(\w+)"?',
    re.IGNORECASE,
)


_MAY_WRITE: ContextVar[str] = ContextVar("may_write", default="")


class WriteRefused(Exception):
    """A request that only asks for a page would have changed data. Nothing was written."""


@contextmanager
def only_reading(but: Mapping[str, str]) -> Iterator[None]:
    """Refuse every statement that changes rows, on this thread's connection, except in some tables.

    It does not see COPY through psycopg's own cursor.

    Args:
        but: tables that may be written all the same, each with the reason.
    """

    def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if _MAY_WRITE.get():
            return execute(sql, params, many, context)
        if refused := written_by(sql if isinstance(sql, str) else _text(sql)) - but.keys():
            raise WriteRefused(f"A page that is only looked at would write to {', '.join(sorted(refused))}.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield


@contextmanager
def writing_all_the_same(reason: str) -> Iterator[None]:
    """Let one view write although its page is only asked for.

    Args:
        reason: why a second look and a page that is fetched ahead do no harm there.
    """
    token = _MAY_WRITE.set(reason)
    try:
        yield
    finally:
        _MAY_WRITE.reset(token)


def written_by(sql: str) -> set[str]:
    """Return the tables whose rows a statement changes; of a statement that is no question at all, its first word."""
    found = _FIRST_WORD.match(sql)
    word = found[1].upper() if found else "?"
    if word in _READS and ";" not in sql:
        return set()
    tables = set(_WRITES.findall(sql))
    return tables if tables or word in _MAY_READ else {word}


def _text(sql: Any) -> str:
    """A statement that was not given as text: as bytes, or in psycopg's pieces."""
    return sql.decode() if isinstance(sql, bytes) else str(sql.as_string(None))
