"""Months of the statistic, made by hand: valid unless told otherwise."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from foundation.periods import Period
from reporting.statistic.fields import table_for
from reporting.statistic.findings import Finding, Looked
from reporting.statistic.selection import Choices, Month, Ran, Somebody

OCTOBER = Period.month(2025, 10)
AFTER = date(2025, 11, 3)


def somebody(**more: Any) -> Somebody:
    """Somebody of 40 whose BSN passes the eleven-test."""
    known: dict[str, Any] = {
        "id": uuid.uuid4(),
        "name": "Samira el Amrani",
        "sort_name": "amrani samira",
        "bsn": "999990019",
        "birth_year": 1985,
        "birth_month": 5,
        "birth_day": 17,
        "gender": "f",
        "capacity": "10",
        "aim": "1",
    }
    return Somebody(**{**known, **more})


def ran(person: Somebody | None = None, **more: Any) -> Ran:
    """Coaching since September that still runs, on an agreement with a ground for the BSN."""
    known: dict[str, Any] = {
        "id": uuid.uuid4(),
        "registration": uuid.uuid4().hex[:15],
        "kind": "40",
        "starts_on": date(2025, 9, 1),
        "description": "Begeleiding",
        "unit_id": uuid.uuid4(),
        "has_bsn_ground": True,
    }
    return Ran(person=person or somebody(), **{**known, **more})


def month(*lines: Ran, around: Sequence[Ran] = (), period: Period = OCTOBER, **choices: Any) -> Month:
    """A month with these lines; ``around`` is what else the same people used."""
    chosen = Choices(**{"reporter_code": "0307", **choices})
    return Month(period, "0307", chosen, lines, (*lines, *around))


def looked(seen: Month, **more: Any) -> Looked:
    return Looked(**{"month": seen, "table": table_for(seen.period), "today": AFTER, "sent": {}, **more})


def ids(findings: Sequence[Finding]) -> set[str]:
    return {finding.rule.id for finding in findings}
