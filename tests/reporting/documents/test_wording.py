from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils import translation

from reporting.documents import charts, wording
from reporting.documents.content import WITHHELD, Cell, Chart, Column, Kind, ReportContent, Table
from reporting.documents.formats import FORMATS, file_name
from reporting.models.report import FileFormat
from tests.reporting.documents.samples import report, with_traps


@pytest.mark.parametrize(
    ("cell", "kind", "dutch", "english"),
    [
        (0, "count", "0", "0"),
        (1234567, "count", "1.234.567", "1,234,567"),
        (12.25, "decimal", "12,3", "12.3"),
        (12.0, "decimal", "12", "12"),
        (47.5, "days", "47,5", "47.5"),
        (88, "days", "88", "88"),
        (0.125, "percent", "13%", "13%"),
        (1, "percent", "100%", "100%"),
        (date(2021, 12, 3), "date", "3 december 2021", "3 December 2021"),
        (None, "count", "–", "–"),
        ("1234", "text", "1234", "1234"),
    ],
)
def test_a_cell_reads_as_people_write_it(cell: Cell, kind: Kind, dutch: str, english: str) -> None:
    for language, expected in (("nl", dutch), ("en", english)):
        with translation.override(language):
            assert wording.cell_text(cell, kind) == expected


def test_a_withheld_cell_is_a_word_in_the_language_of_the_report() -> None:
    with translation.override("en"):
        assert wording.cell_text(WITHHELD, "count") == "too few"
    with translation.override("nl"):
        assert wording.cell_text(WITHHELD, "count") == "te weinig"


def test_a_period_within_one_year_names_the_year_once() -> None:
    with translation.override("en"):
        assert wording.period_text(report()) == "1 January up to and including 31 December 2021"
        longer = replace(report(), period_start=date(2020, 7, 1))
        assert wording.period_text(longer) == "1 July 2020 up to and including 31 December 2021"


def test_names_are_listed_in_a_sentence() -> None:
    with translation.override("en"):
        assert [wording.listed(names) for names in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == [
            "",
            "A",
            "A and B",
            "A, B and C",
        ]


def test_a_file_is_named_after_number_and_version() -> None:
    assert [file_name(report(), each) for each in FORMATS] == [
        "AMF-2022-001-v1.pdf",
        "AMF-2022-001-v1.xlsx",
        "AMF-2022-001-v1.ods",
        "AMF-2022-001-v1.zip",
        "AMF-2022-001-v1.json",
        "AMF-2022-001-v1.html",
        "AMF-2022-001-v1-rows.zip",
    ]
    assert file_name(replace(report(), number="../=\r\n"), "pdf") == "report-v1.pdf"


def test_there_is_a_writer_for_each_format_that_a_file_may_have() -> None:
    assert set(FORMATS) == set(FileFormat.values)


@pytest.mark.parametrize("content", [report(), with_traps()], ids=["plain", "traps"])
def test_charts_are_well_formed_and_need_no_style(content: ReportContent) -> None:
    for chart in content.charts:
        table = content.table(chart.table_id)
        for svg in (charts.on_paper(chart, table), charts.on_page(chart, table, element_id="x")):
            tree = ElementTree.fromstring(svg)
            assert not any("style" in element.attrib for element in tree.iter())


def test_a_chart_draws_no_bar_for_a_withheld_number() -> None:
    table = report().table("T2")
    drawn = charts.marks_of(report().charts[0], table)
    assert [mark.name for mark in drawn if None in mark.values] == ["apr"]
    assert charts.hides_something(report().charts[0], table)
    assert "×" in charts.on_paper(report().charts[0], table)


def test_a_chart_leaves_the_total_out() -> None:
    chart = Chart("T1", "bars", "Leeftijd", "Balken.", ("before",))
    assert [mark.values[0] for mark in charts.marks_of(chart, report().table("T1"))] == [5, 10, 8, 0]


@pytest.mark.parametrize("numbers", [(0, 0), (1, 0), (3, 2), (55, 51), (146, 132), (20_000, 1), (-1, 2)])
def test_columns_stay_inside_the_chart(numbers: tuple[int, ...]) -> None:
    rows: tuple[tuple[Cell, ...], ...] = tuple((f"r{i}", number) for i, number in enumerate(numbers))
    table = Table("T1", "", "who", (Column("a", "", "text"), Column("n", "", "count")), rows, "")
    svg = charts.on_paper(Chart("T1", "paired_columns", "T", "alt", ("n",)), table)
    for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"):
        assert float(element.attrib["height"]) >= 0
        assert float(element.attrib["y"]) >= 0
