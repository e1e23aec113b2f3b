"""Count a report and write its content."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils import translation

from foundation.periods import Period
from reporting.composing.agreed import agreed, own_specs, targets_over
from reporting.composing.corrections import content_of, corrections, differences
from reporting.composing.counted import count_both
from reporting.composing.deciding import protection_of
from reporting.composing.demanded import splits_of, with_demands
from reporting.composing.layout import Names, TableSpec, chapters, definitions_of, names_of, tables
from reporting.composing.protection import KEY_FIGURES, Both
from reporting.composing.writing import (
    Part,
    charts,
    definitions,
    provisional_note,
    small_count_note,
    summary,
    summary_note,
)
from reporting.documents.content import Chapter, ReportContent, sealed
from reporting.figures import DEFINITIONS_VERSION
from reporting.freezing.facts import FrozenFacts
from reporting.models import Report
from reporting.provisional import provisional_words


@dataclass(frozen=True)
class Composed:
    """What is frozen: for the provider the exact figures and what was decided to withhold; the whole, and each payer's
    part by agreement."""

    figures: dict[str, Any]
    protection: dict[str, Any]
    whole: ReportContent
    parts: dict[UUID, ReportContent]


def compose(report: Report, facts: FrozenFacts) -> Composed:
    """Count the figures of ``report`` on its reference date and write what its readers may see.

    Everything follows from the frozen rows and from what the report itself says, so that counting again gives the
    same for ever. Small counts are withheld in the whole and in every part together; the strictest of what the
    agreements demand holds for all of them.
    """
    with translation.override(report.language):
        return _Composer(report, facts).compose()


class _Composer:
    def __init__(self, report: Report, facts: FrozenFacts) -> None:
        self.report, self.facts = report, facts
        self.period = Period(report.period_from, report.period_until)
        self.names: Names = names_of(facts)
        self.specs: list[TableSpec] = [
            *with_demands(tables(self.names, self.period), facts, self.period),
            *agreed(facts, report.reference_date),
        ]
        self.splits = splits_of(facts)

    def compose(self) -> Composed:
        of_part = self._facts_of_parts()
        reference = self.report.reference_date
        both: Both = {part: count_both(own, self.period, reference, self.splits) for part, own in of_part.items()}
        self.corrections = corrections(self.report, of_part, both, self.specs, self.splits)
        corrected = {part: (one.now, one.specs) for part, one in self.corrections.items()}
        protection = protection_of(self.report, both, self.specs, corrected)
        contents = {}
        for part, (now, before) in both.items():
            reader = Part(part, now, before, protection, targets=targets_over(of_part[part], now))
            contents[part] = self._compared(self._content(reader, of_part[part]), reader)
        return Composed(
            figures=_exact(both),
            protection=protection.data,
            whole=contents[None],
            parts={part: content for part, content in contents.items() if part is not None},
        )

    def _facts_of_parts(self) -> dict[UUID | None, FrozenFacts]:
        """The whole, and with several payers each agreement by itself."""
        keys = [UUID(part.key) for part in self.facts.parts] if len(self.facts.parts) > 1 else []
        return {None: self.facts, **{key: self.facts.of_agreement(key) for key in keys}}

    def _content(self, part: Part, facts: FrozenFacts) -> ReportContent:
        made = [table for spec in own_specs(self.specs, facts) if (table := part.table(spec)) is not None]
        if part.part in self.corrections and not part.is_silent:
            made.append(self.corrections[part.part].table(part))
        paid = facts.programmes_paid()
        used = definitions_of(self.specs, (*KEY_FIGURES, "both_outcomes"))
        return ReportContent(
            title=self.report.title,
            provider=self.report.provider.name,
            payers=tuple(dict.fromkeys(row.municipality_name for row in facts.agreements)),
            scope=", ".join(sorted({row.unit_name for row in paid})),
            programmes=tuple(sorted({row.name for row in paid})),
            period_start=self.period.start,
            period_end=self.period.end,
            reference_date=self.report.reference_date,
            number=self.report.number,
            version=self.report.version,
            status="draft",
            definitions_version=DEFINITIONS_VERSION,
            language="en" if self.report.language == "en" else "nl",
            summary=summary(part, self.report.provider.name, self.period),
            summary_note=summary_note(part),
            key_figures=part.key_figures(self.period, provisional_words(self.period, self.report.reference_date)),
            chapters=tuple(
                Chapter(chapter, title)
                for chapter, title in chapters().items()
                if any(table.chapter == chapter for table in made)
            ),
            tables=tuple(made),
            charts=tuple(charts(made, self.specs)),
            definitions=definitions(used),
            small_count_note=small_count_note(part),
            accountability=provisional_note(self.period, self.report.reference_date),
        )

    def _compared(self, content: ReportContent, part: Part) -> ReportContent:
        """A later version says where its numbers differ from the version it replaces."""
        replaced = content_of(self.report.replaces, part.part) if self.report.replaces else None
        table = differences(replaced, content) if replaced and not part.is_silent else None
        return sealed(replace(content, tables=(*content.tables, table)) if table else content)


def _exact(both: Both) -> dict[str, Any]:
    """All figures as counted, per part, for the provider and for checking later."""
    return {
        str(part or "whole"): {
            "now": {figure_id: figure.value for figure_id, figure in now.figures.items()},
            "before": {figure_id: figure.value for figure_id, figure in before.figures.items()},
        }
        for part, (now, before) in both.items()
    }
