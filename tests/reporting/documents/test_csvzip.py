import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings

from reporting.documents.content import WITHHELD, Cell, ReportContent
from reporting.documents.csvzip import FORMULA_SIGNS, plain_cell, render_csv_zip
from reporting.documents.wording import speaking, withheld_word
from tests.reporting.documents.samples import TRAPS, report, reports, with_traps


def files(content: ReportContent) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(render_csv_zip(content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def manifest(content: ReportContent) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(content)["manifest.json"])
    return found


def test_each_table_is_a_csv_with_the_same_cells() -> None:
    content = report()
    written = files(content)
    with speaking(content):
        for table in content.tables:
            head, *body = rows(written[f"{table.id}.csv"])
            assert head == [column.id for column in table.columns]
            assert body == [[plain_cell(cell) for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (1234567, "1234567"),
        (-3, "-3"),
        (0, "0"),
        (0.236, "0.236"),
        (1e-7, "0.0000001"),
        (1e22, "10000000000000000000000"),
        (date(2021, 12, 3), "2021-12-03"),
        (None, ""),
        ("gewoon", "gewoon"),
        ("=1+1", "'=1+1"),
        ("-5 punten", "'-5 punten"),
        ("\tx", "'\tx"),
    ],
)
def test_a_cell_is_written_for_machines(cell: Cell, written: str) -> None:
    assert plain_cell(cell) == written


def test_a_withheld_cell_is_the_word_that_the_manifest_names() -> None:
    word = manifest(report())["withheld"]
    with speaking(report()):
        assert word == withheld_word() == plain_cell(WITHHELD)
    assert rows(files(report())["T1.csv"])[1] == ["Jonger dan 27", word, "5"]


def test_the_manifest_names_the_report_and_checks_every_file() -> None:
    content, written = report(), files(report())
    said = manifest(content)
    assert (said["number"], said["version"], said["definitions_version"]) == ("AMF-2022-001", 1, "1")
    assert said["period"] == {"first_day": "2021-01-01", "last_day": "2021-12-31"}
    assert (said["reference_date"], said["content_sha256"]) == ("2022-01-31", content.content_hash)
    assert {each["name"] for each in said["files"]} == set(written) - {"manifest.json"}
    for each in said["files"]:
        data = written[each["name"]]
        assert each["sha256"] == hashlib.sha256(data).hexdigest()
        assert each["rows"] == len(rows(data)) - 1
        assert each["bytes"] == len(data)


def test_key_figures_are_a_file_too() -> None:
    _, *body = rows(files(report())["key_figures.csv"])
    with speaking(report()):
        word = withheld_word()
    assert body[0] == ["participants", "Deelnemers", "personen", "55", "in 2020", "51", "60", "", "1"]
    assert body[2][3:7] == ["13", "in 2020", word, "15"]
    assert body[3][3:7] == ["21", "", "", ""]
    assert body[4][3] == word


def test_the_dictionary_describes_each_column_and_the_apostrophe() -> None:
    written = files(report())
    _, *described = rows(written["data_dictionary.csv"])
    for name, data in written.items():
        if name in ("manifest.json", "data_dictionary.csv"):
            continue
        assert [row[1] for row in described if row[0] == name] == rows(data)[0]
    conventions = " ".join(row[5] for row in described if row[0] == "*.csv")
    assert all(sign in conventions for sign in "=+-@'")


def test_no_cell_of_text_can_be_run_as_a_formula() -> None:
    for name, data in files(with_traps()).items():
        if name.endswith(".csv"):
            cells = [cell for row in rows(data) for cell in row if not re.fullmatch(r"-[\d.]+", cell)]
            assert not any(cell.startswith(FORMULA_SIGNS) for cell in cells)
    names = [row[0] for row in rows(files(with_traps())["T1.csv"])[1:]]
    assert names == [f"'{trap}" if trap.startswith(FORMULA_SIGNS) else trap for trap in TRAPS if trap.strip()]


@given(reports())
@settings(max_examples=30, deadline=None)
def test_any_report_becomes_csv_with_all_its_rows(content: ReportContent) -> None:
    written = files(content)
    for table in content.tables:
        assert len(rows(written[f"{table.id}.csv"])) == len(table.rows) + 1


def test_the_same_content_gives_the_same_bytes_at_another_time() -> None:
    first = render_csv_zip(report())
    with time_machine.travel(date(2031, 5, 6)):
        assert render_csv_zip(report()) == first


def test_an_unsigned_report_says_so() -> None:
    said = manifest(replace(report(), status="draft", signed_by="", signed_on=None))
    assert (said["status"], said["signed_on"]) == ("draft", None)
