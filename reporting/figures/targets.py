"""Targets: what an agreement aims at, what was realised, and what would be expected by now."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from foundation.periods import Period
from reporting.facts.rows import AgreementRow, TargetRow
from reporting.figures.catalogue import CATALOGUE, figure
from reporting.figures.counting import WHOLE, Cells, Question, Unit


def elapsed(agreement: AgreementRow, asked: Question) -> Period:
    """From the agreement's first day to the earlier of its last day and the end of the period."""
    return Period(agreement.starts_on, min(agreement.ends_on or asked.period.end, asked.period.end))


def holding(asked: Question) -> list[tuple[AgreementRow, TargetRow]]:
    """The targets of the agreements in scope that had started, by agreement and figure.

    Only a figure that is a plain number can have one. Of targets that follow each other, the one that
    holds on the last day counted; a tranche's own goes before one that holds as long as the agreement.
    """
    found: dict[tuple[UUID, str], tuple[AgreementRow, TargetRow]] = {}
    for target in asked.facts.targets:
        agreement = asked.agreements.get(target.agreement_id)
        known = CATALOGUE.get(target.figure)
        if agreement is None or agreement.starts_on > asked.period.end or known is None or not known.is_plain:
            continue
        last = elapsed(agreement, asked).end
        if (target.starts_on or last) <= last <= (target.ends_on or last):
            other = found.get((agreement.id, target.figure), (agreement, target))[1]
            if (other.starts_on or date.min) <= (target.starts_on or date.min):
                found[agreement.id, target.figure] = (agreement, target)
    return sorted(found.values(), key=lambda pair: (pair[0].code, pair[1].figure, str(pair[0].id)))


def compared(asked: Question, cells: Cells) -> list[dict[str, Any]]:
    """Per agreement and figure: target, realised, and what is expected by the days that have passed."""
    return [
        {
            "agreement": agreement.code,
            "figure": target.figure,
            "target": number(target.target),
            "realised": len(cells[f"{agreement.id}.{target.figure}"]),
            "expected": expected(agreement, target.target, elapsed(agreement, asked)),
        }
        for agreement, target in holding(asked)
    ]


def number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def expected(agreement: AgreementRow, target: Decimal, so_far: Period) -> float | None:
    """The target times the days passed divided by the days of the agreement, both end days counted."""
    if agreement.ends_on is None:
        return None
    return float(Fraction(target) * so_far.days / Period(agreement.starts_on, agreement.ends_on).days)


@figure(
    "targets",
    Unit.VARIOUS,
    label=_("Targets"),
    sentence=_("What was agreed with the payer, what is reached, and what would be expected by now."),
    rule=_(
        "Per agreement and figure with a target. Realised: that figure over the whole agreement, from its first day"
        " to its last or the end of the period. Expected: target times days passed divided by days of the agreement."
        " Agreements that had not started are left out."
    ),
    compare=compared,
)
def targets(asked: Question) -> Cells:
    cells: Cells = {}
    for agreement, target in holding(asked):
        whole = Question(
            asked.facts.whole_agreements, elapsed(agreement, asked), asked.reference, agreement=agreement.id
        )
        cells[f"{agreement.id}.{target.figure}"] = CATALOGUE[target.figure].find(whole)[WHOLE]
    return cells
