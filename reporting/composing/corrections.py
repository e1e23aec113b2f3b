"""What a report says about reports before it: corrections on the last one, and differences with a replaced version.

Corrections lay what an earlier report told, number by number, beside what counting its period gives now. Both sides are
withheld like any other number: what was told stands in the decision that was stored with the earlier report, and the
numbers of now are among those of this report when it is decided what to withhold (``composing.protection``), since who
reads that a number is not among the corrections knows that it did not change. What is withheld on both sides is left
out; what is withheld on one of them is a word there.

Over the year before, what counting now gives stands in this report anyway. Over another period a number that changed by
fewer people than the threshold is left out: it would tell about those who were entered late.

What depends on the reference date itself, and not on late entry, is not compared: whether somebody still works, or
picked up the thread again, and what is missing in the files.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from foundation.periods import Period
from reporting.composing.counted import Counted, count_over
from reporting.composing.layout import ColumnSpec, TableSpec, period_name
from reporting.composing.lines import Line, Rows, of_plain
from reporting.composing.places import Days, Place
from reporting.composing.protection import CORRECTED, KEY_FIGURES, Both, total_of
from reporting.composing.stored import Earlier
from reporting.composing.writing import Part
from reporting.disclosure import rounded
from reporting.documents.content import (
    ACCOUNTABILITY,
    WITHHELD,
    Cell,
    Column,
    ReportContent,
    Table,
    from_data,
)
from reporting.freezing.earlier import EARLIER, WHOLE
from reporting.freezing.facts import FrozenFacts
from reporting.models import Report, ReportPart

CORRECTIONS, DIFFERENCES = "C1", "V1"

BY_REFERENCE_DATE = frozenset({"sustained_work", "picked_up_again", "slot_turnover", "data_quality"})
"""Figures that change by the reference date alone."""

LATE = "late_records"


class Then(NamedTuple):
    """One number of an earlier report: what it was, and what stood in the report."""

    value: int
    cell: Cell


@dataclass(frozen=True)
class Correction:
    """An earlier signed report as one reader got it, and what its period gives now.

    ``specs``: the tables of this report with the rows that can be compared; ``told``: by place what was told then.
    """

    earlier: Report
    now: Counted
    days: Days
    scope: tuple[str, ...]
    specs: Sequence[TableSpec]
    told: Mapping[Place, "Then"]

    def table(self, part: Part) -> Table:
        """Return what changed since for one reader."""
        return Table(
            id=CORRECTIONS,
            title=_("Corrections on %(number)s") % {"number": f"{self.earlier.title} ({self.earlier.number})"},
            chapter=ACCOUNTABILITY,
            columns=(
                Column("name", _("Number"), "text"),
                Column("signed", _("In the signed report"), "count"),
                Column("now", _("Counted now"), "count"),
            ),
            rows=tuple(self._rows(part)),
            unit=_("various"),
            note=_(
                "Only numbers that changed. What was withheld and still is, is left out, and so is what changes by the"
                " reference date alone."
            ),
            figure_ids=KEY_FIGURES,
        )

    def _rows(self, part: Part) -> Iterator[tuple[Cell, ...]]:
        seen: set[Place] = set()
        for name, line in self._lines():
            place = self.days.place_of(line, self.scope)
            now = part.protection.cell(part.part, False, replace(line, key=f"{CORRECTED}{line.key}"))
            if line.key == LATE:
                yield name, None, now
            elif place not in seen and (before := self._before(place)) != now:
                yield name, before, now
            seen.add(place)

    def _lines(self) -> Iterator[tuple[str, Line]]:
        """Every number that is compared, with its name: the table and the row."""
        for spec in self.specs:
            for column in spec.columns:
                total = (replace(line, label=_("Total")) for line in total_of(self.now, column.total))
                for line in (*column.rows(self.now), *total):
                    yield f"{spec.title}: {line.label}" if spec.title else line.label, line

    def _before(self, place: Place) -> Cell:
        """What was told then. A row that was not there was a zero."""
        return self.told[place].cell if place in self.told else 0


Corrections = Mapping[UUID | None, Correction]


def corrections(
    report: Report,
    of_part: Mapping[UUID | None, FrozenFacts],
    both: Both,
    specs: Sequence[TableSpec],
    splits: Sequence[tuple[str, str]] = (),
) -> Corrections:
    """Return the earlier report of each part (None: the whole) with what its period gives now; few or none have one.

    Args:
        report: the report that tells the corrections.
        of_part: its frozen rows, of the whole and of each part.
        both: what was counted for it, over its period and the year before.
        specs: its tables.
        splits: what it splits out.
    """
    keys = of_part[None].words_of(EARLIER)
    reports = Report.objects.in_bulk(keys.values())
    found = {}
    for part, facts in of_part.items():
        earlier = reports.get(UUID(keys[code])) if (code := str(part or WHOLE)) in keys else None
        if earlier is not None:
            found[part] = correction_on(report, earlier, part, facts, both[part][1], specs, splits)
    return found


def correction_on(
    report: Report,
    earlier: Report,
    part: UUID | None,
    facts: FrozenFacts,
    year_before: Counted,
    specs: Sequence[TableSpec],
    splits: Sequence[tuple[str, str]],
) -> Correction:
    """Return what one part of ``report`` tells of an ``earlier`` one: given what it counted over the year before."""
    period, reference = Period(earlier.period_from, earlier.period_until), report.reference_date
    is_year_before = period == year_before.period
    now = year_before if is_year_before else count_over(facts, period, reference, splits)
    days = Days.of(now, reference)
    scope = (str(part),) if part else tuple(sorted(one.key for one in facts.parts))
    told, threshold = _told(earlier, scope), int((earlier.protection or {})["threshold"])
    families = {place.family for place in told if (place.start, place.end) == (days.start, days.end)}
    left_out = BY_REFERENCE_DATE | (frozenset() if is_year_before else {"age_bands"})

    def can_compare(line: Line) -> bool:
        place = days.place_of(line, scope)
        is_of_others = place.scope != scope or (line.elsewhere is not None and line.elsewhere.period is not None)
        if not line.is_count or is_of_others or place.family in left_out:
            return False
        was = told[place].value if place in told else 0
        is_told_enough = is_year_before or abs(int(line.value or 0) - was) >= threshold
        return is_told_enough and (place in told or place.family in families)

    found = [*_compared(specs, now, can_compare), _late_table(facts, period, earlier)]
    return Correction(earlier, now, days, scope, found, told)


def _compared(specs: Sequence[TableSpec], now: Counted, can_compare: Callable[[Line], bool]) -> Iterator[TableSpec]:
    """The large numbers, and the tables with the columns of the period itself and the rows that can be compared."""
    large = of_plain(*KEY_FIGURES, "both_outcomes")(now)
    yield _listed("", lambda _counted: [line for line in large if can_compare(line)])
    for spec in specs:
        own = [_narrowed(column, now, can_compare) for column in spec.columns if not column.is_before]
        for column in own:
            title = spec.title if len(own) == 1 else f"{spec.title}, {column.label}"
            yield replace(spec, title=title, columns=(replace(column, label=period_name(now.period)),))


def _narrowed(column: ColumnSpec, now: Counted, can_compare: Callable[[Line], bool]) -> ColumnSpec:
    """A column with the rows that can be compared. Its total is one of them, unless all rows still add up to it."""
    lines, total = column.rows(now), total_of(now, column.total)
    if all(can_compare(line) for line in (*lines, *total)):
        return column
    told = [line for line in (*lines, *(replace(one, label=_("Total")) for one in total)) if can_compare(line)]
    return replace(column, rows=lambda _counted: told, total="")


def _late_table(facts: FrozenFacts, period: Period, earlier: Report) -> TableSpec:
    """How many records of the period were entered after the earlier report was counted."""
    records, people = _entered_late(facts, period, earlier)
    line = Line(LATE, _("Records entered after its reference date"), records, people)
    return _listed("", lambda _counted: [line])


def _listed(title: str, rows: Rows) -> TableSpec:
    return TableSpec(CORRECTIONS, ACCOUNTABILITY, title, "", "", (ColumnSpec("now", "", False, rows),), ())


def _told(earlier: Report, scope: tuple[str, ...]) -> dict[Place, Then]:
    """What an earlier report told of the same agreements, by place."""
    stored = earlier.protection or {}
    rounding = int(stored.get("rounding", 1))
    return {
        number.place: Then(number.value, rounded(number.value, rounding) if cell.told else WITHHELD)
        for number, cell in Earlier(stored).cells.items()
        if number.place.scope == scope
    }


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
