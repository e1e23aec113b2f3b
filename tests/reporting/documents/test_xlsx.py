import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from reporting.documents.book import LONGEST_TEXT, clean, unique_names
from reporting.documents.content import Cell, Column, ReportContent, Table, Withheld
from reporting.documents.wording import speaking, withheld_word
from reporting.documents.xlsx import render_xlsx
from tests.reporting.documents.samples import TRAPS, report, reports, with_traps

FIRST_ROW = 3


def opened(content: ReportContent) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx(content)))


def sheet(content: ReportContent, number: int) -> list[list[Any]]:
    # Empty rows and columns at the edge would otherwise shift what is compared.
    return opened(content).get_sheet_by_index(number).to_python(skip_empty_area=False)


def parts(xlsx: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def as_read(cell: Cell) -> Any:
    if isinstance(cell, Withheld):
        return withheld_word()
    return "" if cell is None else cell


def assert_equal_cells(read: list[list[Any]], table: Table) -> None:
    assert read[2] == [column.label for column in table.columns]
    assert len(read) == FIRST_ROW + len(table.rows)
    for cells, row in zip(read[FIRST_ROW:], table.rows, strict=True):
        assert cells == [as_read(cell) for cell in row]


def test_each_cell_of_each_table_is_read_back_as_it_was() -> None:
    content = report()
    with speaking(content):
        for number, table in enumerate(content.tables, 4):
            assert_equal_cells(sheet(content, number), table)


def test_it_has_cover_contents_notes_key_figures_and_then_one_table_a_sheet() -> None:
    content = report()
    book = opened(content)
    assert book.sheet_names[4:] == [table.id for table in content.tables]
    listed = [row[0] for row in sheet(content, 1)[3:]]
    assert listed == book.sheet_names
    titles = [sheet(content, number)[0][0] for number in range(len(book.sheet_names))]
    assert titles[0] == content.title
    assert all(titles)


def test_the_cover_names_the_report() -> None:
    said = {row[0]: row[1] for row in sheet(report(), 0)}
    assert report().content_hash in said.values()
    assert any("AMF-2022-001" in str(value) for value in said.values())
    assert "Amersfoort" in str(said.values())


def test_key_figures_are_numbers_and_withheld_ones_a_word() -> None:
    rows = {row[0]: row for row in sheet(report(), 3)[3:]}
    assert rows["Deelnemers"][2:6] == [55, "in 2020", 51, 60]
    with speaking(report()):
        assert rows["Werk en inzicht"][2] == withheld_word()
        assert rows["Naar betaald werk"][4] == withheld_word()
    assert rows["Inzicht in de hulpvraag"][2:6] == [21, "", "", ""]


def test_the_notes_give_every_definition_and_what_the_organisation_explains() -> None:
    cells = [cell for row in sheet(report(), 2) for cell in row]
    for definition in report().definitions:
        assert {definition.label, definition.sentence, definition.rule} <= set(cells)
    assert report().remarks[0] in cells
    assert report().small_count_note in cells


def test_what_was_typed_stays_text() -> None:
    content = with_traps()
    written = parts(render_xlsx(content))
    sheets = [text for name, text in written.items() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any("<f>" in text or "<mergeCell" in text for text in sheets)
    assert not any("hyperlink" in text for name, text in written.items() if name.endswith(".rels"))
    names = [row[0] for row in sheet(content, 4)[FIRST_ROW:]]
    assert names == [clean(trap) for trap in TRAPS if trap.strip()]


def test_each_sheet_and_each_printed_page_names_the_report_and_its_check_number() -> None:
    check = report().content_hash
    short = f"{check[:4]} {check[4:8]} {check[8:12]}"
    for number in range(1, len(opened(report()).sheet_names)):
        assert short in sheet(report(), number)[1][0]
        assert "AMF-2022-001, versie 1" in sheet(report(), number)[1][0]
    written = parts(render_xlsx(report()))
    sheets = [text for name, text in written.items() if name.startswith("xl/worksheets/sheet")]
    assert all(f"{short}&amp;RPagina &amp;P van &amp;N</oddFooter>" in text for text in sheets)


def test_contents_are_links_to_the_sheets() -> None:
    text = parts(render_xlsx(report()))["xl/worksheets/sheet2.xml"]
    names = ["Omslag", "Inhoud", "Toelichting", "Kerncijfers", "T1", "T2", "T3", "T4"]
    assert re.findall(r'location="([^"]+)"', text) == [f"'{name}'!A1" for name in names]


def test_each_table_is_marked_as_one() -> None:
    written = parts(render_xlsx(report()))
    marked = [text for name, text in sorted(written.items()) if name.startswith("xl/tables/")]
    assert [re.search(r' ref="([^"]+)"', text)[1] for text in marked] == [  # type: ignore[index]
        *("A3:B11", "A14:E16", "A3:H8", "A3:C8", "A3:C15", "A3:F6", "A3:C4"),
    ]
    for text, table in zip(marked[3:], report().tables, strict=True):
        assert re.findall(r'<tableColumn id="\d+" name="([^"]+)"', text) == [column.label for column in table.columns]
        assert "<calculatedColumnFormula" not in text


def test_labels_that_a_marked_table_cannot_have_leave_it_unmarked() -> None:
    columns = (Column("a", "Naam", "text"), Column("b", "naam", "count"))
    table = Table("T1", "Dubbel", "who", columns, (("rij", 5),), "")
    written = parts(render_xlsx(replace(report(), tables=(table,), charts=())))
    assert len([name for name in written if name.startswith("xl/tables/")]) == 3


def test_a_text_too_long_for_a_cell_is_cut_where_one_sees_it() -> None:
    long = "x" * 40_000
    table = Table("T1", "Lang", "who", (Column("a", "A", "text"),), ((long,),), "")
    content = replace(report(), tables=(table,), charts=(), remarks=(long,))
    assert sheet(content, 4)[FIRST_ROW][0] == "x" * LONGEST_TEXT + "…"
    notes = "".join(str(row[0]) for row in sheet(content, 2))
    assert long in notes


def test_dates_look_like_dates_and_shares_like_percentages() -> None:
    styles = parts(render_xlsx(report()))["xl/styles.xml"]
    assert 'formatCode="yyyy-mm-dd"' in styles
    assert sheet(report(), 6)[FIRST_ROW][5] == date(2021, 12, 3)


@given(reports())
@settings(max_examples=20, deadline=None)
def test_any_report_becomes_a_workbook(content: ReportContent) -> None:
    book = opened(content)
    assert book.sheet_names[4:] == [table.id for table in content.tables]


def test_the_same_content_gives_the_same_bytes_at_another_time() -> None:
    first = render_xlsx(report())
    with time_machine.travel(date(2031, 5, 6)):
        assert render_xlsx(report()) == first


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (["A", "a", "A"], ["A", "a 2", "A 3"]),
        (["Leeftijd: [x]/y?*\\"], ["Leeftijd   x  y"]),
        (["'quoted'", ""], ["quoted", "-"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " 2"]),
        (["History"], ["History 2"]),
    ],
)
def test_sheet_names_are_valid_and_unique(wanted: list[str], given: list[str]) -> None:
    assert unique_names(wanted) == given
