"""Making a folder on which two counts differ small: rows are taken away as long as they still differ."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from tests.oracle.folder import Row, Rows
from tests.oracle.valid import KEYS, REFERENCES, violations

# From what takes most along with it to what takes nothing.
ORDER = (
    "participants", "trajectories", "slots", "agreements", "programmes", "assessments", "placements", "sessions",
    "outcomes", "events", "attendance", "certificates", "targets", "units",
)  # fmt: skip


def reduced(rows: Rows, still_differs: Callable[[Rows], bool], *, seconds: float = 60) -> Rows:
    """The smallest valid folder found within the time, by taking away halves, quarters, ... single rows."""
    until = monotonic() + seconds
    for name in ORDER:
        size = max(1, len(rows[name]) // 2)
        at = 0
        while monotonic() < until and rows[name] and at < len(rows[name]):
            tried = without(rows, name, rows[name][at : at + size])
            if not violations(tried) and still_differs(tried):
                rows = tried
            else:
                at += size
            if at >= len(rows[name]) and size > 1:
                at, size = 0, size // 2
    return rows


def without(rows: Rows, name: str, gone: list[Row]) -> Rows:
    """The rows without some of them, and without what refers to those; a `previous` is only blanked."""
    left = {other: list(lines) for other, lines in rows.items()}
    left[name] = [row for row in left[name] if row not in gone]
    if len(KEYS[name]) > 1:
        return left
    codes = {row[KEYS[name][0]] for row in gone}
    for column in [column for column, target in REFERENCES.items() if target == name]:
        for other in list(left):
            losing = [row for row in left[other] if row.get(column) in codes]
            if column == "previous":
                left[other] = [{**row, "previous": ""} if row in losing else row for row in left[other]]
            elif losing:
                left = without(left, other, losing)
    if name == "programmes":
        left["agreements"] = [unpaid(row, codes) for row in left["agreements"]]
    return left


def unpaid(agreement: Row, codes: set[str]) -> Row:
    kept = [code for code in agreement["programmes"].split("|") if code not in codes]
    return {**agreement, "programmes": "|".join(kept)}


def shown(rows: Rows) -> str:
    """The rows as a person would want to read them: blanks left out."""
    lines = []
    for name, found in rows.items():
        for row in found:
            lines.append(f"{name}: " + ", ".join(f"{column}={value}" for column, value in row.items() if value))
    return "\n".join(lines)
