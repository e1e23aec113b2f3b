"""The frozen rows as the facts that figures are counted from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from reporting.facts import PlainFacts
from reporting.facts.rows import ProgrammeRow
from reporting.figures.counting import Hanging
from reporting.freezing.coding import decode
from reporting.freezing.tables import TABLES, PaidProgramme, PartRow, Word
from reporting.models import Report


@dataclass(frozen=True)
class FrozenFacts(PlainFacts):
    """The rows of a report as they were frozen. Where rows have an id, these have a serial number.

    Figures only compare ids, so they cannot tell the difference.
    """

    parts: Sequence[PartRow] = ()
    paid_programmes: Sequence[PaidProgramme] = ()
    words: Sequence[Word] = ()

    def words_of(self, name: str) -> dict[str, str]:
        """Return code and label of one list of words."""
        return {word.code: word.label for word in self.words if word.list == name}

    def programmes_paid(self) -> list[ProgrammeRow]:
        """Return the programmes that the agreements of these facts pay for."""
        agreements = {row.id for row in self.agreements}
        paid = {row.programme_id for row in self.paid_programmes if row.agreement_id in agreements}
        return [row for row in self.programmes if row.id in paid]

    def of_agreement(self, key: UUID) -> "FrozenFacts":
        """Return the facts of one agreement of the report, given its id outside the report."""
        own = {part.agreement_id for part in self.parts if part.key == str(key)}
        return self if len(own) == len(self.agreements) else _narrowed(self, own)


def _narrowed(facts: FrozenFacts, agreements: set[UUID]) -> FrozenFacts:
    """What hangs on the trajectories of these agreements; and who else had their places, and the places they pay."""
    trajectories = [row for row in facts.trajectories if row.agreement_id in agreements]
    own = {row.id for row in trajectories}
    people = {row.participant_id for row in trajectories}
    had = {row.slot_id for row in facts.placements if row.trajectory_id in own}
    paid = {row.programme_id for row in facts.paid_programmes if row.agreement_id in agreements}
    return replace(
        facts,
        trajectories=trajectories,
        agreements=[row for row in facts.agreements if row.id in agreements],
        targets=[row for row in facts.targets if row.agreement_id in agreements],
        persons=[row for row in facts.persons if row.id in people],
        flags=[row for row in facts.flags if row.participant_id in people],
        assessments=[row for row in facts.assessments if row.participant_id in people],
        slots=[row for row in facts.slots if row.programme_id in paid],
        placements=[row for row in facts.placements if row.slot_id in had],
        coaches=_hanging(facts.coaches, own),
        events=_hanging(facts.events, own),
        outcomes=_hanging(facts.outcomes, own),
        sessions=_hanging(facts.sessions, own),
        half_days=_hanging(facts.half_days, own),
        certificates=_hanging(facts.certificates, own),
    )


def _hanging(rows: Iterable[Hanging], trajectories: set[UUID]) -> list[Hanging]:
    return [row for row in rows if row.trajectory_id in trajectories]


def facts_of(tables: Mapping[str, bytes]) -> FrozenFacts:
    """Return the facts in frozen tables, by name. A table that was not frozen yet is empty."""
    return _facts(tables.items())


def _facts(tables: Iterable[tuple[str, bytes | memoryview]]) -> FrozenFacts:
    found: dict[str, Any] = {name: decode(TABLES[name].rows, bytes(content)) for name, content in tables}
    return FrozenFacts(**found)


def read(report: Report) -> FrozenFacts:
    """Return the facts that were frozen with ``report``."""
    tables = report.frozen_tables.filter(name__in=TABLES).order_by("name").values_list("name", "content")
    return _facts(tables.iterator(chunk_size=1))
