"""Scope: about which part of the work is asked."""

from dataclasses import dataclass
from uuid import UUID

NOTHING: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Any combination of agreement, municipality that pays, programme, unit, coach, provider, people (ids) and year.

    What is left empty does not narrow; what is given narrows together (a programme *and* a payer). The
    coach is who coached a trajectory on the last day of the period, or on its own last day. The year is that in which
    a trajectory started: what hangs on one that started in another year does not count.
    """

    agreements: frozenset[UUID] = NOTHING
    municipalities: frozenset[UUID] = NOTHING
    programmes: frozenset[UUID] = NOTHING
    units: frozenset[UUID] = NOTHING
    coach: UUID | None = None
    provider: UUID | None = None
    started_in: int | None = None
    participants: frozenset[UUID] = NOTHING

    @property
    def of_agreements(self) -> "Scope":
        """The agreements of this scope whole, whatever programme, unit, coach or year is asked for: targets."""
        return Scope(agreements=self.agreements, municipalities=self.municipalities, provider=self.provider)
