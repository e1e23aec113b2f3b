"""The content of a report: one frozen object that holds everything a document shows.

A report's figures are counted once and then written down here. The database keeps the JSON of this object; HTML, PDF,
XLSX and CSV are made from it and from nothing else, so they can only say the same. Nothing here knows the database.
"""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self, TypeAlias

from reporting.documents.freezing import decode, encode
from reporting.documents.tables import (
    LATER,
    WITHHELD,
    Cell,
    Chart,
    Column,
    ContentError,
    Kind,
    Table,
    Withheld,
    fits,
    refuse_double,
)

__all__ = [
    "ACCOUNTABILITY",
    "WITHHELD",
    "Cell",
    "Chapter",
    "Chart",
    "Column",
    "ContentError",
    "Definition",
    "KeyFigure",
    "Kind",
    "Part",
    "ReportContent",
    "Sentence",
    "Status",
    "Table",
    "Withheld",
    "from_data",
    "from_json",
    "hash_of",
    "sealed",
    "to_data",
    "to_json",
]

Status: TypeAlias = Literal["draft", "signed", "replaced"]

CONTENT_FORMAT = 1
"""Goes up when what an older release froze can no longer be read. A new field with a default does not count."""

ACCOUNTABILITY = "accountability"
"""The id of the chapter that closes every document. Tables (data quality, corrections) may name it as it is."""

_AFTERWARDS = ("status", "signed_by", "signed_on", "content_hash")
"""What is filled in after the figures were checked: left out of the hash, so that signing does not change it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence, set in bold or not."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Running text with emphasised parts: "In 2021 we guided **55 participants**."."""

    parts: tuple[Part, ...]

    @classmethod
    def of(cls, template: str, **values: object) -> Self:
        """Build from a (translated) template: `**` switches bold on and off, `%(name)s` takes a value.

        A value is never read as mark-up. A percent sign in a template is written `%%`, as gettext does.
        """
        pieces = template.split("**")
        if len(pieces) % 2 == 0:
            raise ContentError(f"a bold part is not closed: {template!r}")
        return cls(tuple(Part(piece % values, bool(i % 2)) for i, piece in enumerate(pieces) if piece))

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that stands large on the first page, with what it was before and what counts in it.

    `id` is the figure's id in the catalogue; `unit` the word for what is counted ("participants"); `previous` the same
    figure a year before, under `previous_label` ("in 2020"), None where there is none to compare; `target` is None
    where the agreement has none; `note` says "provisional" and the like; `n` is of how many a percentage is.
    """

    id: str
    label: str
    unit: str
    value: Cell
    previous: Cell
    previous_label: str
    target: Cell
    definition: str
    definition_version: str
    note: str = ""
    kind: Kind = "count"
    n: Cell = field(default=None, metadata={LATER: True})

    def __post_init__(self) -> None:
        if self.kind in ("text", "date") or not (fits(self.value, self.kind) and fits(self.previous, self.kind)):
            raise ContentError(f"the key figure {self.id} is no {self.kind}: {self.value!r}, before {self.previous!r}")
        if self.kind == "percent" and not isinstance(self.value, Withheld | None) and not _is_count(self.n):
            raise ContentError(f"the percentage {self.id} says of how many")
        if not fits(self.target, "decimal"):
            raise ContentError(f"the target of {self.id} is no number: {self.target!r}")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure counts: a sentence for the reader, the exact rule, the unit and the version of the rule."""

    figure_id: str
    label: str
    sentence: str
    rule: str
    unit: str
    version: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with running text; the charts and tables that name it follow."""

    id: str
    title: str
    paragraphs: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportContent:
    """One report, as it was on its reference date. Made once by the job, signed by the manager, read by the officer.

    `scope` is what it is about in one phrase ("AE-teams"); `summary_note` stands small under the key figures;
    `remarks` are what the organisation itself explains; `accountability` are sentences on how was counted, beside the
    fixed ones.
    """

    title: str
    provider: str
    payers: tuple[str, ...]
    scope: str
    period_start: date
    period_end: date
    reference_date: date
    number: str
    version: int
    status: Status
    definitions_version: str
    language: Literal["nl", "en"]
    programmes: tuple[str, ...] = ()
    signed_by: str = ""
    signed_on: date | None = None
    definitions_note: str = ""
    summary: tuple[Sentence, ...] = ()
    summary_note: str = ""
    key_figures: tuple[KeyFigure, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    definitions: tuple[Definition, ...] = ()
    remarks: tuple[str, ...] = ()
    small_count_note: str = ""
    accountability: tuple[Sentence, ...] = ()
    content_hash: str = ""

    def __post_init__(self) -> None:
        if self.period_end < self.period_start:
            raise ContentError("the period ends before it starts")
        refuse_double("key figure", (figure.id for figure in self.key_figures))
        refuse_double("chapter", (chapter.id for chapter in self.chapters))
        refuse_double("table", (table.id.lower() for table in self.tables))
        refuse_double("definition", (definition.figure_id for definition in self.definitions))
        known = {chapter.id for chapter in self.chapters} | {ACCOUNTABILITY}
        for table in self.tables:
            if table.chapter not in known:
                raise ContentError(f"{table.id} stands in a chapter that does not exist: {table.chapter!r}")
        for chart in self.charts:
            self._check_chart(chart)

    def _check_chart(self, chart: Chart) -> None:
        table = self.table(chart.table_id)
        if chart.labels and len(chart.labels) != len(table.rows) - table.has_total:
            raise ContentError(f"the chart of {table.id} has {len(chart.labels)} labels for its rows")
        for column_id in chart.series:
            if table.columns[table.column_at(column_id)].kind in ("text", "date"):
                raise ContentError(f"the chart of {table.id} draws numbers, and {column_id!r} holds none")

    def table(self, table_id: str) -> Table:
        """The table of that number; ContentError where there is none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise ContentError(f"there is no table {table_id!r}")

    def tables_of(self, chapter_id: str) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table.chapter == chapter_id)

    def charts_of(self, table_id: str) -> tuple[Chart, ...]:
        return tuple(chart for chart in self.charts if chart.table_id == table_id)


def _is_count(cell: Cell) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool)


def to_data(content: ReportContent) -> dict[str, Any]:
    """The content as plain dicts, lists and numbers, for a JSON column."""
    return {"format": CONTENT_FORMAT, **encode(content, ReportContent)}


def from_data(data: Any) -> ReportContent:
    """The content back from `to_data`; ContentError when it is not a report's content."""
    if not isinstance(data, dict) or data.get("format") != CONTENT_FORMAT:
        raise ContentError("this is not the content of a report, or a newer release froze it")
    content: ReportContent = decode({key: value for key, value in data.items() if key != "format"}, ReportContent)
    return content


def to_json(content: ReportContent) -> str:
    """Canonical JSON: the same content gives the same characters (sorted keys, no spaces, UTF-8 unescaped)."""
    return json.dumps(to_data(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> ReportContent:
    """The content back from `to_json`; ContentError when it is not a report's content."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ContentError(f"this is not JSON: {error}") from error
    return from_data(data)


def hash_of(content: ReportContent) -> str:
    """SHA-256 in hex of everything that is counted and said; signing or replacing a report does not change it."""
    data = {key: value for key, value in to_data(content).items() if key not in _AFTERWARDS}
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def sealed(content: ReportContent) -> ReportContent:
    """The same content, with its hash filled in."""
    return replace(content, content_hash=hash_of(content))
