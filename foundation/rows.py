"""Whose rows a transaction sees: what row-level security in the database goes by.

Every personal table shows and takes only rows of the providers that its transaction names, and to payers also what was
reported to their municipality. The names hold for one transaction (``SET LOCAL``), so that a connection that goes to
somebody else takes nothing along. Whoever names nobody sees nothing.

A request sees what the roles of its reader say (``organisations.middleware``), a job what it is for (``jobs``). Other
code says it itself::

    with seeing(providers=[provider.pk]):
        ...
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from psycopg.pq import TransactionStatus

PROVIDERS, MUNICIPALITIES = "draad.providers", "draad.municipalities"
EVERY = "*"


@dataclass(frozen=True)
class Sight:
    """What is seen: ids with commas between, as the database reads them."""

    providers: str = ""
    municipalities: str = ""

    @property
    def sql(self) -> str:
        """The statements that begin a transaction. They hold ids and the sign for all: nothing to quote."""
        return f"SET LOCAL {PROVIDERS} = '{self.providers}'; SET LOCAL {MUNICIPALITIES} = '{self.municipalities}'"


NOTHING = Sight()
EVERYTHING = Sight(providers=EVERY)
# Triggers that wait for the end of the transaction look at rows too: what was written is checked by who wrote it.
_CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; "
_now: ContextVar[Sight] = ContextVar("sight", default=NOTHING)


def sight() -> Sight:
    """Return what a transaction that begins here sees."""
    return _now.get()


@contextmanager
def seeing(*, providers: Iterable[UUID] = (), municipalities: Iterable[UUID] = ()) -> Iterator[None]:
    """See the rows of these providers, and what was reported to these municipalities, for the length of the block.

    It holds for each transaction that begins in the block, and for the one that is open already until the block ends.
    Without names nothing is seen, whatever was seen around the block.
    """
    with _seeing(Sight(_ids(providers), _ids(municipalities))):
        yield


@contextmanager
def seeing_everything(why: str) -> Iterator[None]:  # noqa: ARG001 - it stands in the code, for who reads that
    """See every row, for what is of no provider: the seals of the read log. No page and no job of a provider needs it.

    Args:
        why: the reason. A test lists who calls this.
    """
    with _seeing(EVERYTHING):
        yield


@contextmanager
def _seeing(wanted: Sight) -> Iterator[None]:
    before = _now.set(wanted)
    try:
        _tell(_CHECK_NOW)
        yield
    except BaseException:
        _now.reset(before)
        _tell()  # what was written goes, or is checked with what is seen outside
        raise
    _now.reset(before)
    _tell(_CHECK_NOW)


def _tell(first: str = "") -> None:
    """Say it to a transaction that is open already. One that failed is rolled back, to what was seen before it."""
    raw = connection.connection
    if raw is None or raw.closed or raw.autocommit or raw.info.transaction_status == TransactionStatus.INERROR:
        return
    with connection.wrap_database_errors:
        raw.execute(first + sight().sql)


def _ids(given: Iterable[UUID]) -> str:
    return ",".join(sorted(str(UUID(str(one))) for one in given))
