"""How much one account may open and take along in a while: counted from the read log, where it stands anyway.

Who goes beyond is asked to wait, and the privacy officer hears of it. What was opened already stays open, so that
nobody loses a form that they are filling in. The numbers are settings: so high that an ordinary day, with a long Monday
of reading files, never meets them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models.sql import InsertQuery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from foundation.clock import now
from foundation.models import ReadAction, ReadEvent, ReadOutcome

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TAKES = (ReadAction.EXPORT, ReadAction.DOWNLOAD)


@dataclass(frozen=True)
class Limit:
    """Something that an account may do so often in a while.

    Attributes:
        key: what the refusal is called in the log.
        says: what somebody reads who did it too often.
        counted: what is counted of the rows of the log, in SQL.
        of: which rows that are, in SQL.
        setting: the start of the names of its two settings.
    """

    key: str
    says: str | Promise
    counted: str
    of: str
    setting: str

    def most(self, window: timedelta) -> int:
        """So often in this window; 0 is without end."""
        return int(getattr(settings, f"{self.setting}_{'A_MINUTE' if window == MINUTE else 'AN_HOUR'}"))


FILES = Limit(
    "too_many_files",
    gettext_lazy("You opened very many different files in a short time."),
    "participant_ids",
    f"action = '{ReadAction.VIEW}' AND cardinality(participant_ids) = 1",
    "FILES",
)
TAKEN = Limit(
    "too_many_taken",
    gettext_lazy("You took very many lists and documents along in a short time."),
    "request_id",
    f"action IN ('{ReadAction.EXPORT}', '{ReadAction.DOWNLOAD}')",
    "TAKEN",
)


class TooMuch(Exception):
    """An account did something too often. Nothing of it was shown; the log says that it was refused.

    Args:
        limit: which.
        again_at: from when it can go on.
        providers: whose people it is about.
    """

    def __init__(self, limit: Limit, again_at: datetime, providers: Iterable[UUID]) -> None:
        super().__init__(limit.key)
        self.limit, self.again_at, self.providers = limit, again_at, set(providers)


def write_and_count(events: Sequence[ReadEvent]) -> None:
    """Write events of one reader and one act, and look in the same round trip whether it was too often.

    Raises TooMuch; what was written then goes with the transaction of the view.
    """
    limit = _limit_of(events)
    sql, values = _insert(events)
    if limit is None or not (limit.most(MINUTE) or limit.most(HOUR)):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
        return
    here = now()
    question = (
        f"SELECT count(DISTINCT {limit.counted}) FILTER (WHERE read_at > %s), min(read_at) FILTER (WHERE read_at > %s),"
        f" count(DISTINCT {limit.counted}), min(read_at) FROM foundation_readevent"
        f" WHERE staff_member_id = %s AND read_at > %s AND outcome = '{ReadOutcome.OK}' AND {limit.of}"
    )
    asked = [here - MINUTE, here - MINUTE, events[0].staff_member_id, here - HOUR]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql}; {question}", [*values, *asked])
        while cursor.nextset():
            pass
        in_minute, since_minute, in_hour, since_hour = cursor.fetchone()
    providers = {event.provider_id for event in events if event.provider_id}
    if 0 < limit.most(HOUR) < in_hour:
        raise TooMuch(limit, since_hour + HOUR, providers)
    if 0 < limit.most(MINUTE) < in_minute:
        raise TooMuch(limit, since_minute + MINUTE, providers)


def _limit_of(events: Sequence[ReadEvent]) -> Limit | None:
    first = events[0]
    if first.action in TAKES:
        return TAKEN
    opens = first.action == ReadAction.VIEW and len(events) == 1 and len(first.participant_ids) == 1
    return FILES if opens else None


def _insert(events: Sequence[ReadEvent]) -> tuple[str, Sequence[Any]]:
    query: Any = InsertQuery(ReadEvent)
    query.insert_values([field for field in ReadEvent._meta.concrete_fields if not field.primary_key], list(events))
    [(sql, values)] = query.get_compiler(connection.alias).as_sql()
    return sql, values
