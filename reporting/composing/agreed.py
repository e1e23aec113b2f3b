"""What was agreed with each payer and what was reached: a row for each figure of an agreement that has a target.

A target holds over the whole agreement, so what was reached is counted over it too, from its first day. That number has
its own place among all that a reader may be told: it is withheld, or shown, together with the same number elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from foundation.periods import Period
from reporting.composing.counted import Counted
from reporting.composing.layout import AGREED, ColumnSpec, TableSpec
from reporting.composing.lines import Elsewhere, Line
from reporting.documents.content import Column
from reporting.facts.rows import AgreementRow
from reporting.figures import CATALOGUE
from reporting.freezing.facts import FrozenFacts

TABLE = "T17"


@dataclass(frozen=True)
class Payer:
    """One agreement of a report: its row, and its id outside the report."""

    row: AgreementRow
    key: str

    @property
    def label(self) -> str:
        return f"{self.row.code}, {self.row.municipality_name}"

    def days(self, counted: Counted, reference: date) -> Period:
        """From its first day to its last, or as far as was counted."""
        end = counted.period.until(reference).end
        return Period(self.row.starts_on, min(self.row.ends_on or end, end))


Payers = Mapping[str, Payer]


def payers_of(facts: FrozenFacts) -> Payers:
    """Return the agreements of a report by their code."""
    keys = {part.agreement_id: part.key for part in facts.parts}
    return {row.code: Payer(row, keys[row.id]) for row in facts.agreements if row.id in keys}


def reached(payers: Payers, reference: date, counted: Counted) -> list[Line]:
    """Return what was reached, per agreement and figure with a target; beside it the figure, expected and target."""
    figure = counted["targets"]
    return [
        _line(payers[row["agreement"]], reference, counted, row, len(figure.people(_cell(payers, row))))
        for row in sorted(figure.value, key=_order)
    ]


def _line(payer: Payer, reference: date, counted: Counted, row: Mapping[str, Any], people: int) -> Line:
    expected = None if row["expected"] is None else round(row["expected"], 1)
    return Line(
        f"targets.{payer.key}.{row['figure']}",
        payer.label,
        row["realised"],
        people,
        elsewhere=Elsewhere(row["figure"], (payer.key,), payer.days(counted, reference)),
        beside=(str(CATALOGUE[row["figure"]].label), expected, row["target"]),
    )


def _cell(payers: Payers, row: Mapping[str, Any]) -> str:
    return f"{payers[row['agreement']].row.id}.{row['figure']}"


def _order(row: Mapping[str, Any]) -> tuple[str, int]:
    return row["agreement"], list(CATALOGUE).index(row["figure"])


def agreed(facts: FrozenFacts, reference: date) -> list[TableSpec]:
    """Return the table of what was agreed; none where no agreement has a target."""
    if not facts.targets:
        return []
    with_target = {row.figure for row in facts.targets}
    column = ColumnSpec("reached", _("Reached"), False, partial(reached, payers_of(facts), reference))
    return [agreed_table([figure_id for figure_id in CATALOGUE if figure_id in with_target], column)]


def agreed_table(with_target: Sequence[str], *columns: ColumnSpec) -> TableSpec:
    """Return how the table is laid out, given which figures have a target."""
    return TableSpec(
        TABLE,
        AGREED,
        _("What was agreed, and what was reached"),
        _("Agreement"),
        _("various"),
        columns,
        ("targets", *with_target),
        _("Over the whole agreement, from its first day. Expected: the target times the part of its days gone by."),
        beside=(
            Column("figure", _("Figure"), "text"),
            Column("expected", _("Expected by then"), "decimal"),
            Column("target", _("Target"), "decimal"),
        ),
    )


def own_specs(specs: Sequence[TableSpec], facts: FrozenFacts) -> list[TableSpec]:
    """Return the tables for one reader's part: what was agreed with a payer is told to that payer only."""
    payers = {row.municipality_id for row in facts.agreements}
    return [spec for spec in specs if spec.id != TABLE or len(payers) == 1]


def targets_over(facts: FrozenFacts, counted: Counted) -> dict[str, float]:
    """Return the targets of an agreement that runs over exactly the period: those stand beside the large numbers."""
    days = counted.period.start, counted.period.end
    same = {row.code for row in facts.agreements if (row.starts_on, row.ends_on) == days}
    found = [row for row in counted["targets"].value if row["agreement"] in same]
    return {row["figure"]: row["target"] for row in found} if len(facts.agreements) == 1 else {}
