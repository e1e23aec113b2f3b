"""What a proxy or a watchman asks: does the process live, and can it serve people. No session, nothing of anybody."""

import logging
from collections.abc import Callable
from functools import lru_cache

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse

from config.celery import app
from config.roles import TOO_MIGHTY
from foundation.keys import key_ring
from organisations.access import requires
from organisations.roles import Permission

BROKER_SECONDS = 0.5
log = logging.getLogger(__name__)


class NotInOrder(Exception):
    """A check found what must not be."""


@requires(Permission.PUBLIC)
@transaction.non_atomic_requests
def livez(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view
    """Answer as long as this process does. It asks nobody anything: a database that is gone is no reason to kill it."""
    return JsonResponse({"status": "alive"})


@requires(Permission.PUBLIC)
@transaction.non_atomic_requests
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view
    """Tell whether people can be served: 200, or 503 when something that every page needs is not in order.

    Without the broker pages work and reports wait; that is ``degraded`` and still 200. Why a check failed stands in
    the log, and not in the answer, which everybody may read.
    """
    needed = {check.__name__: _in_order(check) for check in (database, role, migrations, keys)}
    wanted = {check.__name__: _in_order(check) for check in (broker,)}
    ready = all(needed.values())
    status = "not ready" if not ready else "ready" if all(wanted.values()) else "degraded"
    said = {name: "ok" for name, good in {**needed, **wanted}.items() if good}
    said |= {name: "failed" for name, good in needed.items() if not good}
    said |= {name: "degraded" for name, good in wanted.items() if not good}
    return JsonResponse({"status": status, "checks": said}, status=200 if ready else 503)


def _in_order(check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception as fault:  # whatever it is, the answer is an answer
        log.warning("%s is not in order: %s", check.__name__, fault)
        return False
    return True


def database() -> None:
    """One round trip."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def role() -> None:
    """This process is the application's role: no superuser, no passing by of row-level security, owner of no table."""
    with connection.cursor() as cursor:
        cursor.execute(TOO_MIGHTY)
        if cursor.fetchone() != (False,):
            raise NotInOrder("the role of this process may more than the application's")


def migrations() -> None:
    """The database has every migration of this code. It may have more: those of a release that is being rolled out."""
    applied = MigrationRecorder(connection).migration_qs.values_list("app", "name")
    if missing := _of_this_code() - set(applied):
        raise NotInOrder(f"not migrated: {', '.join(sorted('.'.join(name) for name in missing))}")


@lru_cache(maxsize=1)
def _of_this_code() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return frozenset(loader.disk_migrations)


def keys() -> None:
    """The key ring is there and can be read."""
    ring = key_ring()
    ring.key(ring.current)


def broker() -> None:
    """The broker answers within half a second."""
    limits = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    with app.connection_for_write(transport_options=limits) as bell:
        bell.ensure_connection(max_retries=0)
