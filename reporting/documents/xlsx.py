"""The report as a workbook to calculate with: cover, contents, notes, key figures, and one table a sheet.

Each sheet has its title in A1, its header in one row, no merged cells and no formulas. A withheld count is a word, an
empty cell means that a number does not apply. Written in constant memory.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reporting.documents import wording
from reporting.documents.content import Cell, Kind, ReportContent, Table, Withheld
from reporting.documents.layout import counts_text, table_caption

LONGEST_TEXT = 32_000
"""Characters in one cell; the format allows 767 more."""

_FORMATS: dict[str, dict[str, Any]] = {
    "text": {},
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "word": {"align": "right", "font_color": "#5D564B"},
    "count": {"num_format": "#,##0"},
    "days": {"num_format": "#,##0.0"},
    "decimal": {"num_format": "#,##0.0"},
    "percent": {"num_format": "0%"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
}


def render_xlsx(content: ReportContent) -> bytes:
    """The workbook of a report. The same content gives the same bytes."""
    stream = BytesIO()
    with wording.speaking(content):
        _Book(content, stream).write()
    return stream.getvalue()


class _Book:
    """One workbook while it is written: its formats, and the sheet names in use."""

    def __init__(self, content: ReportContent, stream: BytesIO) -> None:
        self.content = content
        self.workbook: Workbook = xlsxwriter.Workbook(
            stream,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        made = content.signed_on or content.reference_date
        self.workbook.set_properties(
            {
                "title": f"{content.title}, {content.scope}"[:250],
                "author": content.provider[:250],
                "subject": wording.number_text(content)[:250],
                "created": datetime(made.year, made.month, made.day, tzinfo=UTC),
            }
        )
        self.formats: dict[str, Format] = {name: self.workbook.add_format(spec) for name, spec in _FORMATS.items()}
        words = (_("Cover"), _("Contents"), _("Explanation"), _("Key figures"))
        self.names = unique_names([*words, *(table.id for table in content.tables)])

    def write(self) -> None:
        self._cover(self.names[0])
        self._contents(self.names[1])
        self._notes(self.names[2])
        self._key_figures(self.names[3])
        for name, table in zip(self.names[4:], self.content.tables, strict=True):
            self._table(name, table)
        self.workbook.close()

    def _cover(self, name: str) -> None:
        sheet = self._sheet(name, self.content.title, (28, 80))
        self._texts(sheet, 1, [wording.lead_text(self.content)])
        facts = [*wording.facts(self.content), (_("Check number"), self.content.content_hash)]
        for row, fact in enumerate(facts, 3):
            self._texts(sheet, row, fact)

    def _contents(self, name: str) -> None:
        sheet = self._sheet(name, _("Contents"), (16, 90))
        self._texts(sheet, 1, [_("Sheet"), _("What is in it")], "head")
        tables = [table_caption(table) for table in self.content.tables]
        subjects = [_("About this report"), _("Contents"), _("Explanation and definitions"), _("Key figures"), *tables]
        for row, (sheet_name, subject) in enumerate(zip(self.names, subjects, strict=True), 2):
            sheet.write_url(row, 0, f"internal:'{sheet_name}'!A1", string=sheet_name)
            self._text(sheet, row, 1, subject, "wrapped")

    def _notes(self, name: str) -> None:
        content = self.content
        sheet = self._sheet(name, _("Explanation"), (32, 60, 60, 16, 12))
        row = 1
        for text in self._conventions():
            for piece in _pieces(text):
                self._texts(sheet, row, [piece])
                row += 1
        heads = [_("Figure"), _("What counts?"), _("Rule"), _("What is counted"), _("Version")]
        self._texts(sheet, row + 1, heads, "head")
        for below, definition in enumerate(content.definitions, row + 2):
            parts = (definition.label, definition.sentence, definition.rule, definition.unit, definition.version)
            self._texts(sheet, below, parts, "wrapped")

    def _conventions(self) -> list[str]:
        content = self.content
        said = [sentence.text for sentence in (*content.summary, *content.accountability)]
        chapters = [paragraph.text for chapter in content.chapters for paragraph in chapter.paragraphs]
        fixed = [
            _("A cell with “%(word)s” is withheld: it is about too few people.") % {"word": wording.withheld_word()},
            _("An empty cell means that the number does not apply."),
            _("Percentages are shares: 0.5 shows as 50%%.") % {},
            content.small_count_note,
            content.summary_note,
        ]
        return [text for text in (*said, *chapters, *fixed, *content.remarks) if text]

    def _key_figures(self, name: str) -> None:
        sheet = self._sheet(name, _("Key figures"), (36, 16, 14, 22, 14, 14, 24, 80))
        heads = (_("Figure"), _("What is counted"), _("Value"), _("Compared with"), _("Value then"), _("Target"))
        self._texts(sheet, 1, [*heads, _("Remark"), _("What counts?")], "head")
        for row, figure in enumerate(self.content.key_figures, 2):
            cells: list[tuple[Cell, Kind]] = [
                (figure.label, "text"),
                (figure.unit, "text"),
                (figure.value, figure.kind),
                (figure.previous_label if figure.previous is not None else None, "text"),
                (figure.previous, figure.kind),
                (figure.target, "decimal"),
                (figure.note or None, "text"),
                (figure.definition, "text"),
            ]
            for column, (cell, kind) in enumerate(cells):
                self._cell(sheet, row, column, cell, kind)

    def _table(self, name: str, table: Table) -> None:
        widths = [max(14, min(48, len(column.label) + 2)) for column in table.columns]
        sheet = self._sheet(name, table_caption(table), (max(32, widths[0]), *widths[1:]))
        self._texts(sheet, 1, [" ".join(part for part in (counts_text(table, self.content), table.note) if part)])
        self._texts(sheet, 2, [column.label for column in table.columns], "head")
        sheet.freeze_panes(3, 1)
        for row, cells in enumerate(table.rows, 3):
            for position, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
                self._cell(sheet, row, position, cell, column.kind)

    def _sheet(self, name: str, title: str, widths: tuple[int, ...]) -> Worksheet:
        sheet: Worksheet = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self._text(sheet, 0, 0, title, "title")
        return sheet

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, kind: Kind) -> None:
        if isinstance(cell, Withheld):
            sheet.write_string(row, column, wording.withheld_word(), self.formats["word"])
        elif isinstance(cell, str):
            self._text(sheet, row, column, cell)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, datetime.combine(cell, time()), self.formats["date"])
        elif cell is not None:
            kind = "count" if kind in ("decimal", "days") and float(cell).is_integer() else kind
            sheet.write_number(row, column, cell, self.formats[kind])

    def _texts(self, sheet: Worksheet, row: int, texts: Iterable[str], style: str = "text") -> None:
        for column, text in enumerate(texts):
            self._text(sheet, row, column, text, style)

    def _text(self, sheet: Worksheet, row: int, column: int, text: str, style: str = "text") -> None:
        # write_string, never write: what a person typed stays text, also when it starts with = or http.
        short = text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"
        sheet.write_string(row, column, short, self.formats[style])


def unique_names(wanted: list[str]) -> list[str]:
    """Names that a workbook accepts: at most 31 characters, none of []:*?/\\, no quote at an end, no two alike."""
    names: list[str] = []
    for name in wanted:
        plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in name).strip(" '")[:31] or "-"
        unique, serial = plain, 2
        while unique.lower() in {each.lower() for each in (*names, "history")}:
            unique, serial = f"{plain[:27]} {serial}", serial + 1
        names.append(unique)
    return names


def _pieces(text: str) -> list[str]:
    """A long text in cells that are not too long, one below the other."""
    return [text[start : start + LONGEST_TEXT] for start in range(0, len(text), LONGEST_TEXT)]
