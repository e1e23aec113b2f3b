"""What somebody answered to a warning of the statistic: that it is right as it is, and why.

The answer is about one check of one provision (or of a trajectory without one), so it holds for later months too. It
stands among the answers to signals, under a name of its own.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refused import Refused
from organisations.models import StaffMember
from participants.models import Participant
from reporting.models import AnswerKind, SignalAnswer
from reporting.signals.actions import reopen_signal, write_answer
from reporting.signals.worklist import holds
from reporting.statistic.findings import Finding, Rule
from reporting.statistic.rules import EVERY_RULE

PREFIX = "srg."
CAN_BE_RIGHT: dict[str, Rule] = {rule.id: rule for rule in EVERY_RULE if rule.can_be_right}
"""The checks that can be answered, by name: the warnings. An error stops the delivery and is solved."""

Key = tuple[str, UUID | None]
Answers = Mapping[Key, SignalAnswer]


def key_of(finding: Finding) -> Key:
    """By which an answer is found: the check, and what it is about."""
    return finding.rule.id, finding.record_id


def answers_to(findings: Sequence[Finding]) -> Answers:
    """Read the answers that hold for these findings: one query; none where nothing can be answered."""
    asked = {key_of(one): one for one in findings if one.rule.can_be_right and one.record_id}
    if not asked:
        return {}
    names = {PREFIX + rule for rule, _record in asked}
    rows = SignalAnswer.objects.filter(
        check_name__in=names, record_id__in={record for _rule, record in asked}, kind=AnswerKind.FINE
    )
    found: dict[Key, SignalAnswer] = {
        (row.check_name.removeprefix(PREFIX), row.record_id): row for row in rows.select_related("answered_by")
    }
    return {key: row for key, row in found.items() if key in asked and _holds(row, asked[key])}


def _holds(answer: SignalAnswer, finding: Finding) -> bool:
    """Whether it is about this occurrence: another day to look again, or another end, asks anew."""
    return finding.since is None or holds(answer, finding.since)


@transaction.atomic
def answer_finding(
    *, by: StaffMember, rule: str, record_id: UUID, participant: Participant, reason: str
) -> SignalAnswer:
    """Somebody looked at a warning and says that it is right as it is, and why. It leaves the worklist of every month.

    Raises Refused for an error, which is to be solved, and without a reason.
    """
    if rule not in CAN_BE_RIGHT:
        raise Refused(_("This stops the delivery, so it has to be solved."))
    if not reason.strip():
        raise Refused(_("Write why it is right as it is."), field="reason")
    return write_answer(by, PREFIX + rule, record_id, participant, kind=AnswerKind.FINE, reason=reason, coach=None)


def reopen_finding(*, by: StaffMember, rule: str, record_id: UUID, participant: Participant) -> None:
    """The answer was a mistake, or holds no more: the warning is open again."""
    reopen_signal(by=by, check=PREFIX + rule, record_id=record_id, participant=participant)
