"""The worklist as the page shows it: a group for each check, rows of plain strings."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.charts import Cell, DataTable, Row
from organisations.models import StaffMember
from participants.models import Participant
from reporting.figures.quality import CHECKS
from reporting.models import SignalAnswer
from reporting.screens.records import BACK, file_url, visible_people
from reporting.screens.words import percentage
from reporting.signals.checks import SIGNAL_CHECKS
from reporting.signals.fixes import fixes_of
from reporting.signals.worklist import Signal, Worklist

SHOWN_OF_EACH = 5
PAGE_SIZE = 25


@dataclass
class Group:
    """What one check found: all of it, and what of it is shown on this page."""

    name: str
    signals: list[Signal]
    shown: list[Signal] = field(default_factory=list)
    next: str = ""
    previous: str = ""

    @property
    def open(self) -> list[Signal]:
        return [signal for signal in self.signals if not signal.is_fine]

    @property
    def fine(self) -> list[Signal]:
        return [signal for signal in self.signals if signal.is_fine]


class SignalsPage:
    """All checks with the first few of each, or one check with a page of its list."""

    def __init__(
        self,
        worklist: Worklist,
        *,
        member: StaffMember,
        address: str,
        check: str = "",
        after: str = "",
        only_passed: bool = False,
    ) -> None:
        self.worklist, self.member, self.address = worklist, member, address
        self.is_one, self.only_passed, self.passed = bool(check), only_passed, 0
        names = [check] if check else list(SIGNAL_CHECKS)
        if not check:
            worklist.look.read_everything()
        self.groups = [self._group(name, after) for name in names]
        shown = [signal for group in self.groups for signal in group.shown]
        others = (signal.found.other for signal in shown)
        self.people = visible_people(member, {*(s.found.record.participant_id for s in shown), *others} - {None})  # type: ignore[arg-type]
        self.coaches = names_of({signal.owner for signal in shown})

    def _group(self, name: str, after: str) -> Group:
        signals = self.worklist.signals(name)
        passed = [signal for signal in signals if signal.passed_to is not None]
        self.passed += len(passed)
        group = Group(name, passed if self.only_passed else signals)
        if not self.is_one:
            is_listed = not SIGNAL_CHECKS[name].is_rate
            group.shown = group.open[:SHOWN_OF_EACH] if is_listed else []
            return group
        ordered = [*group.open, *group.fine]
        first, last = window([signal.found.record.id for signal in ordered], after)
        group.shown = ordered[first:last]
        group.next = f"{group.shown[-1].found.record.id}" if last < len(ordered) else ""
        group.previous = f"{BACK}{group.shown[0].found.record.id}" if first else ""
        return group

    @property
    def files(self) -> list[Participant]:
        """Whose names stand on the page."""
        return list(self.people.values())

    @property
    def answered(self) -> set[UUID]:
        """Whose files hold an answer that stands on the page, with its reason."""
        shown = (signal for group in self.groups for signal in group.shown)
        return {signal.answer.participant_id for signal in shown if signal.answer}

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        groups = [self._shown(group) for group in self.groups if group.signals or self.is_one]
        return {
            "groups": [group for group in groups if group["rows"] or self.is_one or group["months"]],
            "is_one": self.is_one,
            "only_passed": self.only_passed,
            "passed": self.passed,
            "pager": self.groups[0] if self.is_one else None,
            "number": sum(len(group.open) for group in self.groups if not SIGNAL_CHECKS[group.name].is_rate),
        }

    def _shown(self, group: Group) -> dict[str, Any]:
        check, number = SIGNAL_CHECKS[group.name], len(group.signals)
        return {
            "name": group.name,
            "label": check.label,
            "rule": check.rule,
            "number": number,
            "open": len(group.open),
            "words": self._words(group),
            "rows": [self._row(signal) for signal in group.shown],
            "all_url": f"{self.address}{'&' if '?' in self.address else '?'}{urlencode({'check': group.name})}",
            "has_more": not self.is_one and number > len(group.shown),
            "months": self._months() if check.is_rate and not self.only_passed else None,
        }

    def _words(self, group: Group) -> str:
        fine = len(group.fine)
        is_rate = SIGNAL_CHECKS[group.name].is_rate
        number = len(group.signals if is_rate else group.open)
        words = ngettext("%(number)s signal", "%(number)s signals", number) % {"number": number}
        return f"{words}, {_('%(number)s right as it is') % {'number': fine}}" if fine else words

    def _row(self, signal: Signal) -> dict[str, Any]:
        record, asked = signal.found.record, self.worklist.look.asked
        person = self.people.get(record.participant_id)
        trajectory = asked.trajectories.get(record.trajectory_id) if record.trajectory_id else None
        other = self.people.get(signal.found.other)
        answer_args = [signal.check.name, record.id]
        return {
            "name": person.full_name if person else "",
            "url": file_url(person) if person else "",
            "programme": asked.programmes[trajectory.programme_id].name if trajectory else "",
            "day": date_format(record.day, "j-n-Y") if record.day else "",
            "age": age_words(signal.age),
            "owner": self.coaches.get(signal.owner, ""),
            "is_passed": signal.passed_to is not None,
            "is_overdue": signal.is_overdue,
            "is_fine": signal.is_fine,
            "reason": signal.answer.reason if signal.answer and person else "",
            "answered": _answered(signal.answer) if signal.answer else "",
            "other": other.full_name if other else "",
            "other_url": file_url(other) if other else "",
            "fixes": fixes_of(signal, self.member.standing, self.address) if person and not signal.is_fine else [],
            "answer_url": self._there("answer_signal", answer_args) if person else "",
            "pass_on_url": self._there("pass_on_signal", answer_args) if person else "",
            "reopen_url": self._there("reopen_signal", answer_args) if person else "",
        }

    def _there(self, verb: str, args: list[Any]) -> str:
        return f"{reverse(f'reporting:{verb}', args=args)}?{urlencode({'back': self.address})}"

    def _months(self) -> DataTable:
        """Per month how much was entered, and how much of it late."""
        look, mine = self.worklist.look, self.worklist.mine
        cells = CHECKS["late_entry"](look.asked)
        own = {
            cell: [one for one in records if mine is None or look.coach_of(one) == mine.pk]
            for cell, records in cells.items()
        }
        entered, late = (Counter(months_of(own[cell])) for cell in ("total", "wrong"))
        rows = [
            Row(
                date_format(first, "F Y"),
                [Cell(late[first]), Cell(entered[first]), Cell(percentage(late[first] / entered[first]))],
            )
            for first in sorted(entered)
        ]
        headings = (_("Month"), _("Entered late"), _("Entered"), _("Share"))
        return DataTable(_("Entered more than 5 days later, by month"), headings, rows)


def _answered(answer: SignalAnswer) -> str:
    """Who answered, and on which day."""
    on = date_format(localdate(answer.answered_at), "j-n-Y")
    return f"{answer.answered_by.name}, {on}" if answer.answered_by else on


def age_words(days: int) -> str:
    """For how many days something is wrong."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else _("since today")


def months_of(records: Iterable[Any]) -> list[Any]:
    return [record.day.replace(day=1) for record in records]


def window(ids: list[UUID], after: str) -> tuple[int, int]:
    """From which to which line a page goes, by the id of the line before (or, with a minus, after) it."""
    known = {f"{key}": at for at, key in enumerate(ids)}
    at = known.get(after.removeprefix(BACK))
    if at is None:
        return 0, min(PAGE_SIZE, len(ids))
    if after.startswith(BACK):
        return max(0, at - PAGE_SIZE), max(at, min(PAGE_SIZE, len(ids)))
    return at + 1, min(at + 1 + PAGE_SIZE, len(ids))


def names_of(ids: set[UUID | None]) -> dict[UUID | None, str]:
    """The names of staff by id: one query."""
    return dict(StaffMember.objects.filter(pk__in=[key for key in ids if key]).values_list("pk", "name"))
