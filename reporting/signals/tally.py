"""How much of each check is still to see to: the number on the overview, as long as the worklist behind it.

What the checks look at beside the facts of the figures goes along in the round trip of the overview.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate

from foundation.periods import Period
from foundation.together import Rows
from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import ParticipantUnit
from reporting.facts import Scope
from reporting.figures import Figure, Question
from reporting.figures.quality import CHECKS
from reporting.models import AnswerKind, SignalAnswer
from reporting.signals.checks import SIGNAL_CHECKS, found_by
from reporting.signals.looking import Asked, Look, Read, open_asked, outcomes_asked, people_asked


def tally_asked(member: StaffMember, scope: Scope, period: Period, today: date) -> list[Asked]:
    """What to ask, beside the facts, before ``tally``; what is not due in a period that is over is not asked."""
    people = people_asked(member)
    return [
        open_asked(scope, today),
        outcomes_asked(scope, period),
        people if today in period else people.none(),
        _fine_asked(member),
    ]


def _fine_asked(member: StaffMember) -> Asked:
    units = member.standing.units(Permission.SIGNALS_READ)
    people = ParticipantUnit.objects.filter(unit__in=units).values("participant")
    fine = SignalAnswer.objects.filter(participant__in=people, kind=AnswerKind.FINE)
    return fine.values_list("check_name", "record_id", "answered_at")


def tally(
    member: StaffMember, scope: Scope, period: Period, *, question: Question, quality: Figure, rows: Sequence[Rows]
) -> dict[str, int]:
    """Return by check how many signals are open: found, and nobody said that they are right as they are.

    Args:
        quality: the figure "complete files", counted from the same question.
        rows: the answers to ``tally_asked``.
    """
    open_rows, with_outcome, people, answered = rows
    wrong = {name: quality.cell(f"{name}.wrong") for name in CHECKS}
    read = Read(question, wrong, open_rows, with_outcome, people)
    look = Look(member, scope, period, question.reference, read=read)
    fine = {(check, record): localdate(at) for check, record, at in answered}
    return {
        name: sum(not _is_fine(fine.get((name, found.record.id)), found.since) for found in found_by(look, name))
        for name, check in SIGNAL_CHECKS.items()
        if not check.is_rate
    }


def _is_fine(answered_on: date | None, since: date) -> bool:
    return answered_on is not None and answered_on >= since
