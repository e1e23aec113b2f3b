"""What stands in a document, number by number: of which payers, over which days, and which number."""

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import translation

from reporting.composing.demanded import pairs
from reporting.documents.content import Cell, ReportContent, Table, Withheld
from reporting.figures import CATALOGUE

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


class Agreed(NamedTuple):
    """One agreement as everybody knows it: its code, who pays, its id, and its first and last day."""

    code: str
    payer: str
    key: str
    starts_on: date
    ends_on: date | None


TARGETS, CORRECTIONS = "T17", "C1"
SPLITS = {f"S{number}": pair for number, pair in enumerate(pairs(), start=1)}
"""Which table splits out which figure, and by what."""

BY_PAYER = {"D9": "participants"} | {table: of for table, (of, by) in SPLITS.items() if by == "municipality"}
"""Tables whose rows are the numbers of one payer."""

ROWS_AND_TOTAL = {
    "T1": "participants", "T2": "participants", "T7": "T7 total", "T8": "T8 total", "T11": "outflow", "T12": "outflow",
    "T13": "participants", "D1": "participants",
    **{table: of for table, (of, by) in SPLITS.items() if by != "municipality"},
}  # fmt: skip
OWN_TOTAL = {**ROWS_AND_TOTAL, **BY_PAYER}
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


def read(reading: Reading, agreed: Collection[Agreed]) -> Iterator[tuple[Place, Cell]]:
    """Every number that stands in a document, with its place; the same place may come several times."""
    content = reading.content
    now, before = spans_of(content)
    for figure in content.key_figures:
        assert figure.kind != "percent", "a rate is a number too: say here what it tells"
        yield Place(reading.agreements, now, figure.id), figure.value
        yield Place(reading.agreements, before, figure.id), figure.previous
    note = content.summary_note.rpartition(": ")[2].rstrip(".")
    yield Place(reading.agreements, now, "both"), int(note) if note.isdigit() else Withheld.TOO_FEW
    for table in content.tables:
        assert all(column.kind in ("text", "count", "decimal") for column in table.columns), table.id
        if table.id == "T5":
            yield from _slices(reading.agreements, now, table)
        elif table.id == TARGETS:
            yield from _reached(table, now, agreed)
        elif table.id == CORRECTIONS:
            yield from _corrected(reading.agreements, table, content, agreed)
        else:
            yield from _rows(reading.agreements, table, (now, before), agreed)


def _reached(table: Table, now: Span, agreed: Collection[Agreed]) -> Iterator[tuple[Place, Cell]]:
    """What was reached of what was agreed: over the whole agreement, as far as it went."""
    of_label = {f"{one.code}, {one.payer}": one for one in agreed}
    with translation.override(None):
        figures = {str(definition.label): figure_id for figure_id, definition in CATALOGUE.items()}
    for label, figure, reached, _expected, _target in table.rows:
        one = of_label[str(label)]
        span = one.starts_on, min(one.ends_on or now[1], now[1])
        yield place_of(frozenset({one.key}), span, figures[str(figure)]), reached


def _corrected(
    agreements: frozenset[str], table: Table, content: ReportContent, agreed: Collection[Agreed]
) -> Iterator[tuple[Place, Cell]]:
    """What changed over the days of an earlier report, whose first and last day stand in the title."""
    first, last = (date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", table.title))
    large = {figure.label: figure.id for figure in content.key_figures} | {"Both paid work and insight": "both"}
    for name, _signed, now in table.rows:
        if name in large:
            yield Place(agreements, (first, last), large[str(name)]), now
        for other in content.tables:
            title, _mark, row = str(name).partition(": ")
            if title.startswith(other.title):
                yield from ((place, now) for place in _changed(agreements, (first, last), other, title, row, agreed))


def _changed(
    agreements: frozenset[str], span: Span, table: Table, title: str, row: str, agreed: Collection[Agreed]
) -> Iterator[Place]:
    labels = [str(label) for label, *_cells in table.rows]
    if table.id == "T5" and row in labels[:-1]:
        name = "inflow" if title.endswith("Started") else "outflow"
        inside = [place.span for place, _cell in _slices(agreements, span, table) if place.name == name]
        yield Place(agreements, inside[labels.index(row)], name)
    elif title == table.title and row == "Total":
        yield Place(agreements, span, OWN_TOTAL[table.id])
    elif title == table.title and table.id in BY_PAYER:
        yield Place(of_payer(row, agreements, agreed), span, BY_PAYER[table.id])
    elif title == table.title and (row in labels or table.id not in NAMES):
        yield place_of(agreements, span, name_of(table.id, labels.index(row) if row in labels else 0, row))


def spans_of(content: ReportContent) -> tuple[Span, Span]:
    now = (content.period_start, min(content.period_end, content.reference_date))
    return now, (_year_earlier(now[0]), _year_earlier(content.period_end))


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _rows(
    agreements: frozenset[str], table: Table, spans: tuple[Span, Span], agreed: Collection[Agreed]
) -> Iterator[tuple[Place, Cell]]:
    for number, (label, *cells) in enumerate(table.rows):
        is_total = table.has_total and number == len(table.rows) - 1
        whose, name = agreements, OWN_TOTAL[table.id] if is_total else name_of(table.id, number, str(label))
        if table.id in BY_PAYER and not is_total:
            whose, name = of_payer(str(label), agreements, agreed), BY_PAYER[table.id]
        for span, cell in zip(spans, cells, strict=True):
            if name:
                yield place_of(whose, span, name), cell


def of_payer(name: str, agreements: frozenset[str], agreed: Collection[Agreed]) -> frozenset[str]:
    """Those of the agreements that one payer pays."""
    return frozenset(one.key for one in agreed if one.payer == name and one.key in agreements)


def name_of(table_id: str, number: int, label: str) -> str:
    if table_id in NAMES:
        return NAMES[table_id][number]
    return SAME_ROW.get(f"{table_id} {label}", f"{table_id} {label}")


def place_of(agreements: frozenset[str], span: Span, name: str) -> Place:
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
