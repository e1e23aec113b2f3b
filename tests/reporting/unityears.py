"""Random years of a small unit, and the reports about them as a reader gets them.

From one seed: people, trajectories and what happened on them, under one to three payers; then a run of reports over
months, quarters and years, of one payer or of several together, and a second version of the last one after what was
written down changed. The figures are counted and the small counts withheld by the product; what is handed on is the
content that a reader gets, as plain JSON data.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from random import Random
from typing import Any
from uuid import UUID

from django.utils import translation

from foundation.periods import Period
from guidance.models import HalfDayStatus, SessionKind
from reporting.composing.agreed import agreed, own_specs
from reporting.composing.corrections import Correction, correction_on
from reporting.composing.counted import Counted, Slice, slices_of
from reporting.composing.demanded import splits_of, with_demands
from reporting.composing.layout import Names, TableSpec, chapters, tables
from reporting.composing.protection import Both, Protection, protect
from reporting.composing.writing import Part, small_count_note, summary, summary_note
from reporting.demands import Demands
from reporting.documents.content import Chapter, ReportContent
from reporting.facts import PlainFacts
from reporting.facts.rows import (
    AgreementRow,
    AssessmentRow,
    CertificateRow,
    EventRow,
    HalfDayRow,
    OutcomeRow,
    Person,
    ProgrammeRow,
    SessionRow,
    TrajectoryRow,
)
from reporting.figures import Question, count, split
from reporting.freezing.facts import FrozenFacts
from reporting.models import Report
from tests.reporting.attack import Attack
from tests.reporting.payers import demanded, with_payers
from tests.reporting.reading import Agreed, Place, Reading
from trajectories.models import OutcomeKind

FIRST, LAST = date(2023, 6, 1), date(2025, 12, 31)
YEAR, BEFORE = Period.year(2025), Period.year(2024)
COUNTED = (
    "participants", "trajectories", "stock_start", "inflow", "outflow", "stock_end", "paid_work",
    "help_question_insight", "both_outcomes", "outcomes_by_kind", "ended_by_destination", "ended_by_reason", "dropout",
    "relapses", "picked_up_again", "re_entries", "lead_time", "running_time", "waiting_time", "sessions", "attendance",
    "ladder", "sustained_work", "certificates", "age_bands", "gender", "by_programme", "data_quality", "targets",
    "leavers", "stayers", "other_route", "by_municipality",
)  # fmt: skip
DEMANDS = (
    Demands("municipality", 5),
    Demands("municipality", 5),
    Demands("municipality", 10),
    Demands("municipality", 3),
    Demands("public", 10, 5),
)


@dataclass(frozen=True)
class Document:
    """What one reader gets of one report: its content, of which payers, and in which state of the files."""

    edition: int
    agreements: frozenset[str]
    content: ReportContent
    truth: Callable[[], ReportContent]
    """The same with nothing withheld, for who checks. No reader gets it."""


@dataclass(frozen=True)
class UnitYear:
    """All that readers got of one unit over the years."""

    seed: int
    demands: Demands
    documents: tuple[Document, ...]
    protections: tuple[Protection, ...]
    agreed: tuple[Agreed, ...]
    """What every payer knows of the agreements: who pays, and from when until when."""


Protecting = Callable[..., Protection]


def unit_year(
    seed: int, *, protecting: Protecting = protect, demands: Demands | None = None, is_short: bool = False
) -> UnitYear:
    """Make the reports of one unit.

    Args:
        seed: what everything follows from.
        protecting: what decides which numbers are withheld.
        demands: what the payers demand; drawn without.
        is_short: a year before or one shorter period at most, and two payers at most.
    """
    with translation.override(None):
        chance = Random(seed)
        return _Office(seed, chance, demands or chance.choice(DEMANDS), protecting, is_short).reports()


class _Office:
    def __init__(self, seed: int, chance: Random, demands: Demands, protecting: Protecting, is_short: bool) -> None:
        self.seed, self.chance, self.demands, self.protecting = seed, chance, demands, protecting
        self.is_short = is_short
        self.asking = Random(f"payers of {seed}")
        self.facts = with_payers(self.asking, files(chance, most_payers=2 if is_short else 3))
        self.names = Names(
            programmes={row.code: row.code for row in self.facts.programmes},
            payers={},
            destinations={code: code for code in "XYZ"},
            end_reasons={code: code for code in "KLM"},
            outcomes=dict(OutcomeKind.choices),
        )
        self.edition = 1
        self.signed: list[tuple[frozenset[UUID], Report]] = []
        self.documents: list[Document] = []
        self.counted: dict[Any, Counted] = {}
        self.protections: list[Protection] = []

    def reports(self) -> UnitYear:
        """Make them in the order in which a reader gets them."""
        chance, everybody = self.chance, tuple(row.id for row in self.facts.agreements)
        payers: Sequence[UUID] = everybody if chance.random() < 0.7 else chance.sample(everybody, 1)
        if chance.random() < (0.3 if self.is_short else 0.5):
            self.report(payers, BEFORE)
        for period in chance.sample(_quarters(), chance.choice((0, 0, 1))) if self.is_short else _shorter(chance):
            self.report(payers if chance.random() < 0.8 else chance.sample(everybody, 1), period)
        if len(everybody) > 1 and chance.random() < 0.2:
            self.report(chance.sample(everybody, 1), YEAR)
        self.report(payers, YEAR)
        if chance.random() < (0.4 if self.is_short else 0.7) and self.edition == 1:
            self.facts, self.edition = corrected(chance, self.facts), 2
            self.report(payers, YEAR, version=2)
        told = tuple(
            Agreed(row.code, row.municipality_name, str(row.id), row.starts_on, row.ends_on)
            for row in self.facts.agreements
        )
        return UnitYear(self.seed, self.demands, tuple(self.documents), tuple(self.protections), told)

    def report(self, payers: Sequence[UUID], period: Period, *, version: int = 1) -> None:
        """Count, withhold and write one report: the whole, and with several payers each one's own part."""
        self._life_goes_on()
        facts = of_agreements(self.facts, frozenset(payers))
        parts: list[UUID | None] = [None, *(payers if len(payers) > 1 else ())]
        both: Both = {part: self._count(frozenset({part} if part else payers), period) for part in parts}
        usual = layout(tuple(self.names.programmes), period)
        specs = [*with_demands(usual, facts, period), *agreed(facts, LAST)]
        corrections = {part: one for part in parts if (one := self._correction(part, facts, both, specs, period))}
        decided = self.protecting(
            both, specs, self.demands, agreements=payers, reference=LAST,
            earlier=tuple(report.protection for _payers, report in self.signed),
            corrected={part: (one.now, one.specs) for part, one in corrections.items()},
        )  # fmt: skip
        nothing = Protection({"rounding": 1, "threshold": 1}, frozenset())
        for part, (now, before) in both.items():
            whose = frozenset({part} if part else payers)
            own = own_specs(specs, of_agreements(facts, whose))
            content, truth = (
                partial(written, Part(part, now, before, how, targets={}), own, period, version, corrections.get(part))
                for how in (decided, nothing)
            )
            self.documents.append(Document(self.edition, frozenset(map(str, whose)), content(), truth))
        self.protections.append(decided)
        self.signed.append((frozenset(payers), as_signed(period, decided)))

    def _life_goes_on(self) -> None:
        """From one report to the next payers may demand other things, and once what was written down is corrected."""
        if self.asking.random() < 0.3:
            self.facts = replace(self.facts, words=demanded(self.asking))
        if self.signed and self.edition == 1 and self.asking.random() < 0.2:
            self.facts, self.edition = corrected(self.asking, self.facts), 2

    def _correction(
        self, part: UUID | None, facts: FrozenFacts, both: Both, specs: list[TableSpec], period: Period
    ) -> Correction | None:
        """What the report tells of the last one about the same agreements over a period before, if there is one."""
        whose = frozenset({part} if part else (row.id for row in facts.agreements))
        told = [
            report
            for payers, report in self.signed
            if (payers == whose or (len(whose) == 1 and whose < payers)) and report.period_until < period.start
        ]
        if not told:
            return None
        last = max(told, key=lambda report: (report.period_until, report.period_until - report.period_from))
        own = of_agreements(facts, whose)
        with translation.override(None):
            return correction_on(as_signed(period), last, part, own, both[part][1], specs, splits_of(own))

    def _count(self, agreements: frozenset[UUID], period: Period) -> tuple[Counted, Counted]:
        return self._one(agreements, period), self._one(agreements, period.year_before())

    def _one(self, agreements: frozenset[UUID], period: Period) -> Counted:
        key = (self.edition, agreements, period, tuple(self.facts.words))
        if key not in self.counted:
            facts = of_agreements(self.facts, agreements)
            slices = tuple(Slice(one, count(facts, one, LAST, ("inflow", "outflow"))) for one in slices_of(period))
            splits = {(of, by): split(Question(facts, period, LAST), of, by) for of, by in splits_of(facts)}
            self.counted[key] = Counted(period, count(facts, period, LAST, COUNTED), slices, splits)
        return self.counted[key]


def _quarters() -> list[Period]:
    return [Period.quarter(2025, number) for number in range(1, 5)]


def _shorter(chance: Random) -> list[Period]:
    """The months and quarters that were reported before the year."""
    quarters = _quarters()
    months = [Period.month(2025, number) for number in range(1, 13)]
    kind = chance.random()
    if kind < 0.35:
        return []
    if kind < 0.55:
        return chance.sample(quarters, chance.randint(1, 4))
    if kind < 0.65:
        return quarters
    if kind < 0.85:
        first = chance.randrange(0, 12, 3)
        return [*months[first : first + 3], quarters[first // 3]]
    return [Period(date(2025, 1, 1), date(2025, 6, 30)), chance.choice(quarters)]


@cache
def layout(programmes: tuple[str, ...], period: Period) -> list[TableSpec]:
    names = Names(
        programmes={code: code for code in programmes},
        payers={},
        destinations={code: code for code in "XYZ"},
        end_reasons={code: code for code in "KLM"},
        outcomes=dict(OutcomeKind.choices),
    )
    return tables(names, period)


def as_signed(period: Period, decided: Protection | None = None) -> Report:
    """A report as it stands in the database, as far as corrections on it go by that."""
    return Report(
        title=f"{period.start} {period.end}", number="U", period_from=period.start, period_until=period.end,
        reference_date=LAST, protection=decided.data if decided else None,
    )  # fmt: skip


def written(
    part: Part, specs: list[TableSpec], period: Period, version: int, correction: Correction | None
) -> ReportContent:
    """The content as a reader gets it in every format."""
    with translation.override(None):
        return _content(part, specs, period, version, correction)


def _content(
    part: Part, specs: list[TableSpec], period: Period, version: int, correction: Correction | None
) -> ReportContent:
    made = tuple(table for spec in specs if (table := part.table(spec)) is not None)
    if correction and not part.is_silent:
        made = (*made, correction.table(part))
    return ReportContent(
        title="Report", provider="Unit", payers=(), scope="", period_start=period.start, period_end=period.end,
        reference_date=LAST, number="", version=version, status="signed", definitions_version="", language="en",
        summary=summary(part, "Unit", period), summary_note=summary_note(part),
        key_figures=part.key_figures(period), tables=made,
        small_count_note=small_count_note(part),
        chapters=tuple(Chapter(chapter, title) for chapter, title in chapters().items()),
    )  # fmt: skip


def of_agreements(facts: FrozenFacts, agreements: frozenset[UUID]) -> FrozenFacts:
    """The rows of some payers."""
    return replace(
        facts,
        trajectories=[row for row in facts.trajectories if row.agreement_id in agreements],
        agreements=[row for row in facts.agreements if row.id in agreements],
        targets=[row for row in facts.targets if row.agreement_id in agreements],
        parts=[row for row in facts.parts if row.agreement_id in agreements],
    )


def files(chance: Random, *, most_payers: int) -> PlainFacts:
    """What is written down about the people of a small unit."""

    def fresh() -> UUID:
        return UUID(int=chance.getrandbits(128))

    unit = fresh()
    agreements = [
        AgreementRow(fresh(), f"A{number}", fresh(), f"M{number}", f"M{number}", FIRST, None, 5)
        for number in range(min(most_payers, chance.choice((1, 1, 2, 2, 3) if most_payers > 2 else (1, 1, 1, 1, 1, 2))))
    ]
    programmes = [
        ProgrammeRow(fresh(), f"P{number}", f"P{number}", unit, "U", "U", True)
        for number in range(chance.randint(1, 3))
    ]
    size = chance.choice((3, 5, 8, 14) if most_payers < 3 else (4, 8, 14, 22, 35, 60))
    people = [
        Person(fresh(), chance.choice(("male", "male", "female", "other", "")), chance.randint(1955, 2006), 1, 1, "")
        for _ in range(chance.randint(size // 2, size))
    ]
    found = _Files([], [], [], [], [], [], [])
    usual = [chance.choice(agreements) for _ in range(3)]
    for person in people:
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            payer = chance.choice(usual)
            found.begin(chance, fresh, person.id, payer.id, chance.choice(programmes).id, unit)
    return PlainFacts(agreements=agreements, programmes=programmes, persons=people, **vars(found))


@dataclass
class _Files:
    trajectories: list[TrajectoryRow]
    events: list[EventRow]
    outcomes: list[OutcomeRow]
    sessions: list[SessionRow]
    half_days: list[HalfDayRow]
    assessments: list[AssessmentRow]
    certificates: list[CertificateRow]

    def begin(
        self, chance: Random, fresh: Callable[[], UUID], person: UUID, payer: UUID, programme: UUID, unit: UUID
    ) -> None:
        """A trajectory and what happened on it."""
        start = _day(chance, FIRST, LAST)
        end = start + timedelta(days=chance.randint(10, 500)) if chance.random() < 0.6 else None
        end = end if end and end <= LAST else None
        reason = chance.choice(("K", "K", "L", "M", None)) if end else None
        row = TrajectoryRow(
            fresh(), person, payer, programme, unit, None, start, end,
            start - timedelta(days=chance.randint(1, 60)) if chance.random() < 0.8 else None,
            reason, reason == "M" if reason else None,
            chance.choice(("X", "X", "Y", "Z", None)) if end else None, "participatiewet",
        )  # fmt: skip
        self.trajectories.append(row)
        self._live(chance, fresh, row, end or LAST)

    def _live(self, chance: Random, fresh: Callable[[], UUID], row: TrajectoryRow, until: date) -> None:
        def own() -> tuple[UUID, UUID, UUID, date]:
            return fresh(), row.participant_id, row.id, _day(chance, row.started_on, until)

        for _ in range(chance.choice((0, 1, 2, 6))):
            attendance = chance.choice(("attended", "attended", "absent_notice", ""))
            kind = chance.choice(SessionKind.values[:4])
            self.sessions.append(SessionRow(*own(), 60, kind, attendance, False, until))
        for _ in range(chance.choice((0, 0, 0, 3, 8))):
            self.half_days.append(HalfDayRow(*own(), chance.choice(HalfDayStatus.values)))
        for kind in chance.sample(OutcomeKind.values[:5], chance.choice((0, 0, 1, 1, 2))):
            starts = _day(chance, row.started_on, LAST)
            is_work = kind == OutcomeKind.PAID_WORK
            last_seen = LAST if is_work and chance.random() < 0.5 else None
            self.outcomes.append(
                OutcomeRow(
                    *own(), kind, starts if is_work else None, None, last_seen, is_imported=False, recorded_on=until
                )
            )
        for number in range(chance.choice((0, 0, 0, 1, 2))):
            relapse = own()
            self.events.append(EventRow(*relapse, number, "relapse", False, relapse[-1]))
            if chance.random() < 0.6:
                back = relapse[-1] + timedelta(days=chance.randint(1, 100))
                self.events.append(EventRow(fresh(), *relapse[1:3], back, number, "resumed", False, back))
        for _ in range(chance.choice((0, 1, 2))):
            _id, person, _row, day = own()
            self.assessments.append(
                AssessmentRow(fresh(), person, "ladder", day, "interim", {"step": chance.randint(1, 6)})
            )
        if chance.random() < 0.1:
            self.certificates.append(CertificateRow(*own(), "VCA"))


def _day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, max(0, (last - first).days)))


def corrected(chance: Random, facts: FrozenFacts) -> FrozenFacts:
    """The files after something was corrected: a few rows more, less or other than they were; sometimes nothing."""
    trajectories, outcomes, people = list(facts.trajectories), list(facts.outcomes), list(facts.persons)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        kind = chance.random()
        at = chance.randrange(len(trajectories))
        row = trajectories[at]
        if kind < 0.2 and len(trajectories) > 1:
            del trajectories[at]
        elif kind < 0.4 and row.ended_on:
            trajectories[at] = row._replace(destination=chance.choice(("X", "Y", "Z")))
        elif kind < 0.6:
            one = chance.randrange(len(people))
            people[one] = people[one]._replace(gender=chance.choice(("male", "female")))
        elif kind < 0.8 and outcomes:
            del outcomes[chance.randrange(len(outcomes))]
        else:
            day = _day(chance, YEAR.start, LAST)
            new = UUID(int=chance.getrandbits(128))
            outcomes.append(
                OutcomeRow(new, row.participant_id, row.id, day, "paid_work", None, None, None, False, LAST)
            )
    return replace(facts, trajectories=trajectories, outcomes=outcomes, persons=people)


def recovered_of(made: UnitYear) -> list[tuple[int, Place]]:
    """The withheld numbers that whoever has all its documents can work out."""
    return attack_on(made).recovered()


def attack_on(made: UnitYear) -> Attack:
    """Whoever has all documents of a unit, ready to reckon."""
    corrected_once = any(document.edition > 1 for document in made.documents)
    return Attack(
        [Reading(one.edition, one.agreements, one.content) for one in made.documents],
        truth=[Reading(one.edition, one.agreements, one.truth()) for one in made.documents] if corrected_once else (),
        agreed=made.agreed,
        threshold=made.demands.threshold,
        rounding=made.demands.rounding,
    )
