"""What is wrong in an import folder, and where: `file:line:column: what is wrong and what would be right`."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """One error or warning in its place.

    Attributes:
        file: name of the file, with its ending.
        line: the line as an editor shows it; the header is 1; of a record over several lines its first.
        column: name of the column; empty when it is about the whole file or record.
        text: what is wrong and what would be right.
    """

    file: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.text}"


class ImportRefused(Exception):
    """The folder is not imported: nothing was written. ``faults`` says why, in the order of files and lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = list(faults)


def _on_one_line(text: str) -> str:
    """Text as a terminal can show it; what comes from a file may hold anything."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split()))


class Faults:
    """Collects faults, and puts them in the order of files, lines and columns.

    Args:
        order: names of the files, with their ending, in the order in which they are reported; others come last.
    """

    def __init__(self, order: Sequence[str]) -> None:
        self._order = {name: place for place, name in enumerate(order)}
        self._found: list[Fault] = []

    def add(self, file: str, line: int, column: str, text: str) -> None:
        self._found.append(Fault(file, line, _on_one_line(column), _on_one_line(text)))

    def __bool__(self) -> bool:
        return bool(self._found)

    def __iter__(self) -> Iterator[Fault]:
        return iter(sorted(self._found, key=self._place))

    def _place(self, fault: Fault) -> tuple[int, str, int]:
        return self._order.get(fault.file, len(self._order)), fault.file, fault.line
