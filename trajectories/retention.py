"""Until when a file is kept: the longest term of all that is in it, by the classes that the provider keeps.

A term hangs on a process and its result: a referral that came to nothing, a trajectory under a law, a provision of a
kind. A file with something open in it has no end yet; one with a process that no class knows is never listed.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models

from foundation.clock import AMSTERDAM
from organisations.models import Organisation
from participants.models import Participant, Process, RetentionClass
from trajectories.models import Decision, Provision, Referral, State, Trajectory
from trajectories.workflow import OPEN

NOT_HANDLED = "none"
"""The result of a file in which nothing ever began."""


@dataclass(frozen=True)
class Ended:
    """A process in a file that came to an end: which, with what result, and when."""

    process: str
    result: str
    on: date


@dataclass(frozen=True)
class Term:
    """Until when a file is kept, and which class says so."""

    file_id: uuid.UUID
    ends_on: date
    kept_by: RetentionClass

    @property
    def basis(self) -> str:
        return f"{self.kept_by.name} ({self.kept_by.source})"[:300]


@dataclass(frozen=True)
class Kept:
    """The files of a provider: with a term, open still, or with something that no class knows."""

    terms: dict[uuid.UUID, Term]
    open: set[uuid.UUID]
    unknown: set[uuid.UUID]

    def over(self, as_of: date) -> list[Term]:
        """The terms that ended before ``as_of``, the oldest first."""
        found = [term for term in self.terms.values() if term.ends_on < as_of]
        return sorted(found, key=lambda term: (term.ends_on, term.file_id))


def kept_files(provider: Organisation) -> Kept:
    """Return how long each file of a provider is kept: five queries, whatever the number of files."""
    classes = list(RetentionClass.objects.filter(provider=provider))
    ended, still = defaultdict[uuid.UUID, list[Ended]](list), set[uuid.UUID]()
    for file_id, process, result, on in _processes(provider):
        if on is None:
            still.add(file_id)
        else:
            ended[file_id].append(Ended(process, result, on))
    for file_id, made_at in Participant.objects.filter(provider=provider).values_list("pk", "created_at"):
        if file_id not in ended and file_id not in still:
            ended[file_id].append(Ended(Process.REFERRAL, NOT_HANDLED, made_at.astimezone(AMSTERDAM).date()))
    terms = {file_id: _longest(file_id, parts, classes) for file_id, parts in ended.items() if file_id not in still}
    known = {file_id: term for file_id, term in terms.items() if term}
    return Kept(known, still, set(terms) - set(known))


def end_of(start: date, years: int) -> date:
    """Return the last day of a term of so many years from ``start``; from 29 February it ends on 28 February."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def _longest(file_id: uuid.UUID, parts: Iterable[Ended], classes: list[RetentionClass]) -> Term | None:
    found = [(part, _class_of(part, classes)) for part in parts]
    terms = [Term(file_id, end_of(part.on, kept.years), kept) for part, kept in found if kept]
    return max(terms, key=lambda term: (term.ends_on, term.kept_by.code)) if len(terms) == len(found) else None


def _class_of(part: Ended, classes: list[RetentionClass]) -> RetentionClass | None:
    """The class that names the result, else the one of the process for every other result; the longest of several."""
    of_process = [one for one in classes if one.process == part.process]
    named = [one for one in of_process if part.result in one.results]
    found = named or [one for one in of_process if not one.results]
    return max(found, key=lambda one: one.years, default=None)


def _processes(provider: Organisation) -> Iterator[tuple[uuid.UUID, str, str, date | None]]:
    """Every process in the files of a provider; without a day when it is still open."""
    rows = Trajectory.objects.filter(provider=provider)
    latest = models.functions.Greatest("ended_on", "aftercare_until")  # the longest guidance that was agreed
    for file_id, state, ground, ended, start in rows.values_list(
        "participant_id", "state", "legal_ground", latest, "started_on"
    ):
        on = None if state in OPEN else start if state == State.CANCELLED or ended is None else ended
        yield file_id, Process.TRAJECTORY, ground, on
    referrals = Referral.objects.filter(provider=provider).exclude(decision=Decision.PLACED)
    over = (Decision.DECLINED, Decision.WITHDRAWN)
    for file_id, decision, decided, referred in referrals.values_list(
        "participant_id", "decision", "decided_on", "referred_on"
    ):
        yield file_id, Process.REFERRAL, decision, (decided or referred) if decision in over else None
    provisions = Provision.objects.filter(provider=provider)
    for file_id, kind, ends_on in provisions.values_list("participant_id", "kind", "ends_on"):
        yield file_id, Process.PROVISION, kind, ends_on
