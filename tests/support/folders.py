"""An import folder to play with: the small one, copied, edited and loaded."""

import csv
from pathlib import Path

import pytest

from config.imports import import_folder
from foundation.imports.faults import ImportRefused
from foundation.imports.running import Summary

DATA = Path(__file__).parents[1] / "data"
NAME = "Voorbeeldbedrijf"


def load(folder: Path, *, provider: str | None = NAME, dry_run: bool = False) -> Summary:
    """Import a folder, in silence."""
    return import_folder(folder, provider=provider, dry_run=dry_run, progress=lambda text: None)


def refused(folder: Path, *, provider: str = NAME) -> list[tuple[str, int, str]]:
    """The places of the faults of a folder that must not go in."""
    with pytest.raises(ImportRefused) as caught:
        load(folder, provider=provider)
    return [fault[:3] for fault in caught.value.faults]


def edit(folder: Path, file: str, row: dict[str, str], **cells: str) -> None:
    """Change cells of the first row of a file that holds ``row``."""
    path = folder / f"{file}.csv"
    with path.open(newline="") as source:
        reader = csv.DictReader(source)
        rows, names = list(reader), list(reader.fieldnames or ())
    found = next(one for one in rows if row.items() <= one.items())
    found.update(cells)
    with path.open("w", newline="") as target:
        writer = csv.DictWriter(target, names)
        writer.writeheader()
        writer.writerows(rows)


def add(folder: Path, file: str, line: str) -> None:
    """Add a line at the end of a file."""
    with (folder / f"{file}.csv").open("a") as target:
        target.write(line + "\n")


def only(folder: Path, file: str, *lines: str) -> None:
    """Leave one file in the folder, with these lines."""
    for path in folder.glob("*.csv"):
        path.unlink()
    (folder / f"{file}.csv").write_text("\n".join(lines) + "\n")
