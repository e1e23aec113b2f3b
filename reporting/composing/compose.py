"""Count a report and write its content."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from foundation.periods import Period
from reporting.composing.counted import Counted, count_both
from reporting.composing.layout import Names, TableSpec, chapters, definitions_of, names_of, tables
from reporting.composing.protection import KEY_FIGURES, Both, withheld_places
from reporting.composing.writing import Part, charts, definitions, summary, summary_note
from reporting.documents.content import Chapter, ReportContent, sealed
from reporting.figures import DEFINITIONS_VERSION
from reporting.models import Report
from trajectories.models import Agreement, Programme


@dataclass(frozen=True)
class Composed:
    """What is frozen: the exact figures (for the provider), the whole, and each payer's part by agreement."""

    figures: dict[str, Any]
    whole: ReportContent
    parts: dict[UUID, ReportContent]


def compose(report: Report) -> Composed:
    """Count the figures of ``report`` on its reference date and write what its readers may see.

    Small counts are withheld in the whole and in every part together; the highest threshold of the
    agreements holds for all of them.
    """
    with translation.override(report.language):
        return _Composer(report).compose()


class _Composer:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.period = Period(report.period_from, report.period_until)
        parts = report.parts.select_related("agreement__municipality").order_by("agreement__code")
        self.agreements = [part.agreement for part in parts]
        self.names: Names = names_of(report.provider, self.agreements)
        self.specs: list[TableSpec] = tables(self.names, self.period)

    def compose(self) -> Composed:
        both = self._count()
        threshold = max(agreement.small_count for agreement in self.agreements)
        hidden = withheld_places(both, self.specs, threshold)
        contents = {
            part: self._content(Part(part, now, before, hidden, targets=_targets(now)), threshold)
            for part, (now, before) in both.items()
        }
        return Composed(
            figures=_exact(both),
            whole=contents[None],
            parts={part: content for part, content in contents.items() if part is not None},
        )

    def _count(self) -> Both:
        """The whole, and with several payers each agreement by itself."""
        reference = self.report.reference_date
        everything = frozenset(agreement.pk for agreement in self.agreements)
        both: dict[UUID | None, tuple[Counted, Counted]] = {None: count_both(everything, self.period, reference)}
        if len(self.agreements) > 1:
            for agreement in self.agreements:
                both[agreement.pk] = count_both(frozenset({agreement.pk}), self.period, reference)
        return both

    def _content(self, part: Part, threshold: int) -> ReportContent:
        made = [table for spec in self.specs if (table := part.table(spec)) is not None]
        used = definitions_of(self.specs, (*KEY_FIGURES, "both_outcomes"))
        return sealed(
            ReportContent(
                title=self.report.title,
                provider=self.report.provider.name,
                payers=self._payers(part.part),
                scope=", ".join(self._units(part.part)),
                programmes=tuple(self._programmes(part.part)),
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
                key_figures=part.key_figures(self.period),
                chapters=tuple(
                    Chapter(chapter, title)
                    for chapter, title in chapters().items()
                    if any(table.chapter == chapter for table in made)
                ),
                tables=tuple(made),
                charts=tuple(charts(made, self.specs)),
                definitions=definitions(used),
                small_count_note=_small_count_note(threshold),
            )
        )

    def _of(self, part: UUID | None) -> list[Agreement]:
        return [agreement for agreement in self.agreements if part in {None, agreement.pk}]

    def _payers(self, part: UUID | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(agreement.municipality.name for agreement in self._of(part)))

    def _units(self, part: UUID | None) -> list[str]:
        programmes = Programme.objects.filter(agreements__in=self._of(part))
        return sorted(set(programmes.values_list("unit__name", flat=True)))

    def _programmes(self, part: UUID | None) -> list[str]:
        names = {programme.name for agreement in self._of(part) for programme in agreement.programmes.all()}
        return sorted(names)


def _targets(now: Counted) -> dict[str, float]:
    """The target per figure, where one agreement has one for it: targets of several payers are not added up."""
    found: dict[str, list[float]] = {}
    for target in now["targets"].value:
        found.setdefault(target["figure"], []).append(target["target"])
    return {figure_id: values[0] for figure_id, values in found.items() if len(values) == 1}


def _exact(both: Both) -> dict[str, Any]:
    """All figures as counted, per part, for the provider and for checking later."""
    return {
        str(part or "whole"): {
            "now": {figure_id: figure.value for figure_id, figure in now.figures.items()},
            "before": {figure_id: figure.value for figure_id, figure in before.figures.items()},
        }
        for part, (now, before) in both.items()
    }


def _small_count_note(threshold: int) -> str:
    if threshold <= 1:
        return ""
    return _(
        "“Too few” means: fewer than %(threshold)s people, or a number from which that could be worked out."
        " So nobody can be recognised. Zero is shown."
    ) % {"threshold": threshold}
