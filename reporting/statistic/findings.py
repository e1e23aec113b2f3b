"""What a check looks at, and what it finds."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.utils.functional import Promise

from reporting.statistic.fields import FieldTable
from reporting.statistic.restating import Sent
from reporting.statistic.selection import Month, Ran, Somebody, Unrecorded

Words = str | Promise


class Severity(StrEnum):
    ERROR = "error"  # stops the delivery
    WARNING = "warning"


class Fix(StrEnum):
    """Where something is put right."""

    PROVISION = "provision"
    POSITION = "position"
    DETAILS = "details"
    RECORD = "record"  # record the provision that is missing
    ADMINISTRATION = "administration"  # the functional manager does it
    WAIT = "wait"


@dataclass(frozen=True)
class Looked:
    """A month with all that the rules look at."""

    month: Month
    table: FieldTable | None
    today: date
    sent: Mapping[str, Sent]
    unrecorded: tuple[Unrecorded, ...] = ()

    @cached_property
    def by_person(self) -> Mapping[object, list[Ran]]:
        """Everything that each person uses and used."""
        found: dict[object, list[Ran]] = defaultdict(list)
        for ran in self.month.around:
            found[ran.person.id].append(ran)
        return found

    @cached_property
    def registrations(self) -> Counter[str]:
        return Counter(ran.registration for ran in self.month.lines)

    def others(self, ran: Ran) -> list[Ran]:
        """What else the same person uses or used."""
        return [other for other in self.by_person[ran.person.id] if other.id != ran.id]


@dataclass(frozen=True)
class Rule:
    """One check: its number in the list of checks ("" for one beside that list), what is wrong, and what to do.

    ``since`` says from which day a provision is wrong, where that is another day than it was recorded on.
    """

    id: str
    number: str
    severity: Severity
    wrong: Words
    todo: Words
    fix: Fix
    since: Callable[[Ran], date | None] | None = None

    @property
    def can_be_right(self) -> bool:
        """Whether somebody may say that it is right as it is: an error never is."""
        return self.severity is Severity.WARNING


@dataclass(frozen=True)
class Finding:
    """That a check tripped: on a provision, on a person, or on the delivery as a whole (neither)."""

    rule: Rule
    wrong: str
    ran: Ran | None = None
    unrecorded: Unrecorded | None = None

    @property
    def person(self) -> Somebody | None:
        if self.ran:
            return self.ran.person
        return self.unrecorded.person if self.unrecorded else None

    @property
    def is_error(self) -> bool:
        return self.rule.severity is Severity.ERROR

    @property
    def record_id(self) -> UUID | None:
        """What it is about: a provision, or a trajectory without one; None for the delivery as a whole."""
        if self.ran:
            return self.ran.id
        return self.unrecorded.trajectory_id if self.unrecorded else None

    @property
    def coach_id(self) -> UUID | None:
        """Who is to see to it: the coach of the trajectory."""
        about = self.ran or self.unrecorded
        return about.coach_id if about else None

    @property
    def since(self) -> date | None:
        """From which day it is wrong: the rule knows, or else since it was recorded."""
        if self.ran is None:
            return self.unrecorded.started_on if self.unrecorded else None
        known = self.rule.since(self.ran) if self.rule.since else None
        return known or self.ran.recorded_on or self.ran.starts_on
