"""What people write into a report, as chapters of its content: stories, explanations of targets, plans."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from reporting.documents.content import Chapter, Part, ReportContent, Sentence, sealed
from reporting.figures import CATALOGUE
from reporting.models import ReportPart, ReportText, TextKind

STORIES, EXPLANATIONS, PLANS = "stories", "explanations", "plans"
WRITTEN = (STORIES, EXPLANATIONS, PLANS)


def with_texts(content: ReportContent, texts: Sequence[ReportText], part: ReportPart | None) -> ReportContent:
    """Return the content with the texts as its last chapters, sealed anew.

    One payer's part holds the explanations of its own agreement only; stories and plans stand in all.
    """
    bare = without_texts(content)
    own = [text for text in texts if part is None or text.agreement_id in {None, part.agreement_id}]
    with translation.override(content.language):
        written = _chapters(own, names_payer=len(content.payers) > 1)
    return sealed(replace(bare, chapters=(*bare.chapters, *written)))


def without_texts(content: ReportContent) -> ReportContent:
    """Return the content without what people wrote, sealed anew."""
    return sealed(replace(content, chapters=tuple(one for one in content.chapters if one.id not in WRITTEN)))


def _chapters(texts: Sequence[ReportText], *, names_payer: bool) -> list[Chapter]:
    def of(kind: TextKind) -> list[ReportText]:
        return [text for text in texts if text.kind == kind]

    explained = sorted(of(TextKind.EXPLANATION), key=_place)
    chapters = [
        Chapter(STORIES, _("Stories"), _told((text.title, text.text) for text in of(TextKind.STORY))),
        Chapter(EXPLANATIONS, _("Targets explained"), _told((_named(t, names_payer), t.text) for t in explained)),
        Chapter(PLANS, _("Plans"), _told(("", text.text) for text in of(TextKind.PLANS))),
    ]
    return [chapter for chapter in chapters if chapter.paragraphs]


def _place(text: ReportText) -> tuple[str, int]:
    return (text.agreement.code if text.agreement else "", list(CATALOGUE).index(text.figure))


def _named(text: ReportText, names_payer: bool) -> str:
    label = str(CATALOGUE[text.figure].label)
    return f"{label}, {text.agreement.municipality.name}" if names_payer and text.agreement else label


def _told(pieces: Iterable[tuple[str, str]]) -> tuple[Sentence, ...]:
    """Paragraphs as they were typed, each text under its title. Nothing in a text is read as mark-up."""
    paragraphs: list[Sentence] = []
    for title, text in pieces:
        if title:
            paragraphs.append(Sentence((Part(title, strong=True),)))
        paragraphs += [Sentence((Part(line),)) for line in paragraphs_of(text)]
    return tuple(paragraphs)


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text: pieces between blank lines, each on one line."""
    return [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text.strip().replace("\r", "")) if piece.strip()]
