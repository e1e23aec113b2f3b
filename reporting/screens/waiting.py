"""Who waits: the open referrals to the programmes that are asked about, today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.together import Rows
from reporting.figures import Record
from reporting.screens.filters import Choices, Filters
from reporting.screens.records import Where
from trajectories.models import Decision, Referral

NEW, WAITING = "new", "waiting"


@dataclass(frozen=True)
class OfReferral(Where):
    """A referral hangs on no trajectory: the programme stands on itself."""

    of_referral: tuple[tuple[UUID, str], ...] = ()

    def programme(self, record: Record) -> str:
        return dict(self.of_referral).get(record.id, "")


def referrals_asked(asked: Filters) -> QuerySet[Any, tuple[Any, ...]]:
    """Ask who waits: the open referrals to the programmes asked about, today."""
    return _open(asked).values_list("decision", "referred_on")


def _open(asked: Filters) -> QuerySet[Referral]:
    wanted = Q(programme__unit__in=asked.scope.units)
    if asked.programmes:
        wanted &= Q(programme__in=asked.programmes)
    return Referral.objects.open().filter(wanted)


def referrals(found: Rows, asked: Filters) -> dict[str, Any]:
    """How many are new and how many wait for a place, how long the longest, and where they are listed."""
    waiting = [on for decision, on in found if decision == Decision.WAITING]
    fresh = [on for decision, on in found if decision != Decision.WAITING]
    return {
        "new": len(fresh),
        "new_days": _longest(fresh),
        "new_url": list_url(asked, NEW) if fresh else "",
        "waiting": len(waiting),
        "waiting_days": _longest(waiting),
        "waiting_url": list_url(asked, WAITING) if waiting else "",
    }


def _longest(days: Iterable[Any]) -> int | None:
    return max(((today() - on).days for on in days if on), default=None)


def list_url(asked: Filters, which: str = "") -> str:
    return reverse("reporting:waiting") + asked.query(which=which)


class WaitingList:
    """Who is new or waits for a place: all of them, or one of both."""

    def __init__(self, asked: Filters, choices: Choices, which: str) -> None:
        if which not in {"", NEW, WAITING}:
            raise Http404
        self.asked, self.choices, self.which = asked, choices, which
        found = _open(asked)
        if which:
            found = (
                found.filter(decision=Decision.WAITING)
                if which == WAITING
                else found.exclude(decision=Decision.WAITING)
            )
        self.rows = list(found.values_list("pk", "participant", "programme", "referred_on"))

    @property
    def title(self) -> str:
        return {"": _("Referrals"), NEW: _("New referrals"), WAITING: _("Waiting for a place")}[self.which]

    @property
    def records(self) -> list[Record]:
        """A line for each referral, with the days since it came."""
        return [
            Record(key, person, None, on, (today() - on).days if on else 0) for key, person, _programme, on in self.rows
        ]

    @property
    def where(self) -> OfReferral:
        names = {row.id: row.name for row in self.choices.programmes}
        return OfReferral({}, names, of_referral=tuple((row[0], names.get(row[2], "")) for row in self.rows))

    @property
    def chips(self) -> list[dict[str, Any]]:
        words = {"": _("All"), NEW: _("New"), WAITING: _("Waiting for a place")}
        return [
            {"label": label, "url": list_url(self.asked, which), "current": which == self.which}
            for which, label in words.items()
        ]
