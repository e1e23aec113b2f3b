"""What happens by itself, at which times: a row per occurrence, so that any number of schedulers does it once.

The row that says "this occurrence was asked for" and the job itself are written in one transaction. So nothing is lost
when a scheduler dies, and nothing is done twice when three of them run.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from foundation import jobs
from foundation.clock import AMSTERDAM
from foundation.models import PeriodicRun

LATEST = timedelta(hours=1)
"""What should have happened longer ago is left out: its next turn is near."""

KEPT = timedelta(days=30)
_OURS = uuid.UUID("6c3f9be2-6f0a-4a53-9b35-0d2f1a7f4c11")
_EVERY = "every"


@dataclass(frozen=True)
class Periodic:
    """Something that happens by itself.

    Args:
        kind: the kind of job.
        minute: of each hour; none for every minute.
        hours: in which hours of the day, in the Netherlands.
    """

    kind: str
    minute: int | None = None
    hours: range = range(24)

    def last_turn(self, now: datetime) -> datetime | None:
        """Return the last moment before ``now`` at which it should happen; none when that is too long ago."""
        turn = now.astimezone(UTC).replace(second=0, microsecond=0)
        if self.minute is not None:
            turn = turn.replace(minute=self.minute)
            turn -= timedelta(hours=turn > now)
        return turn if turn.astimezone(AMSTERDAM).hour in self.hours and now - turn < LATEST else None


def ask_for_due(periodic: Sequence[Periodic], now: datetime) -> int:
    """Ask for what should happen by now and was not asked for yet. Returns how many jobs that are."""
    turns = [(one, turn) for one in periodic if (turn := one.last_turn(now))]
    names = {one.kind: f"{_EVERY} {one.kind}" for one, _turn in turns}
    rows = PeriodicRun.objects.filter(task__in=names.values(), period__in={turn.isoformat() for _one, turn in turns})
    asked = set(rows.values_list("task", "period"))
    return sum(
        _ask_once(one, names[one.kind], turn) for one, turn in turns if (names[one.kind], turn.isoformat()) not in asked
    )


def forget_runs(now: datetime) -> None:
    """Delete what nobody asks for any more: the rows of occurrences, and of quick jobs that went well, of long ago."""
    PeriodicRun.objects.filter(task__startswith=f"{_EVERY} ", ran_at__lt=now - KEPT).delete()
    jobs.forget_quick(before=now - KEPT)


@transaction.atomic
def _ask_once(one: Periodic, task: str, turn: datetime) -> bool:
    if not jobs.once(task, turn.isoformat()):
        return False
    jobs.ask_for(one.kind, uuid.uuid5(_OURS, one.kind), steps=1, is_quick=True)
    return True
