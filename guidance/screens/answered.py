"""What colleagues answered to signals, for the page of the day.

The worklist stands above this app and imports go down only, so it hands its answers down: ``reporting`` names the
function that reads them when the site starts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from organisations.models import StaffMember
from participants.models import Participant


@dataclass(frozen=True)
class Signal:
    """Something that is due: about whom, what, and where it is done; ``note``: what a colleague asked."""

    person: Participant
    text: str
    action: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Answered:
    """What a coach need not see to, and what colleagues passed on.

    Attributes:
        settled: by check and record, the day on which somebody said that it is right as it is or passed it on to
            another coach.
        passed_on: what was passed on to this coach and is still due, oldest first.
    """

    settled: Mapping[tuple[str, UUID], date] = field(default_factory=dict)
    passed_on: Sequence[Signal] = ()

    def holds(self, check: str, record: UUID, since: date) -> bool:
        """Whether somebody answered this occurrence: what went wrong again after the answer is due again."""
        on = self.settled.get((check, record))
        return on is not None and on >= since

    def records(self, check: str) -> list[UUID]:
        """The records of a check that somebody answered."""
        return [record for name, record in self.settled if name == check]


Ask = Callable[[StaffMember], Answered]
_sources: list[Ask] = []


def tell_answers(source: Ask) -> None:
    """Name the function that reads the answers: once, when the site starts."""
    _sources[:] = [source]


def answers_for(member: StaffMember) -> Answered:
    """What was answered to signals about the people of a coach, and passed on to that coach."""
    return _sources[0](member) if _sources else Answered()
