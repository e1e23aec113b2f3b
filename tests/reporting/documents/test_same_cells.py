"""The workbooks and the CSV hold, cell by cell, what the JSON says. `run.py bench office` asks LibreOffice the same."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from reporting.documents.content import ReportContent
from reporting.documents.csvfiles import FORMULA_SIGNS
from reporting.documents.csvzip import render_csv_zip
from reporting.documents.jsonfile import render_json
from reporting.documents.ods import render_ods
from reporting.documents.xlsx import render_xlsx
from tests.reporting.documents.cells import differences, is_same, plain
from tests.reporting.documents.samples import long_report, report, reports, with_traps

WRITERS = [render_xlsx, render_ods]


def data_of(content: ReportContent) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render_json(content))
    return data


def sheets_of(workbook: bytes) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return [book.get_sheet_by_index(n).to_python(skip_empty_area=False) for n in range(len(book.sheet_names))]


@pytest.mark.parametrize("render", WRITERS)
@pytest.mark.parametrize(
    "content", [report(), report("en"), with_traps(), long_report()], ids=["nl", "en", "t", "long"]
)
def test_a_workbook_holds_what_the_json_says(render: Callable[[ReportContent], bytes], content: ReportContent) -> None:
    assert differences(data_of(content), sheets_of(render(content))) == []


@pytest.mark.parametrize("render", WRITERS)
@given(reports())
@settings(max_examples=15, deadline=None)
def test_any_workbook_holds_what_the_json_says(
    render: Callable[[ReportContent], bytes], content: ReportContent
) -> None:
    assert differences(data_of(content), sheets_of(render(content))) == []


def test_another_number_is_seen() -> None:
    data = data_of(report())
    data["tables"][0]["rows"][1]["cells"]["now"]["value"] = 12
    data["tables"][0]["rows"][0]["cells"]["now"] = {"value": 4}
    assert len(differences(data, sheets_of(render_ods(report())))) == 2


@given(reports())
@settings(max_examples=15, deadline=None)
def test_any_csv_holds_what_the_json_says(content: ReportContent) -> None:
    with zipfile.ZipFile(io.BytesIO(render_csv_zip(content))) as archive:
        for table in data_of(content)["tables"]:
            text = archive.read(f"{table['id']}.csv").decode()
            _head, *rows = csv.reader(io.StringIO(text, newline=""))
            for row, cells in zip(table["rows"], rows, strict=True):
                wanted = [row["name"], *(plain(row["cells"][each["id"]]) for each in table["columns"][1:])]
                assert all(is_same(one, _typed(cell, one)) for one, cell in zip(wanted, cells, strict=True))


def _typed(cell: str, wanted: object) -> str:
    """The cell without the apostrophe that keeps it from being a formula; one that was typed stays."""
    return cell[1:] if cell[:1] == "'" and str(wanted).startswith(FORMULA_SIGNS) else cell
