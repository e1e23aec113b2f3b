"""What a report says about reports before it: corrections on the last period, and differences with a replaced version.

Small counts. A correction tells two numbers about the same people, so it could tell who was entered late. Therefore:

- over the year before, what counting now gives stands in this report anyway, so the same cell is shown here;
- over another period before (a month, a quarter) a number is shown only when nothing small can follow from it: in the
  whole and in each part neither it nor a flow of that period is small, and it differs from what was signed by the
  threshold or more;
- what is not shown is left out, as is what did not change;
- how many records were entered later is withheld everywhere when it is about too few people anywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from foundation.periods import Period
from reporting.composing.protection import KEY_FIGURES
from reporting.composing.writing import Part
from reporting.disclosure import is_small
from reporting.documents.content import (
    ACCOUNTABILITY,
    WITHHELD,
    Cell,
    Column,
    ReportContent,
    Table,
    from_data,
)
from reporting.figures import CATALOGUE, Figure, count
from reporting.freezing.facts import FrozenFacts
from reporting.models import Report, ReportPart

CORRECTIONS, DIFFERENCES = "C1", "V1"
FLOWS = ("stock_start", "inflow", "outflow", "stock_end")


@dataclass(frozen=True)
class Recount:
    """An earlier signed report, and what its period gives now in the whole (None) and in each part."""

    earlier: Report
    is_year_before: bool
    figures: Mapping[UUID | None, Mapping[str, Figure]]
    late: Mapping[UUID | None, tuple[int, int]]
    threshold: int
    rounding: int

    def table(self, part: Part) -> Table | None:
        """Return what changed since for one reader; nothing where the earlier report had no such part."""
        signed = content_of(self.earlier, part.part)
        if signed is None:
            return None
        return Table(
            id=CORRECTIONS,
            title=_("Corrections on %(number)s") % {"number": self.earlier.number},
            chapter=ACCOUNTABILITY,
            columns=(
                Column("name", _("Figure"), "text"),
                Column("signed", _("In the signed report"), "count"),
                Column("now", _("Counted now"), "count"),
            ),
            rows=(*self._rows(part, signed), (_("Records entered after its reference date"), None, self._late(part))),
            unit=_("various"),
            note=_("Only figures that changed. Changes about too few people are left out."),
            figure_ids=KEY_FIGURES,
        )

    def _rows(self, part: Part, signed: ReportContent) -> Iterator[tuple[Cell, ...]]:
        for figure in signed.key_figures:
            if figure.id in KEY_FIGURES and isinstance(figure.value, int):
                now = self._now(part, figure.id, figure.value)
                if isinstance(now, int) and now != figure.value:
                    yield str(CATALOGUE[figure.id].label), figure.value, now

    def _now(self, part: Part, figure_id: str, signed: int) -> Cell:
        if self.is_year_before:
            return part.figure(figure_id, is_before=True)
        now = self.figures[part.part][figure_id].number()
        differs_enough = abs(now - signed) >= self.threshold
        return now if differs_enough and self.rounding == 1 and self._nothing_small(figure_id) else WITHHELD

    def _nothing_small(self, figure_id: str) -> bool:
        return not any(
            is_small(len(figures[name].people()), self.threshold)
            for figures in self.figures.values()
            for name in (figure_id, *FLOWS)
        )

    def _late(self, part: Part) -> Cell:
        if any(is_small(people, self.threshold) for _records, people in self.late.values()):
            return WITHHELD
        return self.rounding * round(self.late[part.part][0] / self.rounding)


def recount(
    report: Report, of_part: Mapping[UUID | None, FrozenFacts], threshold: int, rounding: int = 1
) -> Recount | None:
    """Count the period of the report before this one again; nothing when no such report was signed.

    Args:
        report: the report that tells the corrections.
        of_part: its frozen rows, of the whole (None) and of each part.
        threshold: numbers about fewer people are withheld.
        rounding: to what the numbers of the report are rounded.
    """
    earlier = next(iter(of_part[None].words_of("earlier_report")), None)
    if earlier is None:
        return None
    before = Report.objects.get(pk=earlier)
    period = Period(before.period_from, before.period_until)
    is_year_before = period == Period(report.period_from, report.period_until).year_before()
    wanted = () if is_year_before else (*KEY_FIGURES, *FLOWS)
    return Recount(
        before,
        is_year_before,
        {part: count(facts, period, report.reference_date, wanted) for part, facts in of_part.items()},
        {part: _entered_late(facts, period, before) for part, facts in of_part.items()},
        threshold,
        rounding,
    )


def _entered_late(facts: FrozenFacts, period: Period, before: Report) -> tuple[int, int]:
    """How many records dated in the period were entered after the reference date, and about how many people.

    Events, sessions and outcomes, on trajectories in scope; what an import brought in keeps no day of entry.
    """
    own = {row.id for row in facts.trajectories}
    late = [
        row.participant_id
        for rows in (facts.events, facts.sessions, facts.outcomes)
        for row in rows
        if row.dated_on in period
        and row.recorded_on > before.reference_date
        and not row.is_imported
        and row.trajectory_id in own
    ]
    return len(late), len(set(late))


def content_of(report: Report, part: UUID | None) -> ReportContent | None:
    """Return what a report said to the readers of the whole (None), or of the part of one agreement."""
    if part is None:
        return from_data(report.content)
    found: ReportPart | None = report.parts.exclude(content=None).filter(agreement=part).first()
    return from_data(found.content) if found else None


def differences(old: ReportContent, new: ReportContent) -> Table | None:
    """Return where the numbers of a version differ from the version it replaces; nothing when none does.

    Both versions are told to the same readers, so what is withheld in one stays withheld here.
    """
    before, after = dict(_numbers(old)), dict(_numbers(new))
    rows = [
        (label, before.get(label), after.get(label))
        for label in {**before, **after}
        if before.get(label) != after.get(label)
    ]
    if not rows:
        return None
    return Table(
        id=DIFFERENCES,
        title=_("Differences with version %(version)s") % {"version": old.version},
        chapter=ACCOUNTABILITY,
        columns=(
            Column("name", _("Number"), "text"),
            Column("old", _("Version %(version)s") % {"version": old.version}, "decimal"),
            Column("new", _("Version %(version)s") % {"version": new.version}, "decimal"),
        ),
        rows=tuple(rows),
        unit=_("various"),
    )


def _numbers(content: ReportContent) -> Iterator[tuple[str, Cell]]:
    """Every number with where it stands: the large ones, and each cell of each table."""
    for figure in content.key_figures:
        yield figure.label, figure.value
    for table in content.tables:
        if table.id in (CORRECTIONS, DIFFERENCES):
            continue
        for row in table.rows:
            name = ", ".join(
                str(cell) for column, cell in zip(table.columns, row, strict=True) if column.kind == "text"
            )
            for column, cell in zip(table.columns, row, strict=True):
                if column.kind != "text":
                    yield f"{table.id}, {name}, {column.label}", cell
