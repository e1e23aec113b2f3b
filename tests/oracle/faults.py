"""A catalogue of what an import must refuse, clause by clause, and of what it must accept.

Every entry is a small change to the valid folder `tests/data/small`, with the place where the error must be
reported: file, line as an editor shows it, and column. Where two columns contradict each other and the text does
not say which is named, both are allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

SMALL = Path(__file__).parents[1] / "data" / "small"
Files = dict[str, bytes]
Change = Callable[[Files], None]
ANY_COLUMN: tuple[str, ...] = ()


class Fault(NamedTuple):
    """A change that makes one error, and where that must be reported."""

    clause: str
    change: Change
    file: str
    line: int
    columns: tuple[str, ...]

    @property
    def title(self) -> str:
        """The clause, and where the error must stand."""
        return f"{self.clause} ({self.file}:{self.line}:{'|'.join(self.columns)})"


def small_folder() -> Files:
    """The bytes of every file of the valid folder."""
    return {path.name: path.read_bytes() for path in sorted(SMALL.glob("*.csv"))}


def write_files(files: Mapping[str, bytes], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def lines_of(files: Files, file: str) -> list[str]:
    return files[file].decode("utf-8").split("\n")


def set_lines(files: Files, file: str, lines: list[str]) -> None:
    files[file] = "\n".join(lines).encode("utf-8")


def cell_changed(file: str, line: int, column: str, value: str) -> Change:
    """One cell of a line gets another value. Only for lines without quotes."""

    def change(files: Files) -> None:
        lines = lines_of(files, file)
        cells = lines[line - 1].split(",")
        cells[lines[0].split(",").index(column)] = value
        lines[line - 1] = ",".join(cells)
        set_lines(files, file, lines)

    return change


def row_added(file: str, text: str) -> Change:
    """A line at the end of a file."""

    def change(files: Files) -> None:
        files[file] += (text + "\n").encode("utf-8")

    return change


def next_line(file: str) -> int:
    """The number that a line added to the end of the file gets."""
    return small_folder()[file].count(b"\n") + 1


def cell(clause: str, file: str, line: int, column: str, value: str, *others: str) -> Fault:
    """A fault made by changing one cell, reported in that column (or in one of the others)."""
    return Fault(clause, cell_changed(file, line, column, value), file, line, (column, *others))


def row(clause: str, file: str, text: str, *columns: str) -> Fault:
    """A fault made by a line added to the end of a file."""
    return Fault(clause, row_added(file, text), file, next_line(file), columns)


def both(*changes: Change) -> Change:
    def change(files: Files) -> None:
        for one in changes:
            one(files)

    return change


def replaced(file: str, old: str, new: str) -> Change:
    def change(files: Files) -> None:
        text = files[file].decode("utf-8")
        assert old in text
        files[file] = text.replace(old, new).encode("utf-8")

    return change


def content(file: str, value: bytes) -> Change:
    def change(files: Files) -> None:
        files[file] = value

    return change


def locate(files: Files, file: str, text: bytes) -> int:
    """The line of the first occurrence of a text."""
    return files[file][: files[file].index(text)].count(b"\n") + 1


class Changing(Protocol):
    """A fault, or something that must be accepted."""

    @property
    def change(self) -> Change: ...


Entry = TypeVar("Entry", bound=Changing)


def touched(change: Change) -> set[str]:
    """The files that a change makes different."""
    before, after = small_folder(), small_folder()
    change(after)
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def batches(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in as few lots as can be, no two of a lot in the same file."""
    lots: list[tuple[set[str], list[Entry]]] = []
    for entry in entries:
        files = touched(entry.change)
        for taken, lot in lots:
            if not taken & files:
                taken |= files
                lot.append(entry)
                break
        else:
            lots.append((files, [entry]))
    return [lot for _, lot in lots]
