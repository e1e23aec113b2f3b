"""What was answered on the worklist, as the page of the day of a coach reads it (``guidance.screens.answered``)."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.encryption import open_file_keys
from guidance.screens.answered import Answered
from guidance.screens.answered import Signal as Due
from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import Participant
from reporting.facts import Scope
from reporting.models import AnswerKind, SignalAnswer
from reporting.signals.checks import SIGNAL_CHECKS, found_by
from reporting.signals.fixes import fixes_of
from reporting.signals.looking import Look
from reporting.signals.worklist import Signal, holds, period_of_coach
from trajectories.models import Trajectory


def answered_for(member: StaffMember) -> Answered:
    """Read what was answered about the people of a coach: one query, and a few more when something was passed on."""
    own = Trajectory.objects.filter(coach=member).values("participant")
    rows = SignalAnswer.objects.filter(Q(participant__in=own) | Q(coach=member))
    answers = list(rows.select_related("participant", "answered_by").order_by("answered_at"))
    mine = [row for row in answers if row.kind == AnswerKind.PASSED_ON and row.coach_id == member.pk]
    passed_on = dict(_still_due(member, mine)) if mine else {}
    settled = {
        (row.check_name, row.record_id): localdate(row.answered_at)
        for row in answers
        if row.coach_id != member.pk or row.pk in passed_on  # told once, with what the colleague asked
    }
    return Answered(settled, tuple(passed_on.values()))


def _still_due(member: StaffMember, answers: list[SignalAnswer]) -> Iterator[tuple[UUID, Due]]:
    """Of what was passed on what is still wrong, in files that this coach may still see; by answer."""
    people = Participant.objects.visible_to(member, Permission.SIGNALS_READ)
    seen = set(people.filter(pk__in={row.participant_id for row in answers}).values_list("pk", flat=True))
    units = frozenset(member.standing.units(Permission.SIGNALS_READ))
    look = Look(member, Scope(units=units, participants=frozenset(seen)), period_of_coach(), today())
    open_file_keys(seen)
    by_check: dict[str, list[SignalAnswer]] = defaultdict(list)
    for row in answers:
        if row.participant_id in seen and row.check_name in SIGNAL_CHECKS:
            by_check[row.check_name].append(row)
    for name, rows in by_check.items():
        found = {one.record.id: one for one in found_by(look, name)}
        for row in rows:
            one = found.get(row.record_id)
            if one and holds(row, one.since):
                yield row.pk, _due(member, Signal(SIGNAL_CHECKS[name], one, None, row), row)


def _due(member: StaffMember, signal: Signal, answer: SignalAnswer) -> Due:
    action, url = _where(member, signal)
    return Due(answer.participant, str(signal.check.label), action, url, note=_note(answer))


def _where(member: StaffMember, signal: Signal) -> tuple[str, str]:
    """The page that mends it; the worklist where that takes a button, or nothing can be filled in."""
    fixes = [one for one in fixes_of(signal, member.standing, reverse("guidance:today")) if not one.is_sent]
    if fixes:
        return fixes[0].label, fixes[0].url
    return _("Look at the signal"), f"{reverse('reporting:signals')}?{urlencode({'check': signal.check.name})}"


def _note(answer: SignalAnswer) -> str:
    """Who passed it on and when, with the question."""
    on = date_format(localdate(answer.answered_at), "j F")
    words = {"name": answer.answered_by.name if answer.answered_by else _("a colleague"), "day": on}
    told = _("Passed on by %(name)s on %(day)s.") % words
    return f"{told} {answer.reason}" if answer.reason else told
