"""Since when each definition holds. A changed rule gets a new version here; what was counted by the old one says so."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.periods import Period


@dataclass(frozen=True)
class Version:
    """One version of a definition: from which day it is counted by, and what changed."""

    version: str
    since: date
    change: str | Promise


FIRST = Version("1", date(2026, 11, 22), _("The first version. Earlier years are counted by it too."))

CHANGES: dict[str, tuple[Version, ...]] = {}
"""The later versions of a figure's definition, oldest first."""


def versions_of(figure_id: str) -> tuple[Version, ...]:
    """Every version of a definition, the newest first."""
    return tuple(reversed((FIRST, *CHANGES.get(figure_id, ()))))


def broken_on(figure_id: str, window: Period) -> date | None:
    """The day in a window from which another version holds than on its first day; None where one holds throughout.

    Two periods in such a window are not the same count: they stand with a break between them and without a percentage.
    """
    days = [change.since for change in CHANGES.get(figure_id, ()) if window.start < change.since <= window.end]
    return max(days, default=None)
