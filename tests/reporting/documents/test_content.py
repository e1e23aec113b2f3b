import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from reporting.documents.content import (
    WITHHELD,
    Cell,
    Chart,
    Column,
    ContentError,
    KeyFigure,
    Kind,
    ReportContent,
    Sentence,
    Table,
    from_data,
    from_json,
    hash_of,
    sealed,
    to_data,
    to_json,
)
from tests.reporting.documents.samples import report, reports, with_traps

NAMED = Column("name", "Naam", "text")


@given(reports())
@settings(max_examples=40, deadline=None)
def test_what_was_frozen_comes_back_as_it_was(content: ReportContent) -> None:
    again = from_json(to_json(content))
    assert again == content
    assert to_json(again) == to_json(content)


def test_samples_survive_freezing() -> None:
    for content in (report(), report("en"), with_traps()):
        assert from_data(json.loads(json.dumps(to_data(content)))) == content


def test_whole_numbers_and_decimals_keep_their_kind() -> None:
    table = Table("T1", "", "accountability", (NAMED, Column("n", "", "decimal")), (("a", 1), ("b", 1.0)), "")
    again = from_json(to_json(replace(report(), tables=(table,), charts=())))
    assert [type(row[1]) for row in again.tables[0].rows] == [int, float]


def test_a_withheld_cell_is_frozen_as_withheld_and_not_as_a_number() -> None:
    rows = to_data(report())["tables"][0]["rows"]
    assert rows[0] == ["Jonger dan 27", {"withheld": "too_few"}, 5]


def test_signing_and_replacing_leave_the_hash_alone() -> None:
    draft = sealed(replace(report(), status="draft", signed_by="", signed_on=None))
    assert draft.content_hash == hash_of(report()) == report().content_hash
    assert hash_of(replace(report(), status="replaced")) == report().content_hash


def test_another_number_gives_another_hash() -> None:
    table = report().tables[0]
    other = replace(table, rows=(("Jonger dan 27", 4, 5), *table.rows[1:]))
    assert hash_of(replace(report(), tables=(other, *report().tables[1:]))) != report().content_hash


def test_a_value_in_a_sentence_is_never_read_as_mark_up() -> None:
    sentence = Sentence.of("**%(n)s** bij %(who)s, 50%%", n="**5**", who="%(n)s")
    assert [(part.text, part.strong) for part in sentence.parts] == [("**5**", True), (" bij %(n)s, 50%", False)]


def test_a_bold_part_must_be_closed() -> None:
    with pytest.raises(ContentError, match="not closed"):
        Sentence.of("een **half")


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("count", 1.5),
        ("count", True),
        ("count", "5"),
        ("text", 5),
        ("decimal", float("nan")),
        ("percent", float("inf")),
        ("count", 10**15),
        ("date", "2021-01-01"),
        ("date", datetime(2021, 1, 1)),  # noqa: DTZ001
    ],
)
def test_a_cell_must_fit_its_column(kind: Kind, cell: Any) -> None:
    with pytest.raises(ContentError, match="is no"):
        Table("T1", "", "who", (NAMED, Column("x", "", kind)), (("a", cell),), "")


@pytest.mark.parametrize("row", [("a",), ("a", 1, 2), ("", 1), (None, 1), (WITHHELD, 1)])
def test_a_row_must_fit_its_table(row: tuple[Cell, ...]) -> None:
    with pytest.raises(ContentError, match="T1"):
        Table("T1", "", "who", (NAMED, Column("n", "", "count")), (row,), "")


def test_a_report_must_agree_with_itself() -> None:
    plain = report()
    chart, table = plain.charts[0], plain.tables[0]
    for wrong in (
        {"period_end": date(2020, 1, 1)},
        {"tables": (*plain.tables, table)},
        {"tables": (replace(table, chapter="nowhere"),), "charts": ()},
        {"charts": (replace(chart, table_id="T9"),)},
        {"charts": (replace(chart, series=("nothing",)),)},
        {"charts": (replace(chart, series=("m",)),)},
        {"charts": (replace(chart, labels=("jan",)),)},
        {"key_figures": (plain.key_figures[0], plain.key_figures[0])},
        {"chapters": (plain.chapters[0], *plain.chapters)},
    ):
        with pytest.raises(ContentError):
            replace(plain, **wrong)


def test_tables_charts_and_figures_refuse_what_makes_no_sense() -> None:
    number = Column("n", "", "count")
    for columns, table_id in (((), "T1"), ((number,), "T1"), ((NAMED, NAMED), "T1"), ((NAMED,), "T 1")):
        with pytest.raises(ContentError):
            Table(table_id, "", "who", columns, (), "")
    with pytest.raises(ContentError):
        Table("T1", "", "who", (NAMED,), (), "", has_total=True)
    with pytest.raises(ContentError):
        Chart("T1", "bars", "Titel", "", ("n",))
    with pytest.raises(ContentError):
        Chart("T1", "bars", "Titel", "alt", ("n", "m"))
    with pytest.raises(ContentError):
        KeyFigure("x", "", "", "vijf", None, "", None, "", "1")
    with pytest.raises(ContentError):
        KeyFigure("x", "", "", 5, None, "", "tien", "", "1")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format":99}', '{"format":1}', "null", '{"format":1,"language":"nl"}', '{"format":1,"extra":1}'],
)
def test_what_is_no_report_is_refused_in_words(text: str) -> None:
    with pytest.raises(ContentError):
        from_json(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", "fr"),
        ("version", "1"),
        ("version", True),
        ("title", None),
        ("period_start", "gisteren"),
        ("payers", 5),
        ("charts", [{"table_id": "T1"}]),
    ],
)
def test_a_wrong_value_is_refused(key: str, value: Any) -> None:
    with pytest.raises(ContentError):
        from_data({**to_data(report()), key: value})


@pytest.mark.parametrize("cell", [{}, {"date": "x"}, {"withheld": "x"}, {"date": "2021-01-01", "b": 1}, [1], True])
def test_a_wrong_cell_is_refused(cell: Any) -> None:
    data = to_data(report())
    data["tables"][0]["rows"][0][1] = cell
    with pytest.raises(ContentError):
        from_data(data)


def test_a_field_that_came_later_may_be_absent() -> None:
    data = to_data(report())
    del data["accountability"], data["summary_note"]
    assert from_data(data) == replace(report(), summary_note="")
