"""The page of one figure: its number, what it is made of, and the list behind it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from foundation.charts import Cell, DataTable, Row
from foundation.clock import today
from foundation.periods import Period
from organisations.models import StaffMember
from reporting.facts import load
from reporting.figures import CATALOGUE, SPLITS, WHOLE, Figure, Question, Record, Unit, count_one, split
from reporting.figures.quality import CHECK_RULES
from reporting.figures.splits import SPLIT_FIGURES
from reporting.screens.filters import Choices, Filters
from reporting.screens.overview import payers_of
from reporting.screens.records import Lines, lines
from reporting.screens.words import (
    cell_label,
    code_names,
    number,
    percentage,
    split_label,
    split_names,
    unit_word,
)

IN_DAYS = {"lead_time", "running_time", "waiting_time", "slot_turnover", "re_entries", "picked_up_again", "occupancy"}


BY_VALUE = {"by_municipality": "municipality", "by_programme": "programme", "gender": "gender", "age_bands": "age_band"}
"""Figures that are a split themselves, and of what."""


@dataclass(frozen=True)
class Shown:
    """Which figure, split by what, and which cell of it."""

    figure_id: str
    by: str = ""
    cell: str = ""


class NumberPage:
    """Counts one figure and lays it out."""

    def __init__(self, asked: Filters, choices: Choices, shown: Shown) -> None:
        definition = CATALOGUE.get(shown.figure_id)
        if definition is None or (asked.coach and definition.needs_no_coach):
            raise Http404
        if shown.by and (shown.by not in SPLITS or shown.figure_id not in SPLIT_FIGURES):
            raise Http404
        self.asked, self.choices, self.shown, self.definition = asked, choices, shown, definition
        payers = payers_of(asked, choices)
        facts = load(
            asked.scope,
            Period(asked.period.start, asked.period.end),
            today(),
            agreements=payers,
            programmes=choices.programmes,
        )
        self.question = Question(facts, asked.period, today())
        self.figure = self._count()
        self.names = self._names()
        if shown.cell and shown.cell not in self.figure.cells and shown.cell not in self.names:
            raise Http404

    def _count(self) -> Figure:
        if self.shown.by:
            return split(self.question, self.shown.figure_id, self.shown.by)
        return count_one(self.question, self.shown.figure_id)

    def _names(self) -> dict[str, str]:
        if self.shown.by:
            return split_names(self.shown.by, self.choices)
        if self.definition.id == "targets":
            codes = {f"{row.id}": row.code for row in self.choices.agreements}
            return {cell: self._target_name(cell, codes) for cell in self.figure.cells}
        if self.definition.id in BY_VALUE:
            return split_names(BY_VALUE[self.definition.id], self.choices)
        return code_names(self.definition.id, self.choices.units)

    def _target_name(self, cell: str, codes: dict[str, str]) -> str:
        agreement, _dot, figure_id = cell.partition(".")
        return f"{codes.get(agreement, '')}: {CATALOGUE[figure_id].label}"

    @property
    def is_list(self) -> bool:
        """Whether there is one number, with a list behind it; else the page shows what the figure is made of."""
        return bool(self.shown.cell) or (WHOLE in self.figure.cells and not self.shown.by)

    @property
    def records(self) -> list[Record]:
        return self.figure.cell(self.shown.cell)

    def context(self, member: StaffMember, after: str) -> dict[str, Any]:
        """What the template shows."""
        return {
            "definition": self.definition,
            "rule": self._rule(),
            "title": self._title(),
            "unit": unit_word(self._unit(), len(self.records)),
            "number": len(self.records) if self.is_list else None,
            "amount_head": self._amount_head(),
            "lines": self._lines(member, after) if self.is_list else None,
            "parts": None if self.is_list else self._parts(),
            "measures": [] if self.is_list else self._measures(),
            "splits": self._splits(),
            "whole_url": self.asked.figure_url(self.definition.id, by=self.shown.by),
        }

    def _unit(self) -> Unit:
        """What the number counts; the figures with a target count various things."""
        return Unit.RECORDS if self.definition.unit is Unit.VARIOUS else self.definition.unit

    def _rule(self) -> str:
        """The exact rule; of one check of the files, its own."""
        rules = CHECK_RULES if self.definition.id == "data_quality" else {}
        return str(rules.get(self.shown.cell.partition(".")[0], self.definition.rule))

    def _title(self) -> str:
        label = str(self.definition.label)
        if self.shown.cell and self.shown.cell != "n":
            return f"{label}: {cell_label(self.definition.id, self.shown.cell, self.names)}"
        if self.shown.by and not self.shown.cell:
            return _("%(figure)s by %(split)s") % {"figure": label, "split": split_label(self.shown.by).lower()}
        return label

    def _lines(self, member: StaffMember, after: str) -> Lines:
        facts = self.question.facts if self.definition.id != "targets" else self.question.facts.whole_agreements
        return lines(
            self.records,
            member=member,
            trajectories={row.id: row for row in facts.trajectories},
            programmes=self.choices.programmes,
            after=after,
        )

    def _amount_head(self) -> str:
        """The head of the column with days or minutes; none where a record counts as one."""
        if self.definition.id == "sessions":
            return _("Minutes")
        return _("Days") if self.definition.id in IN_DAYS and any(record.amount for record in self.records) else ""

    def _parts(self) -> DataTable:
        """Every cell of the figure, each with its number as a link."""
        rows = [
            Row(
                cell_label(self.definition.id, cell, self.names),
                [Cell(self.figure.number(cell), self._cell_url(cell))],
            )
            for cell in self.figure.cells
            if cell and not (cell.startswith("matrix.") and not self.figure.number(cell))
        ]
        return DataTable(self._title(), (_("Part"), _("Count")), rows)

    def _cell_url(self, cell: str) -> str:
        return self.asked.figure_url(self.definition.id, cell, self.shown.by) if self.figure.number(cell) else ""

    def _measures(self) -> list[tuple[str, str]]:
        """What follows from the records and is no count: a middle value, a share, minutes."""
        if self.shown.by or not isinstance(self.figure.value, dict):
            return []
        words = {
            "mean": _("Average, in days"),
            "median": _("Middle value, in days"),
            "median_days": _("Middle value, in days"),
            "q1": _("A quarter took at most, in days"),
            "q3": _("Three quarters took at most, in days"),
            "minutes": _("Minutes together"),
        }
        found = [(label, number(self.figure.value[key])) for key, label in words.items() if key in self.figure.value]
        if "rate" in self.figure.value:
            found.append((_("Share"), percentage(self.figure.value["rate"])))
        return found

    def _splits(self) -> list[dict[str, Any]]:
        """The splits that this figure offers, as links."""
        if self.definition.id not in SPLIT_FIGURES:
            return []
        return [
            {
                "label": split_label(by),
                "url": self.asked.figure_url(self.definition.id, by=by),
                "current": by == self.shown.by,
            }
            for by in SPLITS
        ]
