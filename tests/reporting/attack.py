"""What a reader can work out from all reports together: reads them as they are published, and reckons.

It knows what anybody can know who reads the definitions: which rows add up to which totals, what follows from one
period to the next, that nobody is paid for twice only if it shows, and that a withheld number is not zero. Where the
files were corrected between two versions it even knows which numbers stayed the same, though not what they are.
It knows nothing of how the product decides, and recovers a number when only one value fits everything.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import inf
from typing import NamedTuple

from reporting.documents.content import Cell, ReportContent, Table, Withheld
from tests.reporting.solver import BEYOND, System

Span = tuple[date, date]


class Place(NamedTuple):
    """Of which payers, over which days, and which number: the name of a figure, or a table and its row."""

    agreements: frozenset[str]
    span: Span
    name: str


class Reading(NamedTuple):
    """One document as it is read: whose, of which state of the files, and what it says."""

    edition: int
    agreements: frozenset[str]
    content: ReportContent


ROWS_AND_TOTAL = {
    "T1": "participants", "T2": "participants", "T7": "T7 total", "T8": "T8 total", "T11": "outflow", "T12": "outflow",
    "T13": "participants",
}  # fmt: skip
NAMES: dict[str, tuple[str, ...]] = {
    "T4": ("stock start", "inflow", "outflow", "stock end"),
    "T6": ("referred", "", "outflow", "", "stock end", ""),
    "T14": ("employed 182", "gone 182", "unknown 182", "employed 365", "gone 365", "unknown 365"),
    "T15": ("relapses", "picked up 28", "picked up 84", "came back", "dropout"),
    "T16": ("T11 Not recorded", "T12 Not recorded", "no referral", "no ladder", "no measurement", "session open",
            "work without start", "no follow-up", "slot past end", "late entry"),
}  # fmt: skip
"""The rows of the tables whose rows are always the same, in order; a median has no name."""

SAME_ROW = {"T10 Paid work": "paid_work", "T10 Insight into the help question": "help_question_insight"}
DATED = frozenset(
    {"inflow", "outflow", "referred", "relapses", "picked up 28", "picked up 84", "came back", "dropout", "no referral",
     "session open", "work without start", "no follow-up", "slot past end", "late entry", "T7 total", "T8 total"}
)  # fmt: skip
WHO = frozenset({"participants", "trajectories", "paid_work", "help_question_insight"})
TABLES_OF_DATED, TABLES_OF_WHO = ("T7 ", "T8 ", "T9 ", "T11 ", "T12 "), ("T2 ", "T3 ", "T10 ")
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


def read(reading: Reading) -> Iterator[tuple[Place, Cell]]:
    """Every number that stands in a document, with its place; the same place may come several times."""
    content = reading.content
    now, before = _spans(content)
    for figure in content.key_figures:
        yield Place(reading.agreements, now, figure.id), figure.value
        yield Place(reading.agreements, before, figure.id), figure.previous
    note = content.summary_note.rpartition(": ")[2].rstrip(".")
    yield Place(reading.agreements, now, "both"), int(note) if note.isdigit() else Withheld.TOO_FEW
    for table in content.tables:
        if table.id == "T5":
            yield from _slices(reading.agreements, now, table)
        else:
            yield from _rows(reading.agreements, table, (now, before))


def _spans(content: ReportContent) -> tuple[Span, Span]:
    now = (content.period_start, min(content.period_end, content.reference_date))
    return now, (_year_earlier(now[0]), _year_earlier(content.period_end))


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _rows(agreements: frozenset[str], table: Table, spans: tuple[Span, Span]) -> Iterator[tuple[Place, Cell]]:
    for number, (label, *cells) in enumerate(table.rows):
        is_total = table.has_total and number == len(table.rows) - 1
        for span, cell in zip(spans, cells, strict=True):
            name = ROWS_AND_TOTAL[table.id] if is_total else _name(table.id, number, str(label))
            if name:
                yield _place(agreements, span, name), cell


def _name(table_id: str, number: int, label: str) -> str:
    if table_id in NAMES:
        return NAMES[table_id][number]
    return SAME_ROW.get(f"{table_id} {label}", f"{table_id} {label}")


def _place(agreements: frozenset[str], span: Span, name: str) -> Place:
    """What runs at the end of a day runs when the next one begins."""
    if name in ("stock start", "stock end"):
        day = span[0] if name == "stock start" else span[1] + timedelta(days=1)
        return Place(agreements, (day, day), "stock")
    return Place(agreements, span, name)


def _slices(agreements: frozenset[str], span: Span, table: Table) -> Iterator[tuple[Place, Cell]]:
    """What started and ended in the months of a quarter, or the quarters of a longer period."""
    rows = table.rows[:-1]
    step = 1 if (span[1] - span[0]).days < 100 else 3
    start = span[0]
    for _label, started, ended in rows:
        after = _first_of_month(start, step)
        inside = (start, after - timedelta(days=1))
        yield Place(agreements, inside, "inflow"), started
        yield Place(agreements, inside, "outflow"), ended
        start = after


def _first_of_month(day: date, step: int) -> date:
    month = (day.month - 1) // step * step + step
    return date(day.year + month // 12, month % 12 + 1, 1)


class Attack:
    """All that a reader has, as one system of whole numbers.

    Args:
        readings: the documents.
        truth: the same documents with nothing withheld, or nothing where the files never changed. Only asked
            which places hold the same number in both states of the files.
        threshold: from how many persons a number is shown.
        rounding: to what the numbers are rounded.
    """

    def __init__(
        self,
        readings: Collection[Reading],
        *,
        threshold: int,
        rounding: int = 1,
        truth: Collection[Reading] = (),
    ) -> None:
        self.threshold, self.rounding = threshold, rounding
        self.moved = _moved(truth)
        self.told: dict[tuple[int, Place], Cell] = {}
        self.not_zero: set[tuple[int, Place]] = set()
        self.rows: list[tuple[tuple[int, Place], ...]] = []
        """The cells of a row that stands in a table because one of them is no zero."""
        self.given: set[tuple[int, Place]] = set()
        """Withheld in one document and told in another."""
        self.groups: dict[int, dict[tuple[frozenset[str], Span], set[str]]] = defaultdict(lambda: defaultdict(set))
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
        for place, cell in read(reading):
            key = self._key(reading.edition, place)
            if isinstance(cell, Withheld) and not zeros:
                self.not_zero.add(key)
            known = self.told.setdefault(key, cell)
            if isinstance(known, Withheld) != isinstance(cell, Withheld):
                self.given.add(key)
            self.groups[reading.edition][place.agreements, place.span].add(place.name)

        for table in reading.content.tables:
            if table.id in ("T2", "T3", "T7", "T8", "T10", "T11", "T12"):
                for label, *cells in table.rows[: len(table.rows) - table.has_total]:
                    if any(isinstance(cell, Withheld) for cell in cells):
                        name = _name(table.id, 0, str(label))
                        places = (Place(reading.agreements, span, name) for span in _spans(reading.content))
                        self.rows.append(tuple(self._key(reading.edition, place) for place in places))

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
            return _place(agreements, span, name)

        for table_id, total in ROWS_AND_TOTAL.items():
            rows = [at(name) for name in names if name.startswith(f"{table_id} ") and name != total]
            if rows and total in names:
                self._require(edition, at(total), rows)
        if "trajectories" in names and "inflow" in names:
            self._require(edition, at("trajectories"), (at("stock start"), at("inflow")))
            self._require(edition, at("trajectories"), (at("outflow"), at("stock end")))
            self._require(edition, at("stock end"), (at("no measurement"),), most=inf)
            self._require(edition, at("inflow"), (at("referred"), at("no referral")))
            early = [at(name) for name in names if name == "T12 M"]
            self._require(edition, at("dropout"), early)
        rows = [at(name) for name in names if name.startswith("T3 ")]
        if rows:
            self._require(edition, at("participants"), rows, least=-inf)
            for row in rows:
                self._require(edition, at("participants"), (row,), most=inf)
        for parts, whole in AT_MOST:
            if whole in names and all(part in names for part in parts):
                self._require(edition, at(whole), [at(part) for part in parts], most=inf)

    def _over_time(self, edition: int) -> None:
        """A period counts what its stretches count, however it is cut by the other periods."""
        spans: dict[tuple[frozenset[str], str], set[Span]] = defaultdict(set)
        names: dict[tuple[frozenset[str], str], set[str]] = defaultdict(set)
        for (agreements, span), found in self.groups[edition].items():
            for name in found:
                names[agreements, _family(name)].add(name)
                spans[agreements, _family(name)].add(span)
            if "trajectories" in found:  # a whole report: a table that is not there holds zeros
                for family in ("T2", "T3", "T7", "T8", "T9", "T10", "T11", "T12"):
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
                told = [groups[part, span] for part in parts if (part, span) in groups]
                for name in names if len(told) == len(parts) else ():
                    if all(_is_told(one, name) for one in told):
                        self._payers(edition, Place(whole, span, name), parts)

    def _payers(self, edition: int, total: Place, scopes: tuple[frozenset[str], ...]) -> None:
        parts = [total._replace(agreements=scope) for scope in scopes]
        people = total.name.startswith(("T1 ", "T2 ", "T3 ", "T10 ", "T13 ")) or total.name in (WHO | {"both"})
        if people and total.name not in ("trajectories",):
            if total.name != "both":
                self._require(edition, total, parts, least=-inf)
            for part in parts:
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
    return name.partition(" ")[0] if name[0] == "T" else name


def _is_told(names: set[str], name: str) -> bool:
    """Whether a report tells of a number: itself, or because a row that is not there is a zero."""
    return name in names or "trajectories" in names


def _fillings(span: Span, inside: list[Span]) -> Iterator[list[Span]]:
    """Every row of shorter periods that fills a period from its first day to its last."""
    if span[0] > span[1]:
        yield []
    for one in inside:
        if one[0] == span[0]:
            for rest in _fillings((one[1] + timedelta(days=1), span[1]), inside):
                yield [one, *rest]


def _moved(truth: Collection[Reading]) -> set[Place]:
    """The places that may hold another number after the files were corrected.

    A reader knows which tables were touched, and of a touched table not which of its rows.
    """
    editions: dict[int, dict[Place, Cell]] = defaultdict(dict)
    for reading in truth:
        editions[reading.edition].update(read(reading))
    first, second = editions[1], editions[2]
    places = first.keys() | second.keys()
    touched = {
        place._replace(name=_family(place.name)) for place in places if first.get(place, 0) != second.get(place, 0)
    }
    return {place for place in places if place._replace(name=_family(place.name)) in touched}
