"""Charts say on paper what they say on the screen, and the table behind them says it in numbers."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
import typst
from django.template.loader import render_to_string

from foundation.charts import (
    Bar,
    BarChart,
    Cell,
    ColumnChart,
    Course,
    DivergingChart,
    Divided,
    EpisodeChart,
    Fig,
    LadderChart,
    Month,
    Progress,
    Stack,
    StackChart,
    StepChart,
    Strip,
    StripChart,
    TargetBar,
)
from foundation.charts.columns import grid_values
from foundation.charts.marks import mix, on_screen

NAMES = "jan feb mrt apr mei jun jul aug sep okt nov".split()
FIRST = (9, 8, 11, 7, 8, 10, 5, 6, 12, 10, 1)
SECOND = (7, 9, 8, 9, 7, 9, 8, 4, 9, 11, 0)
STOCK = (46, 45, 48, 46, 47, 48, 45, 47, 50, 49, 50)


def columns(months: list[Month] | None = None, provisional: int = 0) -> ColumnChart:
    if months is None:
        months = [
            Month(name, first, second, stock, first_url=f"/in/{name}", second_url=f"/uit/{name}")
            for name, first, second, stock in zip(NAMES, FIRST, SECOND, STOCK, strict=True)
        ]
    return ColumnChart(
        id="f1",
        title="Er begonnen meer trajecten dan er stopten",
        months=months,
        names=("gestart", "gestopt", "lopend"),
        stock_name="lopende trajecten",
        caption="Trajecten per maand",
        description="Kolommen per maand.",
        provisional=provisional,
    )


def bars(*values: int | None, headings: tuple[str, ...] = ("Route", "2026")) -> BarChart:
    return BarChart(
        id="f2",
        title="Waarheen",
        bars=[Bar(f"Route {i}", value, f"/route/{i}", previous=i) for i, value in enumerate(values)],
        caption="Deelnemers",
        headings=headings,
    )


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def drawn(chart: ColumnChart | StepChart) -> ElementTree.Element:
    return parse(f"<svg>{chart.drawing}</svg>")


def test_columns_stand_where_the_prototype_has_them() -> None:
    rects = {r.findtext("title"): r.attrib for r in drawn(columns()).iter("rect")}
    january = rects["jan: 9 gestart"]
    assert (january["x"], january["width"], january["y"], january["height"]) == ("6.38%", "2.59%", "145", "81")
    assert rects["sep: 12 gestart"]["y"] == "118"
    assert rects["jan: 7 gestopt"]["x"] == "9.49%"


def test_a_month_without_any_has_no_column() -> None:
    titles = [r.findtext("title") for r in drawn(columns()).iter("rect")]
    assert "nov: 1 gestart" in titles
    assert not [title for title in titles if title and title.startswith("nov: 0")]


def test_every_mark_links_to_its_records_and_stays_out_of_the_tab_order() -> None:
    links = list(drawn(columns()).iter("a"))
    assert {link.get("href") for link in links} >= {"/in/jan", "/uit/okt"}
    assert {link.get("tabindex") for link in links} == {"-1"}


def test_the_table_has_the_same_numbers_and_links() -> None:
    table = columns().table
    assert [[cell.value for cell in row.cells] for row in table.rows] == [
        list(row) for row in zip(FIRST, SECOND, STOCK, strict=True)
    ]
    assert table.rows[0].cells[0].url == "/in/jan"
    assert table.headings[1:] == ("gestart", "gestopt", "lopend")


@pytest.mark.parametrize(
    "months",
    [
        [],
        [Month("jan", 0, 0)],
        [Month("jan", 0, 0, 0), Month("feb", 0, 0, 0)],
        [Month("jan", 3, 1, 5), Month("feb", 0, 0, None)],
    ],
    ids=["no months", "nothing at all", "all zero", "stock not known yet"],
)
def test_an_empty_chart_is_still_a_chart(months: list[Month]) -> None:
    chart = columns(months)
    assert parse(chart.paper()) is not None
    assert len(chart.table.rows) == len(months)


def test_a_long_period_names_no_more_months_than_fit() -> None:
    chart = columns([Month(f"m{i}", 1, 1) for i in range(30)])
    names = [t.text for t in drawn(chart).iter("text") if (t.text or "").startswith("m")]
    assert len(names) == 10


def test_labels_cannot_break_out_of_the_drawing() -> None:
    chart = columns([Month('<b onload="x">', 2, 0, first_url='/?a="><script>')])
    assert "<b " not in chart.drawing
    assert "<script>" not in chart.drawing


def test_a_drawing_for_the_screen_has_classes_and_no_colours() -> None:
    assert "#" not in columns(provisional=3).drawing
    assert "style" not in columns().drawing


def test_a_drawing_for_paper_needs_no_style_sheet() -> None:
    svg = columns(provisional=3).paper(width=620)
    assert "class=" not in svg
    assert "%" not in svg
    assert "<a " not in svg
    root = parse(svg)
    namespace = "{http://www.w3.org/2000/svg}"
    assert root.get("viewBox") == "0 0 620 276"
    for element in root.iter():
        if element.tag in {f"{namespace}rect", f"{namespace}circle", f"{namespace}text"}:
            assert element.get("fill"), element.attrib
        if element.tag == f"{namespace}line":
            assert element.get("stroke"), element.attrib


def test_typst_reads_the_drawing_for_paper() -> None:
    svg = columns().paper().replace('"', '\\"')
    source = f'#set page(width: 20cm, height: auto)\n#image(bytes("{svg}"), format: "svg", alt: "Trajecten")'
    assert typst.compile(source.encode(), format="pdf").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("highest", "values"), [(0, []), (1, [1]), (3, [1, 2, 3]), (12, [5, 10]), (24, [10, 20]), (100, [50, 100])]
)
def test_grid_lines_stand_at_round_numbers(highest: int, values: list[int]) -> None:
    assert grid_values(highest) == values


def test_colours_mix_as_the_style_sheet_mixes_them() -> None:
    assert mix("#1f4f6b", 0.34) == "#b3c3cd"
    assert mix("#000000", 1.0) == "#000000"


def test_the_longest_bar_leaves_room_and_the_others_follow() -> None:
    assert [width for _bar, width, _text in bars(11, 9, 0).rows] == ["91.67%", "75.00%", "0.00%"]


def test_a_withheld_number_is_a_word_without_a_bar() -> None:
    chart = bars(11, None)
    assert chart.rows[1][1:] == ("0.00%", str(chart.table.rows[1].cells[0].text))
    html = render_to_string("components/chart.html", {"chart": chart})
    assert html.count('class="withheld"') == 1
    assert "bars-words" in html


def test_bars_show_the_year_before_only_when_it_has_a_heading() -> None:
    assert len(bars(3).table.rows[0].cells) == 1
    assert len(bars(3, headings=("Route", "2026", "2025")).table.rows[0].cells) == 2


def test_bars_on_paper_are_a_drawing_too() -> None:
    assert "Route 1" in bars(11, None).paper()
    assert parse(bars().paper()) is not None


def ladder(cells: dict[tuple[int, int], Cell]) -> LadderChart:
    return LadderChart(id="f3", title="Ladder", steps=["a", "b", "c"], cells=cells, caption="Van en naar")


def test_the_ladder_shows_zeros_shades_what_is_full_and_marks_the_same_step() -> None:
    rows = ladder({(1, 1): Cell(1), (1, 2): Cell(7), (2, 2): Cell(4)}).rows
    assert [square.css for square in rows[0][2]] == ["sh1 same", "sh3", ""]
    assert [square.css for square in rows[1][2]] == ["", "sh2 same", ""]
    assert rows[2][2][0].is_zero


def test_a_withheld_square_of_the_ladder_has_no_shade() -> None:
    html = render_to_string("components/chart.html", {"chart": ladder({(1, 2): Cell(None), (1, 1): Cell(9)})})
    assert html.count('class="withheld xs"') == 1
    assert 'class="sh3"' not in html


def test_a_target_is_a_bar_with_a_tick_where_we_expect_to_be() -> None:
    svg = on_screen(TargetBar(52, 60, 50).marks)
    assert '<rect class="c0" x="0" width="100%"' in svg
    assert '<rect class="c1" x="0" width="86.67%"' in svg
    assert '<line class="mark" x1="83.33%" x2="83.33%"' in svg


def test_more_than_the_target_still_fits() -> None:
    assert '<rect class="c1" x="0" width="100%"' in on_screen(TargetBar(30, 20).marks)
    assert len(TargetBar(0, 0).marks) == 2


def test_key_figures_show_their_target_or_say_that_there_is_none() -> None:
    figs = [
        Fig("Deelnemers", 52, "/lijst", target=TargetBar(52, 60, 50), definition="Wie meetelt."),
        Fig("Trajecten", 131, no_target=True),
        Fig("Inzicht", None),
    ]
    html = render_to_string("components/figs.html", {"figs": figs})
    assert '<a href="/lijst">52</a>' in html
    assert html.count('class="target"') == 1
    assert html.count("Wie meetelt.") == 1
    assert "<small>" in html, "a word stands smaller than a number"


def test_steps_run_from_edge_to_edge_and_name_their_days() -> None:
    chart = StepChart(
        id="f5",
        title="Bezet",
        values=[20, 20, 22, 18],
        capacity=24,
        capacity_words="24 plekken",
        description="Traplijn.",
        days={0: "28 jan", 3: "28 okt"},
    )
    texts = [t.text for t in drawn(chart).iter("text")]
    assert {"24 plekken", "28 jan", "20", "18"} <= set(texts)
    lines = [line for line in drawn(chart).iter("line") if line.get("class") == "ln-accent"]
    assert lines[-1].get("x2") == "100%"
    assert parse(chart.paper()) is not None


def test_each_episode_is_a_glyph_until_there_are_too_many_to_see() -> None:
    chart = EpisodeChart(
        id="f4",
        title="Opgepakt",
        courses=[
            Course("Binnen 4 weken", 3, "dip", "/x"),
            Course("Later", 61, "dip-long"),
            Course("Niet", None, "pause"),
        ],
        caption="Keren",
        headings=("Vervolg", "2026"),
    )
    html = render_to_string("components/chart.html", {"chart": chart})
    assert html.count('class="glyph"') == 3


def stacks(*numbers: int) -> StackChart:
    cells = [Cell(number, f"/klasse/{i}") for i, number in enumerate(numbers)]
    return StackChart(
        id="f6",
        title="Wachten",
        stacks=[Stack("2026", cells, Cell(sum(numbers)))],
        names=["2 weken", "4 weken", "langer"],
        heading="Jaar",
        whole_name="Alle",
        caption="Starts",
        description="Een balk.",
    )


def test_a_stack_is_a_whole_divided_and_the_table_has_its_numbers() -> None:
    rects = list(parse(f"<svg>{stacks(3, 1, 0).drawing}</svg>").iter("rect"))
    assert [(r.get("class"), r.get("width")) for r in rects] == [("k1", "75%"), ("k2", "25%")]
    html = render_to_string("components/chart.html", {"chart": stacks(3, 1, 0)})
    assert html.count('href="/klasse/0"') == 2
    assert "<svg" not in render_to_string("components/chart.html", {"chart": stacks(0, 0, 0)})


def test_who_did_the_same_stands_around_the_middle() -> None:
    part = Divided("Wonen", Cell(1, "/minder"), Cell(2, "/gelijk"), Cell(3, "/beter"), Cell(6))
    chart = DivergingChart(
        id="f7", title="", parts=[part], caption="", heading="", names=("minder", "gelijk", "beter"), whole_name="n"
    )
    worse, same, better, _middle = chart.rows[0][1]
    assert (same.x, same.x + same.width) == (37.5, 62.5)  # type: ignore[union-attr]
    assert (worse.x, better.x + better.width) == (25, 100)  # type: ignore[union-attr]
    html = render_to_string("components/chart.html", {"chart": chart})
    assert html.count("<a ") == 3


def test_dots_stand_for_several_where_there_are_too_many_to_stack() -> None:
    few, many = ([Strip("Afgerond", [30] * number, 30, "30 dagen", "/lijst")] for number in (5, 40))
    charts = [
        StripChart(id="f8", title="", strips=strips, lines=[(21, "3 weken")], unit="dagen", description="")
        for strips in (few, many)
    ]
    assert [chart.each for chart in charts] == [1, 4]
    assert charts[0].drawing.count('href="/lijst"') == 1
    assert "class=" not in charts[0].paper()


def test_provisional_columns_have_an_outline_of_dashes_and_a_break_its_line() -> None:
    months = [Month("jan", 3, 1, 5, stock_before=4, third=1, third_url="/door"), Month("feb", 2, 2, 5, stock_before=6)]
    plain = columns(months)
    chart = replace(plain, provisional=1, third_name="door", before_name="vorig jaar", broken=1, broken_words="anders")
    assert 'class="c1p"' in chart.drawing
    assert 'class="breakl"' in chart.drawing
    assert 'href="/door"' in chart.drawing
    assert "breakl" not in plain.drawing
    assert [cell.value for cell in chart.table.rows[0].cells] == [3, 1, 1, 5, 4]
    assert "class=" not in chart.paper()


def test_a_check_without_records_has_no_bar() -> None:
    assert len(Progress("Volledig", Cell(0), Cell(0)).marks) == 1
    assert Progress("Volledig", Cell(4), Cell(1)).marks[1].width == 75  # type: ignore[union-attr]
