import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine

from reporting.documents.book import Book, Sheet
from reporting.documents.content import Column, ContentError, ReportContent, Table
from reporting.documents.ods import render_ods, write_ods
from reporting.documents.wording import speaking, withheld_word
from tests.reporting.documents.samples import report, with_traps

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"


def parts(ods: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(ods)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def tree(content: ReportContent) -> ElementTree.Element:
    return ElementTree.fromstring(parts(render_ods(content))["content.xml"])


def of_strange_table(*cells: object) -> ElementTree.Element:
    columns = (Column("name", "Naam", "text"), *(Column(f"c{i}", "C", "text") for i in range(len(cells) - 1)))
    table = Table("T1", "Vreemd", "who", columns, (cells,), "")  # type: ignore[arg-type]
    sheet = tree(replace(report(), tables=(table,), charts=())).findall(f".//{TABLE}table")[-1]
    return sheet.findall(f".//{TABLE}table-row")[-1]


def test_it_is_known_for_what_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(render_ods(report()))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        listed = re.findall(r'full-path="([^"]+)"', archive.read("META-INF/manifest.xml").decode())
        assert set(listed) == {"/", "content.xml", "styles.xml", "meta.xml", "settings.xml"}


@pytest.mark.parametrize("content", [report(), report("en"), with_traps()], ids=["nl", "en", "traps"])
def test_every_part_is_well_formed(content: ReportContent) -> None:
    for name, text in parts(render_ods(content)).items():
        if name.endswith(".xml"):
            assert ElementTree.fromstring(text) is not None, name


def test_it_has_one_table_a_sheet_with_its_title_first_and_no_merged_cells_or_formulas() -> None:
    content = report()
    found = tree(content)
    names = [sheet.get(f"{TABLE}name") for sheet in found.iter(f"{TABLE}table")]
    assert names[4:] == [table.id for table in content.tables]
    for sheet in found.iter(f"{TABLE}table"):
        first = sheet.find(f"{TABLE}table-row/{TABLE}table-cell/{TEXT}p")
        assert first is not None
        assert first.text == "".join(sheet.find(f"{TABLE}title").itertext())  # type: ignore[union-attr]
    attributes = {name for element in tree(with_traps()).iter() for name in element.attrib}
    assert not attributes & {f"{TABLE}formula", f"{TABLE}number-columns-spanned", f"{TABLE}number-rows-spanned"}


def test_each_table_has_its_header_marked() -> None:
    found = tree(report())
    for sheet, table in zip(found.findall(f".//{TABLE}table")[4:], report().tables, strict=True):
        heads = sheet.findall(f"{TABLE}table-header-rows/{TABLE}table-row/{TABLE}table-cell")
        assert ["".join(head.itertext()) for head in heads] == [column.label for column in table.columns]
    ranges = [each.get(f"{TABLE}target-range-address") for each in found.iter(f"{TABLE}database-range")]
    assert ranges[2] == "'Kerncijfers'.A3:'Kerncijfers'.H8"
    assert ranges[3] == "'T1'.A3:'T1'.C8"


def test_contents_are_links_to_the_sheets() -> None:
    sheet = tree(report()).findall(f".//{TABLE}table")[1]
    links = [link.get("{http://www.w3.org/1999/xlink}href") for link in sheet.iter(f"{TEXT}a")]
    assert links == [
        f"#'{name}'.A1" for name in ("Omslag", "Inhoud", "Toelichting", "Kerncijfers", "T1", "T2", "T3", "T4")
    ]


def test_numbers_are_numbers_days_are_days_and_withheld_ones_a_word() -> None:
    sheet = tree(report()).findall(f".//{TABLE}table")[6]
    cells = sheet.findall(f".//{TABLE}table-row")[3].findall(f"{TABLE}table-cell")
    assert [cell.get(f"{OFFICE}value-type") for cell in cells] == [
        "string",
        "float",
        "percentage",
        "float",
        "float",
        "date",
    ]
    assert [cell.get(f"{OFFICE}value") for cell in cells] == [None, "13", "0.236", "120.5", "12.25", None]
    assert cells[5].get(f"{OFFICE}date-value") == "2021-12-03"
    with speaking(report()):
        word = withheld_word()
    last = sheet.findall(f".//{TABLE}table-row")[5].findall(f"{TABLE}table-cell")
    assert "".join(last[1].itertext()) == word
    assert [cell.get(f"{OFFICE}value-type") for cell in last] == ["string", "string", None, None, None, None]


def test_it_says_its_language_and_title() -> None:
    written = parts(render_ods(report()))
    assert f"{FO}language" not in written
    assert 'fo:language="nl" fo:country="NL"' in written["styles.xml"]
    assert "<dc:language>nl-NL</dc:language>" in written["meta.xml"]
    assert "<dc:title>Jaarrapport 2021, AE-teams</dc:title>" in written["meta.xml"]
    assert 'fo:language="en"' in parts(render_ods(report("en")))["styles.xml"]


def test_each_sheet_and_each_printed_page_names_the_report_and_its_check_number() -> None:
    check = report().content_hash
    short = f"{check[:4]} {check[4:8]} {check[8:12]}"
    for sheet in tree(report()).findall(f".//{TABLE}table")[1:]:
        second = "".join(sheet.findall(f"{TABLE}table-row")[1].itertext())
        assert "AMF-2022-001, versie 1" in second
        assert short in second
    assert short in parts(render_ods(report()))["styles.xml"]


def test_spaces_and_lines_survive_and_control_characters_do_not() -> None:
    name, cell = of_strange_table(" a  b ", "een\ntwee\x00\x0b")
    assert ElementTree.tostring(name, encoding="unicode").count(":s ") == 3
    assert [line.text for line in cell.iter(f"{TEXT}p")] == ["een", "twee"]


def test_a_day_before_spreadsheets_agree_stands_as_text() -> None:
    columns = (Column("name", "Naam", "text"), Column("on", "Dag", "date"))
    table = Table("T1", "Oud", "who", columns, (("a", date(1899, 1, 1)),), "")
    sheet = tree(replace(report(), tables=(table,), charts=())).findall(f".//{TABLE}table")[-1]
    cell = sheet.findall(f".//{TABLE}table-cell")[-1]
    assert (cell.get(f"{OFFICE}value-type"), "".join(cell.itertext())) == ("string", "1899-01-01")


def test_the_same_content_gives_the_same_bytes_at_another_time() -> None:
    first = render_ods(report())
    with time_machine.travel(date(2031, 5, 6)):
        assert render_ods(report()) == first


def test_more_rows_than_a_sheet_holds_are_refused_and_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.documents.book.MOST_ROWS", 10)
    sheet = Sheet("Lijst", "Lijst", "", (32,), ("text",), ("Naam",), (("x",) for _ in range(20)))
    book = Book("Lijst", "Draad", "", "nl", date(2026, 1, 1), "", "Pagina {page} van {pages}", "te weinig", (sheet,))
    with pytest.raises(ContentError, match="more rows than"):
        write_ods(book, io.BytesIO())
