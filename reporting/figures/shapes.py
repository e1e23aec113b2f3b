"""How the records of a figure become its value, in the shape that ``manage.py figures`` prints."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reporting.figures.counting import WHOLE, Cells

Shape = Callable[[Cells], Any]


def plain(cells: Cells) -> int:
    """One number: how many records there are."""
    return len(cells[WHOLE])


def per_cell(cells: Cells) -> dict[str, int]:
    """The number in each cell, by the cell's name."""
    return {name: len(found) for name, found in cells.items()}


def nested(cells: Cells) -> dict[str, Any]:
    """The number in each cell, by the parts of its name: ``182.employed`` stands in ``182``."""
    result: dict[str, Any] = {}
    for name, found in cells.items():
        inner, *path = reversed(name.split("."))
        at = result
        for part in reversed(path):
            at = at.setdefault(part, {})
        at[inner] = len(found)
    return result


def under(prefix: str, cells: Cells) -> dict[str, int]:
    """The numbers of the cells whose name starts with ``prefix`` and a full stop, by the rest of the name."""
    start = f"{prefix}."
    return {name.removeprefix(start): len(found) for name, found in cells.items() if name.startswith(start)}


def empty(names: Iterable[str]) -> Cells:
    """Cells without records, so that a zero is shown."""
    return {name: [] for name in names}


def amounts(cells: Cells, name: str) -> list[int]:
    return [record.amount for record in cells[name]]


def mean(values: Sequence[int]) -> float | None:
    """The average; None without values."""
    return sum(values) / len(values) if values else None


def percentile(values: Sequence[int], fraction: float) -> float | None:
    """The value below which ``fraction`` lies, interpolated as PostgreSQL's ``percentile_cont``; None for no values."""
    if not values:
        return None
    ordered = sorted(values)
    whole, part = divmod(fraction * (len(ordered) - 1), 1)
    low = ordered[int(whole)]
    high = ordered[min(int(whole) + 1, len(ordered) - 1)]
    return low + part * (high - low)


def median(values: Sequence[int]) -> float | None:
    return percentile(values, 0.5)


def spread(cells: Cells) -> dict[str, float | None]:
    """Number, mean, median and quartiles of the days behind the cell ``n``."""
    days = amounts(cells, "n")
    return {
        "n": len(days),
        "mean": mean(days),
        "median": median(days),
        "q1": percentile(days, 0.25),
        "q3": percentile(days, 0.75),
    }


def share(part: int, whole: int) -> float | None:
    """A rate from 0 to 1; None where there is nothing to divide by."""
    return part / whole if whole else None
