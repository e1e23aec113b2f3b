"""Tables, charts and sentences of a report, from what was counted and what is withheld."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.periods import Period
from reporting.composing.counted import Counted
from reporting.composing.layout import ColumnSpec, TableSpec, period_name
from reporting.composing.lines import Line, across, of_figure
from reporting.composing.protection import KEY_FIGURES, Protection, total_of
from reporting.documents.content import WITHHELD, Cell, Chart, Column, Definition, KeyFigure, Sentence, Table
from reporting.figures import CATALOGUE
from reporting.provisional import first_provisional_day, provisional_months

MEDIAN_NEEDS = 10  # people: a median of fewer tells about one of them


class Part:
    """One reader's part of a report: the whole (None) or one payer's, with what it counted in both years."""

    def __init__(
        self, part: UUID | None, now: Counted, before: Counted, protection: Protection, *, targets: dict[str, float]
    ) -> None:
        self.part, self.now, self.before, self.protection, self.targets = part, now, before, protection, targets

    @property
    def is_silent(self) -> bool:
        """Whether no number of it can be told."""
        return self.protection.is_silent(self.part)

    def cell(self, line: Line, is_before: bool) -> Cell:
        """Return what may stand in a table for ``line``.

        A median is told where the number it rests on is: half a day in a median would tell whether that is even.
        """
        if line.is_count or line.value is None:
            return self.protection.cell(self.part, is_before, line)
        if line.people < MEDIAN_NEEDS or self.protection.hides(self.part, is_before, line.rests_on):
            return WITHHELD
        return round(line.value, 1) if self.protection.rounding == 1 else round(line.value)

    def figure(self, figure_id: str, *, is_before: bool = False) -> Cell:
        """Return what may be told of one plain figure."""
        counted = self.before if is_before else self.now
        return self.cell(of_figure(counted[figure_id]), is_before)

    def table(self, spec: TableSpec) -> Table | None:
        """Return the table, or nothing when it has no row in either column or the part tells nothing."""
        if self.is_silent:
            return None
        columns = across([column.rows(self._year(column)) for column in spec.columns])
        rows = [self._row(spec, columns, row) for row in columns[0]]
        if not rows:
            return None
        most = len(rows)
        totals = [next(iter(total_of(self._year(column), column.total)), None) for column in spec.columns]
        if all(total is not None for total in totals):
            cells = (self.cell(t, c.is_before) for t, c in zip(totals, spec.columns, strict=True) if t is not None)
            rows.append((_("Total"), *cells))
        return Table(
            id=spec.id,
            title=spec.title,
            chapter=spec.chapter,
            columns=_headings(spec),
            rows=tuple(rows),
            unit=spec.unit,
            note=spec.note,
            has_total=len(rows) > most,
            figure_ids=spec.figure_ids,
        )

    def _year(self, column: ColumnSpec) -> Counted:
        return self.before if column.is_before else self.now

    def _row(self, spec: TableSpec, columns: list[dict[str, Line]], row: str) -> tuple[Cell, ...]:
        """The name of a row, its numbers, and what stands beside them."""
        lines = [column[row] for column in columns]
        told = list(zip(spec.beside, lines[0].beside, strict=True))
        before = [cell for column, cell in told if column.kind == "text"]
        behind = [cell for column, cell in told if column.kind != "text"]
        numbers = [self.cell(line, column.is_before) for line, column in zip(lines, spec.columns, strict=True)]
        return (lines[0].label, *before, *numbers, *behind)

    def key_figures(self, period: Period, note: str = "") -> tuple[KeyFigure, ...]:
        """Return the four large numbers, each with the year before, its target, what counts in it, and a note."""
        before = period_name(period.year_before())
        return tuple(self._key_figure(figure_id, before, note) for figure_id in KEY_FIGURES)

    def _key_figure(self, figure_id: str, before: str, note: str) -> KeyFigure:
        definition = CATALOGUE[figure_id]
        return KeyFigure(
            id=figure_id,
            label=str(definition.label),
            unit=_("trajectories") if figure_id == "trajectories" else _("participants"),
            value=self.figure(figure_id),
            previous=self.figure(figure_id, is_before=True),
            previous_label=_("in %(period)s") % {"period": before},
            target=self.targets.get(figure_id),
            definition=str(definition.sentence),
            definition_version=definition.version,
            note=note,
        )


def _headings(spec: TableSpec) -> tuple[Column, ...]:
    before = [column for column in spec.beside if column.kind == "text"]
    behind = [column for column in spec.beside if column.kind != "text"]
    numbers = [_heading(spec, column) for column in spec.columns]
    return (Column("name", spec.first_column, "text"), *before, *numbers, *behind)


def _heading(spec: TableSpec, column: ColumnSpec) -> Column:
    return Column(column.id, column.label, "decimal" if spec.has_medians else "count")


def charts(tables: list[Table], specs: list[TableSpec]) -> list[Chart]:
    """Return the charts of those tables that are drawn."""
    drawn = {spec.id: DRAW[spec.chart] for spec in specs if spec.chart}
    return [drawn[table.id](table) for table in tables if table.id in drawn]


def _columns_chart(table: Table) -> Chart:
    return Chart(
        table_id=table.id,
        kind="paired_columns",
        title=_("When trajectories started and ended"),
        alt=_("Pairs of columns, one pair per part of the period: how many trajectories started and how many ended."),
        series=("started", "ended"),
        labels=tuple(short_name(str(row[0])) for row in table.rows[: len(table.rows) - table.has_total]),
    )


def short_name(months: str) -> str:
    """Return the name of a part of the period short enough to stand under a column: "jan – mar"."""
    return " – ".join(month.strip()[:3] for month in months.split("–"))


def _bars_chart(table: Table) -> Chart:
    return Chart(
        table_id=table.id,
        kind="bars",
        title=_("Which outcomes people found"),
        alt=_("Bars, one per outcome: how many participants found it in the period."),
        series=("now",),
    )


DRAW: dict[str, Callable[[Table], Chart]] = {"paired_columns": _columns_chart, "bars": _bars_chart}


def summary(part: Part, provider: str, period: Period) -> tuple[Sentence, ...]:
    """Return the report in short: the sentences that an alderman reads aloud."""
    return _took_part(part, provider, period), _found_work(part), _got_insight(part)


def _took_part(part: Part, provider: str, period: Period) -> Sentence:
    return Sentence.of(
        _("In %(period)s, %(provider)s guided **%(people)s** in **%(trajectories)s**."),
        period=period_name(period),
        provider=provider,
        people=_people(part.figure("participants")),
        trajectories=_trajectories(part.figure("trajectories")),
    )


def _found_work(part: Part) -> Sentence:
    return Sentence.of(_("**%(people)s** found paid work."), people=_people(part.figure("paid_work"), starts=True))


def _got_insight(part: Part) -> Sentence:
    return Sentence.of(
        _(
            "For **%(people)s** the trajectory gave insight into the help question."
            " After that, better fitting help came."
        ),
        people=_people(part.figure("help_question_insight")),
    )


def _people(cell: Cell, *, starts: bool = False) -> str:
    if not isinstance(cell, int):
        return _("Too few participants to show") if starts else _("too few participants to show")
    return ngettext("%(number)s participant", "%(number)s participants", cell) % {"number": cell}


def _trajectories(cell: Cell) -> str:
    if not isinstance(cell, int):
        return _("too few trajectories to show")
    return ngettext("%(number)s trajectory", "%(number)s trajectories", cell) % {"number": cell}


def summary_note(part: Part) -> str:
    """Say how many found both work and insight, since they count in both."""
    both = part.figure("both_outcomes")
    if not isinstance(both, int):
        return _("People who found both work and insight count in both. They are too few to show.")
    return _("People who found both work and insight count in both: %(number)s.") % {"number": both}


def small_count_note(part: Part) -> str:
    """Say in words which numbers are withheld and why, and to what the others are rounded."""
    protection, threshold = part.protection, part.protection.threshold
    if threshold <= 1:
        return ""
    if part.is_silent:
        return _(
            "So few people took part that every number, also a zero, would tell something about one of them. So this"
            " report has no numbers."
        )
    zeros = (
        _("Where a zero would give another number away, “too few” stands there too.")
        if protection.hides_zeros
        else _("Zero is shown.")
    )
    said = [
        _(
            "“Too few” means: fewer than %(threshold)s people, or a number from which that could be worked out, in this"
            " report or together with an earlier one. So nobody can be recognised."
        )
        % {"threshold": threshold},
        zeros,
    ]
    if protection.rounding > 1:
        said.append(
            _("All other numbers are rounded to %(rounding)s, each by itself, so rows need not add up to their total.")
            % {"rounding": protection.rounding}
        )
    return " ".join(said)


def provisional_note(period: Period, reference: date) -> tuple[Sentence, ...]:
    """Say from which day on the numbers may still change; nothing where all of them stand."""
    if not provisional_months(period, reference):
        return ()
    first = max(period.start, first_provisional_day(reference))
    return (
        Sentence.of(
            _(
                "The numbers from %(first)s on are provisional: what is entered after the reference date counts in the"
                " next report, as a correction."
            ),
            first=date_format(first, "j F Y"),
        ),
    )


def definitions(figure_ids: list[str]) -> tuple[Definition, ...]:
    """Return the definitions of these figures as they hold now, written out."""
    return tuple(
        Definition(
            figure_id=figure_id,
            label=str(CATALOGUE[figure_id].label),
            sentence=str(CATALOGUE[figure_id].sentence),
            rule=str(CATALOGUE[figure_id].rule),
            unit=unit_word(figure_id),
            version=CATALOGUE[figure_id].version,
        )
        for figure_id in figure_ids
    )


def unit_word(figure_id: str) -> str:
    """Return the word for what a figure counts."""
    words = {
        "persons": _("participants"),
        "trajectories": _("trajectories"),
        "episodes": _("times"),
        "sessions": _("sessions"),
        "half_days": _("half-days"),
        "certificates": _("certificates"),
        "placements": _("placements"),
        "slot_days": _("days"),
        "records": _("records"),
    }
    return words.get(CATALOGUE[figure_id].unit, _("various"))
