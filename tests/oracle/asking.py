"""A question in the words of `count`."""

from __future__ import annotations

from typing import Any

from tests.oracle.terms import Question


def keywords(question: Question) -> dict[str, Any]:
    """The keyword arguments of `count`, and of the product's own count, for one question."""
    return {
        "period_from": question.first,
        "period_to": question.last,
        "reference_date": question.reference,
        "agreements": question.agreements,
        "municipalities": question.municipalities,
        "programmes": question.programmes,
        "units": question.units,
    }
