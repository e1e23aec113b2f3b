"""The worklist: what the checks find, who is to see to it, and what somebody answered."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from foundation.clock import today
from foundation.periods import Period
from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import Participant, ParticipantUnit
from reporting.facts import Scope
from reporting.models import AnswerKind, SignalAnswer
from reporting.signals.checks import SIGNAL_CHECKS, Check, found_by, is_overdue
from reporting.signals.looking import Look
from reporting.signals.since import Found
from trajectories.models import TrajectoryCoach


@dataclass(frozen=True)
class Signal:
    """One record in which a check finds something, with who is to see to it and what was answered."""

    check: Check
    found: Found
    coach: UUID | None
    answer: SignalAnswer | None = None

    @property
    def is_fine(self) -> bool:
        """Whether somebody said that it is right as it is."""
        return self.answer is not None and self.answer.kind == AnswerKind.FINE

    @property
    def passed_to(self) -> UUID | None:
        """Who was asked to look at it."""
        is_passed = self.answer is not None and self.answer.kind == AnswerKind.PASSED_ON
        return self.answer.coach_id if self.answer and is_passed else None

    @property
    def owner(self) -> UUID | None:
        return self.passed_to or self.coach

    @property
    def age(self) -> int:
        """For how many days it is wrong."""
        return max((today() - self.found.since).days, 0)

    @property
    def is_overdue(self) -> bool:
        """Whether it is a session that waits for more than two working days."""
        return self.check.name == "session_not_filled_in" and is_overdue(self.found.since, today())


def holds(answer: SignalAnswer, since: date) -> bool:
    """Whether an answer is about this occurrence: a signal that came back after the answer shows again.

    What turned right and wrong again is wrong since a later day: a new last contact, a new end, another goal date.
    """
    return localdate(answer.answered_at) >= since


class Worklist:
    """The signals of a scope; those of one coach (own and passed on, ``mine``), or all."""

    def __init__(self, look: Look, *, mine: StaffMember | None = None) -> None:
        self.look, self.mine = look, mine

    def signals(self, name: str) -> list[Signal]:
        """What a check finds: passed on to this person first, then the oldest."""
        signals = [self._signal(SIGNAL_CHECKS[name], found) for found in found_by(self.look, name)]
        if self.mine is None:
            return signals
        own = [signal for signal in signals if self.mine.pk in {signal.coach, signal.passed_to}]
        return sorted(own, key=lambda signal: signal.passed_to != self.mine.pk)  # type: ignore[union-attr]

    def _signal(self, check: Check, found: Found) -> Signal:
        answer = self._answers.get((check.name, found.record.id))
        known = answer if answer and holds(answer, found.since) else None
        return Signal(check, found, self.look.coach_of(found.record), known)

    @cached_property
    def _answers(self) -> dict[tuple[str, UUID], SignalAnswer]:
        """What people answered, about anybody with whom the reader's units work: one query."""
        units = self.look.member.standing.units(Permission.SIGNALS_READ)
        people = ParticipantUnit.objects.filter(unit__in=units).values("participant")
        rows = SignalAnswer.objects.filter(participant__in=people).select_related("answered_by")
        return {(row.check_name, row.record_id): row for row in rows}


def period_of_coach() -> Period:
    """What is dated in this year or the last: a year's report is still to be made when a new one begins."""
    day = today()
    return Period(date(day.year - 1, 1, 1), day)


def scope_of_coach(member: StaffMember) -> Scope:
    """The files of whom this person coaches, or was asked to look at: a page that does not grow with the unit."""
    coached = TrajectoryCoach.objects.filter(staff_member=member).values("participant")
    asked: QuerySet[SignalAnswer] = SignalAnswer.objects.filter(coach=member)
    people = Participant.objects.visible_to(member, Permission.SIGNALS_READ)
    own = people.filter(pk__in=coached) | people.filter(pk__in=asked.values("participant"))
    return Scope(
        units=frozenset(member.standing.units(Permission.SIGNALS_READ)),
        participants=frozenset(own.values_list("pk", flat=True)),
    )
