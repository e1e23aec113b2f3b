import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

from django.template.loader import render_to_string
from hypothesis import given, settings

from reporting.documents.content import ReportContent
from reporting.documents.html import document_context, render_html
from reporting.documents.wording import identity_text, speaking, withheld_word
from tests.reporting.documents.samples import TRAPS, report, reports, with_traps


class Page(HTMLParser):
    """What a page consists of: its tags with attributes, its texts, and the cells of its tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.rows: list[list[str]] = []
        self.open_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.open_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.open_cell = self.open_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.open_cell:
            self.rows[-1][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(content: ReportContent) -> Page:
    return Page(render_html(content).decode())


def body(content: ReportContent) -> str:
    return render_to_string("reporting/document/body.html", {"document": document_context(content, prefix="r-")})


def test_the_tables_say_what_the_content_says() -> None:
    rows = page(report()).rows
    with speaking(report()):
        word = withheld_word()
    for expected in (
        ["Jonger dan 27", word, "5"],
        ["65 en ouder", "0", "0"],
        ["Totaal", "55", "51"],
        ["Betaald werk", "13", "24%", "120,5", "12,3", "3 december 2021"],
        ["Vrijwilligerswerk", "1.234", "16%", "88", "-3", "–"],
        ["Schuldhulp", word, "–", "–", "–", "–"],
    ):
        assert expected in rows


def test_every_row_and_column_has_a_header_with_a_scope() -> None:
    heads = page(report()).all("th")
    assert {head["scope"] for head in heads} == {"col", "row"}
    tables = report().tables
    expected = sum(len(table.columns) + len(table.rows) for table in tables)
    assert len(heads) == expected


def test_key_figures_stand_with_the_year_before_and_a_definition() -> None:
    text = " ".join(page(report()).text.split())
    for figure in report().key_figures:
        assert figure.definition in text
    assert "in 2020: 51" in text
    assert "In 2021 begeleidde Amfors 55 deelnemers in 146 trajecten." in text


def test_headings_come_in_order_without_skipping() -> None:
    levels = [int(tag[1]) for tag, _ in page(report()).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_file_speaks_the_language_of_the_report_and_loads_nothing() -> None:
    found = page(report("en"))
    assert found.all("html") == [{"lang": "en"}]
    assert not found.all("script") + found.all("link") + found.all("img")
    assert not any("href" in attributes or "src" in attributes for _, attributes in found.tags)


def test_the_policy_of_the_file_allows_its_own_style_only() -> None:
    html = render_html(report()).decode()
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(meta["content"] for meta in page(report()).all("meta") if "http-equiv" in meta)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_it_names_the_report_below_and_at_the_foot_of_each_printed_page() -> None:
    content = replace(report(), number='A"</style>{}')
    html = render_html(content).decode()
    with speaking(content):
        assert identity_text(content) in " ".join(page(content).text.split())
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    foot = style[1].splitlines()[-1]
    assert "counter(page)" in foot
    codes = re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), foot)
    check = content.content_hash
    assert f"{check[:4]} {check[4:8]} {check[8:12]}" in codes
    assert 'A"</style>{}, versie 1' in codes


def test_the_body_for_a_page_has_no_style_no_script_and_no_first_heading() -> None:
    found = Page(body(report()))
    assert not found.all("style") + found.all("script") + found.all("h1")
    assert not any(name == "style" or name.startswith("on") for _, attributes in found.tags for name in attributes)


def test_the_ids_of_the_body_are_unique_and_carry_the_prefix() -> None:
    ids = [attributes["id"] or "" for _, attributes in Page(body(report())).tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all(each.startswith("r-") for each in ids)
    labelled = [
        attributes["aria-labelledby"] or ""
        for _, attributes in Page(body(report())).tags
        if "aria-labelledby" in attributes
    ]
    assert {each for one in labelled for each in one.split()} <= set(ids)


def test_the_body_names_its_language_for_a_page_in_another() -> None:
    assert body(report("en")).lstrip().startswith('<div class="stack" lang="en">')


def test_a_chart_has_title_and_description_and_its_table_behind_it() -> None:
    html = body(report())
    assert '<svg class="chart" role="img"' in html
    assert "<desc" in html
    assert html.count('<details class="more mt-2">') == len(report().charts)


def test_what_was_typed_is_never_read_as_mark_up() -> None:
    html = render_html(with_traps()).decode()
    found = Page(html)
    assert not found.all("b")
    for trap in TRAPS:
        if trap.isascii():
            assert " ".join(trap.split()) in " ".join(found.text.split())


@given(reports())
@settings(max_examples=20, deadline=None)
def test_any_report_becomes_a_page(content: ReportContent) -> None:
    count = sum(len(table.rows) + 1 for table in content.tables)
    assert len(page(content).rows) == count


def test_the_language_of_who_asks_does_not_matter() -> None:
    with speaking(replace(report(), language="en")):
        english = render_html(report())
    assert english == render_html(report())
