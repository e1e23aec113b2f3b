"""A report as a workbook to calculate with: cover, contents, notes, key figures, and one table a sheet."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from reporting.documents import wording
from reporting.documents.book import LONGEST_TEXT, Book, BookCell, Sheet, Style, Styled, unique_names, widths_of
from reporting.documents.content import ReportContent, Table
from reporting.documents.layout import counts_text, table_caption


def book_of(content: ReportContent) -> Book:
    """The workbook of a report; call it inside `wording.speaking(content)`, and write it there too."""
    words = (_("Cover"), _("Contents"), _("Explanation"), _("Key figures"))
    names = unique_names([*words, *(table.id for table in content.tables)])
    identity = wording.identity_text(content)
    return Book(
        title=f"{content.title}, {content.scope}",
        author=content.provider,
        subject=wording.number_text(content),
        language=content.language,
        made_on=content.signed_on or content.reference_date,
        foot=identity,
        page_words=_("Page {page} of {pages}"),
        withheld_word=wording.withheld_word(),
        sheets=(
            _cover(names[0], content),
            _contents(names, content, identity),
            _notes(names[2], content, identity),
            _key_figures(names[3], content, identity),
            *(_table(name, table, content, identity) for name, table in zip(names[4:], content.tables, strict=True)),
        ),
    )


def _cover(name: str, content: ReportContent) -> Sheet:
    facts = [*wording.facts(content), (_("Check number"), content.content_hash)]
    return Sheet(name, content.title, wording.lead_text(content), (28, 80), ("text", "text"), (), facts)


def _contents(names: list[str], content: ReportContent, identity: str) -> Sheet:
    tables = [table_caption(table) for table in content.tables]
    subjects = [_("About this report"), _("Contents"), _("Explanation and definitions"), _("Key figures"), *tables]
    heads = (_("Sheet"), _("What is in it"))
    rows = list(zip(names, subjects, strict=True))
    return Sheet(names[1], _("Contents"), identity, (16, 90), ("link", "wrapped"), heads, rows)


def _notes(name: str, content: ReportContent, identity: str) -> Sheet:
    heads = (_("Figure"), _("What counts?"), _("Rule"), _("What is counted"), _("Version"))
    rows = [(each.label, each.sentence, each.rule, each.unit, each.version) for each in content.definitions]
    styles: tuple[Style, ...] = ("wrapped", "wrapped", "wrapped", "wrapped", "wrapped")
    sheet = Sheet(name, _("Explanation"), identity, (32, 60, 60, 16, 12), styles, heads, rows)
    return replace(sheet, above=tuple(piece for text in _said(content) for piece in _pieces(text)))


def _said(content: ReportContent) -> list[str]:
    said = [sentence.text for sentence in (*content.summary, *content.accountability)]
    chapters = [paragraph.text for chapter in content.chapters for paragraph in chapter.paragraphs]
    fixed = [
        _("A cell with “%(word)s” is withheld: it is about too few people.") % {"word": wording.withheld_word()},
        _("An empty cell means that the number does not apply."),
        _("Percentages are shares: 0.5 shows as 50%%.") % {},
        content.small_count_note,
        content.summary_note,
    ]
    return [text for text in (*said, *chapters, *fixed, *content.remarks) if text]


def _key_figures(name: str, content: ReportContent, identity: str) -> Sheet:
    heads = (_("Figure"), _("What is counted"), _("Value"), _("Compared with"), _("Value then"), _("Target"))
    return Sheet(
        name,
        _("Key figures"),
        identity,
        (36, 16, 14, 22, 14, 14, 24, 80),
        ("text", "text", "count", "text", "count", "decimal", "text", "text"),
        (*heads, _("Remark"), _("What counts?")),
        list(_figure_rows(content)),
    )


def _figure_rows(content: ReportContent) -> Iterator[tuple[BookCell, ...]]:
    for figure in content.key_figures:
        yield (
            figure.label,
            figure.unit,
            Styled(figure.value, figure.kind),
            figure.previous_label if figure.previous is not None else None,
            Styled(figure.previous, figure.kind),
            figure.target,
            figure.note or None,
            figure.definition,
        )


def _table(name: str, table: Table, content: ReportContent, identity: str) -> Sheet:
    about = " ".join(part for part in (counts_text(table, content), table.note) if part)
    return Sheet(
        name,
        table_caption(table),
        " · ".join(part for part in (about, identity) if part),
        widths_of(table.columns),
        tuple(column.kind for column in table.columns),
        tuple(column.label for column in table.columns),
        table.rows,
    )


def _pieces(text: str) -> list[str]:
    """A long text in cells that are not too long, one below the other."""
    return [text[start : start + LONGEST_TEXT] for start in range(0, len(text), LONGEST_TEXT)]
