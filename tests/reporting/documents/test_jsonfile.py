import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from config.environment import ROOT
from reporting.documents.content import WITHHELD, Column, ContentError, KeyFigure, ReportContent, Table
from reporting.documents.jsonfile import SCHEMA, cell_data, render_json
from reporting.documents.wording import speaking, withheld_word
from tests.reporting.documents.samples import report, reports, with_traps

PUBLISHED = json.loads((Path(ROOT) / "static" / "schemas" / "report-1.json").read_text())
VALIDATOR = Draft202012Validator(PUBLISHED, format_checker=Draft202012Validator.FORMAT_CHECKER)


def read(content: ReportContent) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_json(content))
    return found


def shares(share: float | None, n: Any) -> Table:
    columns = (Column("a", "A", "text"), Column("n", "N", "count"), Column("s", "S", "percent", of="n"))
    return Table("T1", "Aandelen", "who", columns, (("rij", n, share),), "personen")


def test_the_schema_itself_is_sound_and_names_itself() -> None:
    Draft202012Validator.check_schema(PUBLISHED)
    assert PUBLISHED["$id"] == SCHEMA == read(report())["schema"]


@pytest.mark.parametrize("content", [report(), report("en"), with_traps()], ids=["nl", "en", "traps"])
def test_a_report_follows_the_published_schema(content: ReportContent) -> None:
    VALIDATOR.validate(read(content))


@given(reports())
@settings(max_examples=15, deadline=None)
def test_any_report_follows_the_published_schema(content: ReportContent) -> None:
    VALIDATOR.validate(read(content))


def test_a_draft_follows_it_too() -> None:
    VALIDATOR.validate(read(replace(report(), status="draft", signed_by="", signed_on=None)))


@pytest.mark.parametrize(
    "number",
    [None, 5, {}, {"value": None}, {"withheld": "too_few"}, {"value": 5, "withheld": "too_few", "word": "te weinig"}],
)
def test_the_schema_refuses_a_number_that_does_not_say_what_it_is(number: Any) -> None:
    data = read(report())
    data["tables"][0]["rows"][0]["cells"]["now"] = number
    assert not VALIDATOR.is_valid(data)


def test_the_schema_refuses_a_percentage_without_its_number() -> None:
    data = read(report())
    data["key_figures"][0] |= {"kind": "percent", "value": 0.5}
    assert not VALIDATOR.is_valid(data)
    assert VALIDATOR.is_valid(data | {"key_figures": [data["key_figures"][0] | {"n": 40}]})
    del data["tables"][2]["columns"][2]["of"]
    assert not VALIDATOR.is_valid(data | {"key_figures": []})


def test_it_says_every_cell_of_every_table() -> None:
    content = report()
    found = read(content)["tables"]
    assert [table["id"] for table in found] == [table.id for table in content.tables]
    with speaking(content):
        for said, table in zip(found, content.tables, strict=True):
            ids = [column["id"] for column in said["columns"]]
            assert ids == [column.id for column in table.columns]
            for row, cells in zip(said["rows"], table.rows, strict=True):
                assert row["name"] == cells[0]
                for name, cell in zip(ids[1:], cells[1:], strict=True):
                    assert {key: value for key, value in row["cells"][name].items() if key != "n"} == cell_data(cell)
            assert [row["is_total"] for row in said["rows"]][-1] == table.has_total


def test_a_withheld_number_is_a_word_with_a_reason_and_never_nothing() -> None:
    data = read(report())
    with speaking(report()):
        word = withheld_word()
    assert data["tables"][0]["rows"][0]["cells"]["now"] == {"withheld": "too_few", "word": word}
    assert data["key_figures"][4]["withheld"] == "too_few"
    assert "value" not in data["key_figures"][4]
    (reason,) = data["withholding"]["reasons"]
    assert (reason["reason"], reason["word"]) == ("too_few", word)
    assert reason["text"]
    assert data["withholding"]["note"] == report().small_count_note


def test_a_number_that_does_not_apply_says_so() -> None:
    data = read(report())
    assert data["key_figures"][1]["target"] == {"not_applicable": True}
    assert data["tables"][2]["rows"][1]["cells"]["last"] == {"not_applicable": True}
    assert data["tables"][2]["rows"][0]["cells"]["last"] == {"value": "2021-12-03"}


def test_a_percentage_carries_the_number_it_is_of() -> None:
    cells = read(report())["tables"][2]["rows"][0]["cells"]
    assert cells["share"] == {"value": 0.236, "n": 13}
    figure = KeyFigure("r", "Aandeel", "personen", 0.5, None, "", None, "", "1", kind="percent", n=40)
    assert read(replace(report(), key_figures=(figure,)))["key_figures"][0]["n"] == 40


def test_a_percentage_that_does_not_say_of_how_many_is_refused() -> None:
    for n in (None, WITHHELD):
        with pytest.raises(ContentError, match="of how many"):
            shares(0.5, n)
        assert shares(None, n).rows
    with pytest.raises(ContentError, match="no column"):
        Table("T1", "", "who", (Column("a", "A", "text"), Column("s", "S", "percent")), (("rij", 0.5),), "")
    with pytest.raises(ContentError, match="of how many"):
        KeyFigure("r", "", "", 0.5, None, "", None, "", "1", kind="percent")


def test_it_names_the_report_and_its_check_number() -> None:
    data = read(report())
    assert (data["number"], data["version"], data["status"]) == ("AMF-2022-001", 1, "signed")
    assert (data["content_sha256"], data["signed_on"]) == (report().content_hash, date(2022, 2, 14).isoformat())


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render_json(report()) == render_json(report())
