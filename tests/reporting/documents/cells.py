"""What the sheets of a report must hold, told from its JSON, and where a sheet that was read says something else."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from reporting.documents.book import clean

FIXED_SHEETS = 4  # cover, contents, explanation and key figures
KEY_FIGURES = 3
UNDER_THE_HEADS = 3
Rows = list[list[Any]]


def expected_sheets(data: dict[str, Any]) -> list[tuple[Rows, Rows]]:
    """Heads and rows of the key figures and of each table, from the JSON of a report."""
    figures = [
        [
            figure["label"],
            figure["unit"],
            plain(figure),
            figure["previous"]["label"] if "not_applicable" not in figure["previous"] else "",
            plain(figure["previous"]),
            plain(figure["target"]),
            figure["note"],
            figure["definition"],
        ]
        for figure in data["key_figures"]
    ]
    return [([], figures), *(_table(table) for table in data["tables"])]


def _table(table: dict[str, Any]) -> tuple[Rows, Rows]:
    ids = [column["id"] for column in table["columns"][1:]]
    rows = [[row["name"], *(plain(row["cells"][each]) for each in ids)] for row in table["rows"]]
    return [[column["label"] for column in table["columns"]]], rows


def plain(number: dict[str, Any]) -> Any:
    """What stands in a cell for a number of the JSON: the number, the word, or nothing."""
    if "withheld" in number:
        return number["word"]
    return number.get("value", "")


def differences(data: dict[str, Any], sheets: Sequence[Rows]) -> list[str]:
    """Where the sheets of a workbook, as they were read, do not say what the JSON says."""
    wanted = expected_sheets(data)
    found: list[str] = []
    if len(sheets) != FIXED_SHEETS + len(wanted) - 1:
        return [f"{len(sheets)} sheets for {len(wanted) - 1} tables"]
    for number, (heads, rows) in enumerate(wanted, KEY_FIGURES):
        read = sheets[number]
        if len(read) != UNDER_THE_HEADS + len(rows):
            found.append(f"sheet {number}: {len(read)} rows, and {UNDER_THE_HEADS + len(rows)} wanted")
        pairs = zip([*heads, *rows], read[UNDER_THE_HEADS - len(heads) :], strict=False)
        for place, (row, cells) in enumerate(pairs):
            if len(row) != len(cells) or not all(is_same(one, other) for one, other in zip(row, cells, strict=False)):
                found.append(f"sheet {number}, row {place}: {cells} and not {row}")
    return found


def is_same(wanted: Any, cell: Any) -> bool:
    """Whether a cell holds what the JSON says; a program that reads it may tell numbers and days as text."""
    if isinstance(wanted, str):
        return clean(wanted) == (cell.isoformat() if isinstance(cell, date) else clean(str(cell)))
    number = _number(cell)
    return number is not None and math.isclose(wanted, number, rel_tol=1e-13)


def _number(cell: Any) -> float | None:
    if not isinstance(cell, str):
        return float(cell)
    try:
        return float(cell[:-1]) / 100 if cell.endswith("%") else float(cell)
    except ValueError:
        return None
