"""What a reader can work out from all reports together: reckons with what it reads.

It knows what anybody can know who reads the definitions: which rows add up to which totals, what follows from one
period to the next, that nobody is paid for twice only if it shows, and that a withheld number is not zero. Where the
files were corrected between two versions it even knows which numbers stayed the same, though not what they are.
It knows nothing of how the product decides, and recovers a number when only one value fits everything.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import combinations, pairwise
from math import inf

from reporting.documents.content import Cell, Withheld
from tests.reporting.reading import (
    BY_PAYER,
    ROWS_AND_TOTAL,
    SPLITS,
    Agreed,
    Place,
    Reading,
    Span,
    name_of,
    of_payer,
    place_of,
    read,
    spans_of,
)
from tests.reporting.solver import BEYOND, System

AS_THEY_COME = ("T2", "T3", "T7", "T8", "T10", "T11", "T12", *SPLITS)
"""Tables in which a row stands when one of its numbers is no zero."""

EVERYWHERE = frozenset({"T2", "T3", "T7", "T8", "T9", "T10", "T11", "T12"})
DATED = frozenset(
    {"inflow", "outflow", "referred", "relapses", "picked up 28", "picked up 84", "came back", "dropout", "no referral",
     "session open", "work without start", "no follow-up", "slot past end", "late entry", "T7 total", "T8 total"}
)  # fmt: skip
WHO = frozenset({"participants", "trajectories", "paid_work", "help_question_insight"})
TABLES_OF_DATED = (
    "T7 ", "T8 ", "T9 ", "T11 ", "T12 ", *(f"{table} " for table, (of, _by) in SPLITS.items() if of != "trajectories")
)  # fmt: skip
TABLES_OF_WHO = (
    "T2 ", "T3 ", "T10 ", "D2 ", *(f"{table} " for table, (of, _by) in SPLITS.items() if of == "trajectories")
)  # fmt: skip
PEOPLE = ("T1 ", "T2 ", "T3 ", "T10 ", "T13 ", "D1 ", "D2 ")
LEFT = "D1 People who left"
ROW_BY_ROW = [
    *((f"S{own}", f"S{own + 5 * more}") for own in range(1, 6) for more in (1, 2)),
    ("S2", "T3"), ("S4", "T2"),
]  # fmt: skip
"""Two tables of which a row of the second is no more than that of the first by the same name."""
AT_MOST = (
    (("both",), "paid_work"),
    (("both",), "help_question_insight"),
    (("employed 182", "gone 182", "unknown 182"), "paid_work"),
    (("employed 365", "gone 365", "unknown 365"), "paid_work"),
    (("employed 365",), "employed 182"),
    (("picked up 28",), "picked up 84"),
    (("picked up 84",), "relapses"),
    (("no follow-up",), "relapses"),
    (("came back",), "inflow"),
    (("dropout",), "outflow"),
    (("participants",), "trajectories"),
    (("no ladder",), "trajectories"),
)


def adds_over_time(name: str) -> bool:
    """Whether a year has as many as its months together."""
    return name in DATED or name.startswith(TABLES_OF_DATED)


def grows_over_time(name: str) -> bool:
    """Whether a longer period never has fewer."""
    return name in WHO or name == "both" or name.startswith(TABLES_OF_WHO)


class Attack:
    """All that a reader has, as one system of whole numbers.

    Args:
        readings: the documents.
        truth: the same documents with nothing withheld, or nothing where the files never changed. Only asked
            which places hold the same number in both states of the files.
        threshold: from how many persons a number is shown.
        rounding: to what the numbers are rounded.
        agreed: what everybody knows of the agreements.
    """

    def __init__(
        self,
        readings: Collection[Reading],
        *,
        threshold: int,
        rounding: int = 1,
        truth: Collection[Reading] = (),
        agreed: Collection[Agreed] = (),
    ) -> None:
        self.threshold, self.rounding, self.agreed = threshold, rounding, agreed
        self.moved = _moved(truth, agreed)
        self.told: dict[tuple[int, Place], Cell] = {}
        self.not_zero: set[tuple[int, Place]] = set()
        self.rows: list[tuple[tuple[int, Place], ...]] = []
        """The cells of a row that stands in a table because one of them is no zero."""
        self.given: set[tuple[int, Place]] = set()
        """Withheld in one document and told in another."""
        self.groups: dict[int, dict[tuple[frozenset[str], Span], set[str]]] = defaultdict(lambda: defaultdict(set))
        self.tables: dict[int, dict[tuple[frozenset[str], Span], set[str]]] = defaultdict(lambda: defaultdict(set))
        """The tables of which a row that is not there is a zero."""
        for reading in readings:
            self._take(reading)
        self.system = System()
        self.unknown: dict[tuple[int, Place], int] = {}

    def _take(self, reading: Reading) -> None:
        if "this report has no numbers" in reading.content.small_count_note:
            assert not reading.content.tables
            assert all(isinstance(one.value, Withheld) for one in reading.content.key_figures)
            return
        zeros = "zero would give" in reading.content.small_count_note
        for place, cell in read(reading, self.agreed):
            key = self._key(reading.edition, place)
            if isinstance(cell, Withheld) and not zeros:
                self.not_zero.add(key)
            known = self.told.setdefault(key, cell)
            if isinstance(known, Withheld) != isinstance(cell, Withheld):
                self.given.add(key)
            self.groups[reading.edition][place.agreements, place.span].add(place.name)
        self._take_rows(reading)

    def _take_rows(self, reading: Reading) -> None:
        """Which rows stand in its tables says something too."""
        tables, spans = {table.id: table for table in reading.content.tables}, spans_of(reading.content)
        whole = EVERYWHERE if "T4" in tables else frozenset()
        for span in spans:
            self.tables[reading.edition][reading.agreements, span] |= whole | tables.keys() - BY_PAYER.keys()
        for table in tables.values():
            if table.id in AS_THEY_COME:
                for label, *cells in table.rows[: len(table.rows) - table.has_total]:
                    if any(isinstance(cell, Withheld) for cell in cells):
                        name, whose = name_of(table.id, 0, str(label)), reading.agreements
                        if table.id in BY_PAYER:
                            name, whose = BY_PAYER[table.id], of_payer(str(label), whose, self.agreed)
                        self.rows.append(tuple(self._key(reading.edition, Place(whose, span, name)) for span in spans))

    def _key(self, edition: int, place: Place) -> tuple[int, Place]:
        return (edition if place in self.moved else 1), place

    def recovered(self) -> list[tuple[int, Place]]:
        """The withheld places of which only one value fits everything."""
        for edition in self.groups:
            self._reckon(edition)
        for row in self.rows:
            self.system.require({self._number(key): 1 for key in row}, 1, inf)
        wanted = {self._number(key): key for key, cell in self.told.items() if isinstance(cell, Withheld)}
        return [*self.given, *(wanted[place] for place in self.system.settled(wanted))]

    @property
    def withheld(self) -> int:
        return sum(isinstance(cell, Withheld) for cell in self.told.values())

    def _number(self, key: tuple[int, Place]) -> int:
        """The unknown for a place: what is told bounds it, and a row that is not there is a zero."""
        if key not in self.unknown:
            cell = self.told.get(key, 0)
            low, high = (int(key in self.not_zero), BEYOND) if isinstance(cell, Withheld) else self._range(int(cell))  # type: ignore[arg-type]
            self.unknown[key] = self.system.number(low, high)
        return self.unknown[key]

    def _range(self, told: int) -> tuple[int, int]:
        if self.rounding == 1 or not told:
            return told, told
        return max(told - self.rounding // 2, self.threshold), told + self.rounding // 2

    def _require(
        self, edition: int, total: Place, parts: Iterable[Place], *, least: float = 0, most: float = 0
    ) -> None:
        """Say how much the total is more than its parts together."""
        terms: dict[int, int] = defaultdict(int)
        for place, factor in ((total, 1), *((part, -1) for part in parts)):
            terms[self._number(self._key(edition, place))] += factor
        self.system.require(terms, least, most)

    def _reckon(self, edition: int) -> None:
        for (agreements, span), names in self.groups[edition].items():
            self._within(edition, agreements, span, names)
        self._over_time(edition)
        self._over_payers(edition)

    def _within(self, edition: int, agreements: frozenset[str], span: Span, names: set[str]) -> None:
        def at(name: str) -> Place:
            return place_of(agreements, span, name)

        for table_id, total in ROWS_AND_TOTAL.items():
            rows = [at(name) for name in names if name.startswith(f"{table_id} ") and name != total]
            if rows and total in names:
                self._require(edition, at(total), rows)
        if self._is_whole(edition, agreements, span):
            self._require(edition, at("trajectories"), (at("stock start"), at("inflow")))
            self._require(edition, at("trajectories"), (at("outflow"), at("stock end")))
            self._require(edition, at("stock end"), (at("no measurement"),), most=inf)
            self._require(edition, at("inflow"), (at("referred"), at("no referral")))
            early = [at(name) for name in names if name == "T12 M"]
            self._require(edition, at("dropout"), early)
        rows = [at(name) for name in names if name.startswith("T3 ")]
        if rows:
            self._at_least_one_of(edition, at("participants"), rows)
        other = [at(name) for name in names if name.startswith("D2 ")]
        if other:
            self._require(edition, at("participants"), other, most=inf)
            if "T10" in self.tables[edition][agreements, span]:
                self._at_least_one_of(edition, other[0], [at(name) for name in names if name.startswith("T10 ")])
        for parts, whole in AT_MOST:
            if whole in names and all(part in names for part in parts):
                self._require(edition, at(whole), [at(part) for part in parts], most=inf)
        self._row_by_row(edition, agreements, span, names)

    def _row_by_row(self, edition: int, agreements: frozenset[str], span: Span, names: set[str]) -> None:
        tables = self.tables[edition][agreements, span]
        for larger, smaller in ROW_BY_ROW:
            rows = [name.partition(" ")[2] for name in names if _family(name) in (larger, smaller)]
            for row in dict.fromkeys(rows) if {larger, smaller} <= tables else ():
                whole, part = (Place(agreements, span, f"{table} {row}") for table in (larger, smaller))
                self._require(edition, whole, (part,), most=inf)

    def _is_whole(self, edition: int, agreements: frozenset[str], span: Span) -> bool:
        """Whether a report with every usual table tells of these days, and not some numbers of it only."""
        return self.tables[edition][agreements, span] >= EVERYWHERE

    def _at_least_one_of(self, edition: int, total: Place, rows: list[Place]) -> None:
        """Say that whoever counts in the total stands in one row or more, and only they."""
        self._require(edition, total, rows, least=-inf)
        for row in rows:
            self._require(edition, total, (row,), most=inf)

    def _over_time(self, edition: int) -> None:
        """A period counts what its stretches count, however it is cut by the other periods."""
        spans: dict[tuple[frozenset[str], str], set[Span]] = defaultdict(set)
        names: dict[tuple[frozenset[str], str], set[str]] = defaultdict(set)
        for (agreements, span), found in self.groups[edition].items():
            for name in found:
                names[agreements, _family(name)].add(name)
                spans[agreements, _family(name)].add(span)
            for family in self.tables[edition][agreements, span]:  # a row that is not there is a zero
                spans[agreements, family].add(span)
        for (agreements, family), cut in spans.items():
            if len(cut) > 1:
                for name in names[agreements, family]:
                    if adds_over_time(name):
                        self._stretches(edition, agreements, name, cut)
                    if grows_over_time(name):
                        self._longer(edition, agreements, name, cut)

    def _stretches(self, edition: int, agreements: frozenset[str], name: str, spans: set[Span]) -> None:
        days = sorted({day for start, end in spans for day in (start, end + timedelta(days=1))})
        stretches = list(pairwise(days))
        parts = {stretch: self.system.number(0) for stretch in stretches}
        for start, end in spans:
            terms = {parts[one]: -1 for one in stretches if start <= one[0] and one[1] <= end + timedelta(days=1)}
            terms[self._number(self._key(edition, Place(agreements, (start, end), name)))] = 1
            self.system.require(terms, 0, 0)

    def _longer(self, edition: int, agreements: frozenset[str], name: str, spans: set[Span]) -> None:
        for span in spans:
            inside = [one for one in spans if one != span and span[0] <= one[0] and one[1] <= span[1]]
            for one in inside:
                self._require(edition, Place(agreements, span, name), (Place(agreements, one, name),), most=inf)
            if name == "both":
                continue
            for filling in _fillings(span, inside):
                parts = [Place(agreements, one, name) for one in filling]
                self._require(edition, Place(agreements, span, name), parts, least=-inf)

    def _over_payers(self, edition: int) -> None:
        groups = self.groups[edition]
        scopes = sorted({agreements for agreements, _span in groups}, key=sorted)
        for (whole, span), names in list(groups.items()):
            for parts in _divisions(whole, scopes):
                told = [(groups[part, span], self.tables[edition][part, span]) for part in parts]
                for name in names:
                    if all(name in told_names or _family(name) in tables for told_names, tables in told):
                        self._payers(edition, Place(whole, span, name), parts)

    def _payers(self, edition: int, total: Place, scopes: tuple[frozenset[str], ...]) -> None:
        parts = [total._replace(agreements=scope) for scope in scopes]
        people = total.name.startswith(PEOPLE) or total.name in (WHO | {"both"})
        if people and total.name not in ("trajectories",):
            if total.name != "both":
                self._require(edition, total, parts, least=-inf)
            for part in parts if total.name != LEFT else ():
                self._require(edition, total, (part,), most=inf)
        elif not total.name.startswith(("employed", "gone", "unknown", "came back")):
            self._require(edition, total, parts)


def _divisions(whole: frozenset[str], scopes: list[frozenset[str]]) -> Iterator[tuple[frozenset[str], ...]]:
    """The ways in which a report of several payers falls apart in others."""
    for size in range(2, len(whole) + 1):
        for parts in combinations(scopes, size):
            if sum(map(len, parts)) == len(whole) and frozenset[str]().union(*parts) == whole:
                yield parts


def _family(name: str) -> str:
    return name.partition(" ")[0] if name[0] in "TSD" else name


def _fillings(span: Span, inside: list[Span]) -> Iterator[list[Span]]:
    """Every row of shorter periods that fills a period from its first day to its last."""
    if span[0] > span[1]:
        yield []
    for one in inside:
        if one[0] == span[0]:
            for rest in _fillings((one[1] + timedelta(days=1), span[1]), inside):
                yield [one, *rest]


def _moved(truth: Collection[Reading], agreed: Collection[Agreed]) -> set[Place]:
    """The places that may hold another number after the files were corrected.

    A reader knows which tables were touched, and of a touched table not which of its rows.
    """
    editions: dict[int, dict[Place, Cell]] = defaultdict(dict)
    for reading in truth:
        editions[reading.edition].update(read(reading, agreed))
    first, second = editions[1], editions[2]
    places = first.keys() | second.keys()
    touched = {
        place._replace(name=_family(place.name)) for place in places if first.get(place, 0) != second.get(place, 0)
    }
    return {place for place in places if place._replace(name=_family(place.name)) in touched}
