"""Which numbers of a report are withheld: decided once, for the whole, every part and both years together.

What earlier signed reports told of the same agreements counts along: a reader has those too. A number is known by its
place (``composing.places``); what can be reckoned from one to another stands in ``composing.bonds``; what must not be
told follows from both (``reporting.disclosure``). The decision is stored with the report, so that it is never made
again: documents, versions and later reports go by what was stored.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self
from uuid import UUID

from reporting.composing.bonds import ROWS_AS_THEY_COME, Told, between_payers, stocks, within
from reporting.composing.counted import Counted
from reporting.composing.layout import TableSpec
from reporting.composing.lines import Line, across, of_figure
from reporting.composing.periods import REST, between_periods
from reporting.composing.places import Days, Number, Place
from reporting.composing.stored import Earlier, stored
from reporting.demands import Demands
from reporting.disclosure import Count, Range, Sum, Withheld, is_small, rounded, withheld
from reporting.documents.content import WITHHELD, Cell

KEY_FIGURES = ("participants", "trajectories", "paid_work", "help_question_insight")

Years = tuple[Counted, Counted]
"""The period, and the year before."""

Both = Mapping[UUID | None, Years]

Corrected = Mapping[UUID | None, tuple[Counted, Sequence[TableSpec]]]
"""Per part the period of an earlier report as it is counted now, and the tables of which the corrections tell."""

CORRECTED = "corrected."
"""Before the key of a number that the corrections tell."""


class Spot(NamedTuple):
    """Where a number stands in one report: in whose part ("": the whole), in which year, under which key."""

    part: str
    is_before: bool
    key: str


@dataclass(frozen=True)
class Protection:
    """What was decided for one report: what it tells of every number, and why it withholds some.

    ``data`` is what is stored with the report; for the provider only, since the exact numbers stand in it.
    """

    data: dict[str, Any]
    hidden: frozenset[Spot]

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """The decision that was stored."""
        return cls(data, frozenset(Spot(one["part"], one["before"], one["key"]) for one in data["withheld"]))

    def hides(self, part: UUID | None, is_before: bool, key: str) -> bool:
        """Whether a number is withheld."""
        return self.is_silent(part) or Spot(str(part or ""), is_before, key) in self.hidden

    def is_silent(self, part: UUID | None) -> bool:
        """Whether a part tells no number at all: no table, and no row that says that there was something."""
        return str(part or "") in self.data.get("silent", ())

    def cell(self, part: UUID | None, is_before: bool, line: Line) -> Cell:
        """Return what may stand in a document for the count of ``line``."""
        if line.value is None:
            return None
        return WITHHELD if self.hides(part, is_before, line.key) else rounded(int(line.value), self.rounding)

    @property
    def threshold(self) -> int:
        return int(self.data["threshold"])

    @property
    def rounding(self) -> int:
        return int(self.data["rounding"])

    @property
    def hides_zeros(self) -> bool:
        """Whether zeros are withheld too in this report."""
        return bool(self.data.get("zeros"))


def protect(
    both: Both,
    specs: Sequence[TableSpec],
    demands: Demands,
    *,
    agreements: Collection[UUID],
    reference: date,
    earlier: Sequence[Mapping[str, Any]] = (),
    corrected: Corrected | None = None,
) -> Protection:
    """Decide what a report withholds from readers without the files.

    Args:
        both: per part (None: the whole) what was counted over the period and over the year before.
        specs: the tables of the report.
        demands: the profile, and from how many persons a count is shown.
        agreements: of which agreements the report is.
        reference: its reference date.
        earlier: what was stored with the signed reports that tell of one of these agreements, the oldest first.
        corrected: what the corrections tell, by part.
    """
    return _Deciding(both, specs, demands, agreements, reference, earlier, corrected or {}).decide()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One number of this report: which it is, who stands behind it, and how it is called."""

    number: Number
    people: int
    table: str
    label: str
    column: str


class _Deciding:
    def __init__(
        self,
        both: Both,
        specs: Sequence[TableSpec],
        demands: Demands,
        agreements: Collection[UUID],
        reference: date,
        earlier: Sequence[Mapping[str, Any]],
        corrected: Corrected,
    ) -> None:
        self.both, self.demands, self.earlier = both, demands, [Earlier(one) for one in earlier]
        self.scopes = {part: (str(part),) if part else tuple(sorted(map(str, agreements))) for part in both}
        self.reference = reference
        self.early = _early([counted for years in both.values() for counted in years])
        self.entries: dict[Spot, _Entry] = {}
        self.families: dict[Place, None] = {}
        self.sums: list[Sum[Number]] = []
        for part, years in both.items():
            for is_before in (False, True):
                self._collect(part, is_before, years, specs)
        for part, (counted, tables) in corrected.items():
            self._collect(part, False, (counted, counted), tables, CORRECTED)

    def _collect(
        self, part: UUID | None, is_before: bool, years: Years, specs: Sequence[TableSpec], prefix: str = ""
    ) -> None:
        """Take up every count that stands somewhere in the report for one part and year, and its sums."""
        counted = years[is_before]
        days = Days.of(counted, self.reference)

        def entry(table: str, column: str, line: Line) -> Number:
            number = Number(days.place_of(line, self.scopes[part]), int(line.value or 0))
            spot = Spot(str(part or ""), is_before, f"{prefix}{line.key}")
            self.entries.setdefault(spot, _Entry(number, line.people, table, line.label, column))
            return number

        for figure_id in () if prefix else (*KEY_FIGURES, "both_outcomes"):
            entry("", "", of_figure(counted[figure_id]))
        for spec in specs:
            for figure_id in () if prefix else ROWS_AS_THEY_COME.intersection((*spec.figure_ids, spec.family)):
                self.families[days.place(self.scopes[part], figure_id)] = None
            for column, lines in zip(spec.columns, _lines(spec, years), strict=True):
                if column.is_before == is_before:
                    found = tuple(entry(spec.id, column.label, line) for line in lines.values() if line.is_count)
                    for total in total_of(counted, column.total):
                        self.sums.append(Sum(entry(spec.id, column.label, total), found))
        if not prefix:
            self.sums += self._dropout(counted, days, self.scopes[part])

    def _dropout(self, counted: Counted, days: Days, scope: tuple[str, ...]) -> list[Sum[Number]]:
        """Who ended early are those of the reasons that are marked so."""
        reasons = [
            Number(days.place(scope, f"ended_by_reason.{code}"), len(counted["ended_by_reason"].cells.get(code, ())))
            for code in self.early
        ]
        whole = Number(days.place(scope, "dropout"), counted["dropout"].number())
        return [Sum(whole, tuple(reasons))] if whole.value == sum(one.value for one in reasons) else []

    def decide(self) -> Protection:
        """Show zeros, as long as nothing follows from that; else treat a zero as any other number.

        Where a number can be worked out even so, the part that it stands in tells nothing, and if that is no help the
        whole report does not: not even which rows it would have. What follows from earlier reports alone is no reason.
        """
        decided, loose, silent = self._decided(), frozenset[Number](), frozenset[str]()
        if decided.exposed:
            loose = frozenset(self._loose()) - self._not_zero()
            decided = self._decided(loose)
        before = self._exposed_before() if decided.exposed else frozenset()
        if new := decided.exposed - before:
            silent = frozenset(self._part_of(number) for number in new)
            loose = frozenset(self._loose(silent)) - self._not_zero()
            decided = self._decided(loose, silent)
            if decided.exposed - before:
                silent = frozenset(str(part or "") for part in self.both)
        threshold = self.demands.threshold
        told = {number for report in self.earlier for number in report.told_as_strictly(self.demands)}
        small = {
            entry.number: None
            for entry in self.entries.values()
            if is_small(entry.people, threshold) and entry.number not in told
        }
        found = {**decided.because, **small}
        return Protection.of(self._data(found, loose, len(decided.exposed), silent))

    def _part_of(self, number: Number) -> str:
        """The part that tells of a number; the whole where none does."""
        return next((str(part) for part, scope in self.scopes.items() if part and scope == number.place.scope), "")

    def _decided(
        self, loose: frozenset[Number] = frozenset(), silent: frozenset[str] = frozenset()
    ) -> Withheld[Number]:
        """What to withhold, when ``loose`` can be zero as far as a reader knows, and ``silent`` parts tell nothing."""
        new = {entry.number: entry for entry in self.entries.values()}
        unsaid = {entry.number for spot, entry in self.entries.items() if spot.part in silent}
        unsaid -= {entry.number for spot, entry in self.entries.items() if spot.part not in silent}
        told = self._told(new, silent)
        counts, known = self._known(new)
        bonds = [*self.sums, *self._bonds(told, frozenset(new))]
        rests = self._rests(bonds, new)
        counts |= {number: Count(number.value, number.value) for number in rests}
        known |= dict.fromkeys(rests)
        before_withheld = {number for report in self.earlier for number, cell in report.cells.items() if not cell.told}
        return withheld(
            counts,
            bonds,
            threshold=self.demands.threshold,
            keep=[number for number in new if number.place.key in KEY_FIGURES],
            rounding=self.demands.rounding,
            known=known,
            loose=frozenset(number for report in self.earlier for number in report.loose) | rests.keys() | {*loose},
            unseen=[number for number, is_small_and_new in rests.items() if not is_small_and_new],
            stays=before_withheld | rests.keys() | unsaid,
            also=[number for number in unsaid if known.get(number) is None],
        )

    def _exposed_before(self) -> frozenset[Number]:
        """What follows from the earlier reports already, whatever this one tells."""
        alone = copy(self)
        alone.entries, alone.families, alone.sums, alone.both = {}, {}, [], {}
        return alone._decided().exposed

    def _rests(self, bonds: Iterable[Sum[Number]], new: Collection[Number]) -> dict[Number, bool]:
        """What a longer period has more than the shorter ones in it: told nowhere, yet a small one must not follow."""
        found: dict[Number, bool] = {}
        for one in bonds:
            is_ours = one.total in new or any(part in new for part in one.parts)
            for rest in (one.total, *one.parts):
                if rest.place.family == REST:
                    is_small_and_new = is_ours and is_small(rest.value, self.demands.threshold)
                    found[rest] = found.get(rest, False) or is_small_and_new
        return found

    def _loose(self, silent: Collection[str] = ()) -> Iterator[Number]:
        """The numbers that can be zero as far as a reader knows, once zeros are withheld too.

        A row stands in a table when it has a number in one of both years: beside a zero it cannot be one.
        """
        rows = {spot.part for spot, one in self.entries.items() if one.number.place.family == "outcomes_by_kind"}
        for spot, entry in self.entries.items():
            other = self.entries.get(spot._replace(is_before=not spot.is_before))
            comes_and_goes = entry.number.place.family in ROWS_AS_THEY_COME
            # Without a row of another outcome it is a zero that everybody sees.
            comes_and_goes |= entry.number.place.key == "other_route" and spot.part not in rows
            if spot.part in silent or not comes_and_goes or (other and other.number.value):
                yield entry.number

    def _not_zero(self) -> set[Number]:
        """What an earlier report withheld while it showed its zeros: a reader knows that it is none."""
        return {
            number
            for report in self.earlier
            for number, cell in report.cells.items()
            if not cell.told and number not in report.loose
        }

    def _told(self, new: Iterable[Number], silent: Collection[str]) -> Told:
        told = Told()
        for report in self.earlier:
            told.add(report.cells, report.families)
        told.add(new, self._families(silent))
        return told

    def _families(self, silent: Collection[str]) -> list[Place]:
        """The tables of which a row that is not there tells a zero."""
        said = {scope for part, scope in self.scopes.items() if str(part or "") not in silent}
        return [family for family in self.families if family.scope in said]

    def _known(self, new: Mapping[Number, _Entry]) -> tuple[dict[Number, Count], dict[Number, Range | None]]:
        """All numbers that a reader has or will have, and what is known already."""
        counts = {number: Count(number.value, entry.people) for number, entry in new.items()}
        known: dict[Number, Range | None] = {}
        for report in self.earlier:
            for number, cell in report.cells.items():
                counts.setdefault(number, Count(number.value, cell.people))
                if known.get(number) is None:
                    known[number] = cell.told
        near = {number.place: number.value for number, told in known.items() if told is None}
        for number in new:
            before = near.get(number.place)
            if before is None or number in known or number.value == 0:
                continue
            if abs(before - number.value) < self.demands.threshold:
                known[number] = None  # it was withheld; with one or two people more it would tell what it was
        return counts, known

    def _bonds(self, told: Told, new: frozenset[Number]) -> Iterator[Sum[Number]]:
        for report in self.earlier:
            yield from report.sums
            yield from within({number.place: number for number in report.cells})
        yield from within({number.place: number for number in new})
        yield from between_periods(told)
        yield from stocks(told)
        yield from between_payers(told, new)

    def _data(
        self,
        found: Mapping[Number, Number | None],
        loose: frozenset[Number],
        exposed: int,
        silent: frozenset[str],
    ) -> dict[str, Any]:
        said = {spot: entry for spot, entry in self.entries.items() if spot.part not in silent}
        names = {entry.number: entry for entry in reversed(said.values())}
        loose = loose.union(*(report.loose for report in self.earlier))
        return {
            **self.demands.data(),
            # One that an earlier report withheld among its zeros stays withheld, be it a zero.
            "zeros": any(number in found and (number in loose or not number.value) for number in names),
            "exposed": exposed if len(silent) < len(self.both) else 0,
            "silent": sorted(silent),
            "withheld": [
                _row(spot, entry, found[entry.number], names) for spot, entry in said.items() if entry.number in found
            ],
            **stored(
                {number: entry.people for number, entry in names.items()},
                self.sums,
                self._families(silent),
                found,
                self.demands,
            ),
            "loose": [place for place, number in enumerate(names) if number in loose and number in found],
        }


def _lines(spec: TableSpec, years: Years) -> list[dict[str, Line]]:
    return across([column.rows(years[column.is_before]) for column in spec.columns])


def _early(all_counted: Iterable[Counted]) -> list[str]:
    """Return the codes of the reasons that say that somebody ended early."""
    found: dict[str, bool] = {}
    for counted in all_counted:
        early = {record.id for record in counted["dropout"].cell()}
        for code, records in counted["ended_by_reason"].cells.items():
            if records:
                found[code] = found.get(code, True) and early.issuperset(record.id for record in records)
    return sorted(code for code, is_early in found.items() if is_early)


def _row(spot: Spot, entry: _Entry, because: Number | None, names: Mapping[Number, _Entry]) -> dict[str, Any]:
    """One withheld number as it is stored and told to the provider."""
    other = names.get(because) if because else None
    return {
        "part": spot.part,
        "before": spot.is_before,
        "key": spot.key,
        "table": entry.table,
        "label": entry.label,
        "column": entry.column,
        "why": _why(entry, because, other),
        "of": {"table": other.table, "label": other.label, "column": other.column} if other else None,
    }


def _why(entry: _Entry, because: Number | None, other: _Entry | None) -> str:
    if because is None:
        return SMALL if entry.people else EARLIER
    return FOLLOWS if other else EARLIER


SMALL, FOLLOWS, EARLIER = "small", "follows", "earlier"
"""Why a number is withheld: too few people; another would follow from it; an earlier report withheld it."""


def total_of(counted: Counted, key: str) -> list[Line]:
    """Return the line of a total, from its key; nothing for no key."""
    if not key:
        return []
    figure_id, _dot, cell = key.partition(".")
    return [of_figure(counted[figure_id], None, cell)]
