import itertools
import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from reporting.documents import pdf as pdf_module
from reporting.documents.content import ReportContent
from reporting.documents.pdf import PdfError, render_pdf
from reporting.documents.printable import PRINTABLE_RANGES, printable
from reporting.documents.wording import speaking, withheld_word
from tests.reporting.documents.samples import TRAPS, long_report, report, with_traps
from tests.reporting.documents.tagged import KNOWN_ROLES, Element, catalog, opened, structure, text_of, untagged


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_pdf(report())


@pytest.fixture(scope="module")
def tree(paper: bytes) -> Element:
    return structure(paper)


def test_it_is_tagged_has_a_title_and_speaks_dutch(paper: bytes) -> None:
    root = catalog(paper)
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    about = opened(paper).metadata
    assert about is not None
    assert (about.title, about.author) == ("Jaarrapport 2021, AE-teams", "Amfors")


def test_it_says_that_it_is_pdf_ua_1(paper: bytes) -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog(paper)["/Metadata"].get_data()


def test_its_title_is_known_without_opening_it(paper: bytes) -> None:
    said = catalog(paper)["/Metadata"].get_data().decode()
    assert re.search(r"<dc:title>.*Jaarrapport 2021, AE-teams.*</dc:title>", said, re.DOTALL)
    assert re.search(r"<dc:language>.*nl.*</dc:language>", said, re.DOTALL)
    assert not opened(paper).is_encrypted


@pytest.mark.parametrize("content", [report(), with_traps()], ids=["plain", "traps"])
def test_everything_on_a_page_is_tagged_or_said_to_be_decoration(content: ReportContent) -> None:
    pdf = render_pdf(content)
    for page in opened(pdf).pages:
        assert untagged(page) == []
        assert "/StructParents" in page
        assert "/Annots" not in page or str(page["/Tabs"]) == "/S"
    assert catalog(pdf)["/MarkInfo"]["/Suspects"].value is False


def test_each_element_has_a_role_that_pdf_knows(paper: bytes, tree: Element) -> None:
    mapped = catalog(paper)["/StructTreeRoot"].get("/RoleMap", {})
    used = {str(mapped.get(each.role, each.role)) for each in tree.everything()} - {"/Root"}
    assert used <= KNOWN_ROLES


def test_each_link_says_where_it_goes(paper: bytes) -> None:
    links = [each.get_object() for page in opened(paper).pages for each in page.get("/Annots", [])]
    assert links
    for link in links:
        assert link["/Subtype"] == "/Link"
        assert link["/Contents"]
        assert "/StructParent" in link


def test_an_english_report_says_so() -> None:
    assert catalog(render_pdf(report("en")))["/Lang"] == "en"


def test_headings_come_in_order_without_skipping(tree: Element) -> None:
    levels = [int(each.role[2:]) for each in tree.everything() if re.fullmatch(r"/H\d", each.role)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [each.title for each in tree.all("/H1")] == ["Jaarrapport 2021"]
    titles = [each.title for each in tree.all("/H2")]
    for title in ("Wie deden mee?", "Waar gingen mensen naartoe?", "Terugval en weer oppakken"):
        assert title in titles


def test_each_table_has_header_cells_with_a_scope_and_a_caption(tree: Element) -> None:
    found = tree.all("/Table")
    assert len(found) == len(report().tables)
    for element, table in zip(found, report().tables, strict=True):
        heads = element.all("/THead")[0].all("/TH")
        assert len(heads) == len(table.columns)
        assert {head.attributes["/Scope"] for head in heads} == {"/Column"}
        assert element.all("/Caption")
        rows = element.all("/TBody")[0].all("/TR")
        assert len(rows) == len(table.rows) - table.has_total
        assert len(element.all("/TFoot")) == table.has_total


def test_each_chart_has_a_text_for_who_cannot_see_it(tree: Element) -> None:
    assert [each.alt for each in tree.all("/Figure")] == [chart.alt for chart in report().charts]
    assert all(each.attributes["/BBox"] for each in tree.all("/Figure"))


def test_it_has_bookmarks_and_contents(paper: bytes, tree: Element) -> None:
    outline = opened(paper).outline
    titles = [each.title for each in outline if not isinstance(each, list)]
    assert "Wie deden mee?" in titles
    assert tree.all("/TOC")


def test_it_says_the_numbers_of_the_report(paper: bytes) -> None:
    text = text_of(paper)
    for figure in report().key_figures:
        assert figure.label in text
        assert figure.definition in text
    for words in ("55 deelnemers", "146 trajecten", "21 deelnemers", "1.234", "24%", "120,5", "31 januari 2022"):
        assert words in text


def test_a_withheld_number_is_a_word(paper: bytes) -> None:
    with speaking(report()):
        word = withheld_word()
    assert f"Jonger dan 27 {word} 5" in " ".join(text_of(paper).split())
    assert f"Schuldhulp {word} –" in " ".join(text_of(paper).split())


def test_each_page_names_the_report_its_version_and_its_check_number(paper: bytes) -> None:
    pages = opened(paper).pages
    check = report().content_hash
    for number, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        assert "AMF-2022-001" in text
        assert f"{check[:4]} {check[4:8]} {check[8:12]}" in text
        assert re.search(rf"\b{number}\b\D+\b{len(pages)}\b", text)


def test_a_long_table_has_its_header_again_on_the_next_page() -> None:
    pages = [page.extract_text() for page in opened(render_pdf(long_report(tables=1, rows=90))).pages]
    assert sum("Kolom 6" in page and "Rij" in page for page in pages) >= 2


def test_all_fonts_are_inside_and_the_text_is_set_in_the_house_font(paper: bytes) -> None:
    fonts = {
        font.get_object()["/BaseFont"]
        for page in opened(paper).pages
        for font in page["/Resources"].get("/Font", {}).values()  # type: ignore[attr-defined]
    }
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+AtkinsonHyperlegible.*", str(font)) for font in fonts)


def test_what_was_typed_is_never_read_as_mark_up() -> None:
    text = "".join(text_of(render_pdf(with_traps())).split()).replace("\u200b", "")
    for trap in TRAPS:
        if trap.isascii():
            assert "".join(trap.split()) in text


def test_other_scripts_survive_and_pictures_are_named() -> None:
    text = text_of(render_pdf(replace(report(), remarks=("Łódź Şükrü Đặng", "Привет Ελλάδα", "feest 🎉 中"))))
    for words in ("Łódź Şükrü Đặng", "Привет Ελλάδα", "feest [party popper] [U+4E2D]"):
        assert words in text


def test_text_from_right_to_left_survives() -> None:
    text = text_of(render_pdf(replace(report(), remarks=("مرحبا",))))
    assert sorted(unicodedata.normalize("NFKC", text)).count("م") >= 1


def test_every_character_that_we_call_printable_has_a_shape() -> None:
    everything = [chr(code) for first, last in PRINTABLE_RANGES for code in range(first, last + 1)]
    lines = tuple(" ".join(everything[start : start + 64]) for start in range(0, len(everything), 64))
    assert render_pdf(replace(report(), remarks=lines))


def test_characters_without_a_shape_are_named_or_left_out() -> None:
    assert printable("a\u200e\ufeff\x00b\tc\u2003d") == "ab c d"
    assert printable(["🎉🎉", {"k": "字", "n": 5}]) == ["[party popper][party popper]", {"k": "[U+5B57]", "n": 5}]
    assert printable("e\u0301") == "é"


def test_the_same_content_gives_the_same_bytes(paper: bytes) -> None:
    assert render_pdf(report()) == paper


def test_a_report_of_nothing_still_is_a_document() -> None:
    empty = replace(report(), summary=(), key_figures=(), chapters=(), charts=(), tables=(), definitions=(), remarks=())
    assert opened(render_pdf(replace(empty, signed_on=date(2022, 2, 14), content_hash=""))).pages


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(PdfError, match=r"not ready after 0\.01 seconds"):
        render_pdf(report(), time_limit=0.01)


def test_a_document_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "_MARK", "<svg")
    with pytest.raises(PdfError, match=r"could not be made \(exit 1\): .*SVG"):
        render_pdf(report())
