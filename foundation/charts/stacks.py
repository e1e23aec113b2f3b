"""Bars of a hundred per cent, cut in the same classes: how a whole is divided, now and at another time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from foundation.charts.figure import Chart
from foundation.charts.marks import Mark, Rect, Words, on_paper, on_screen
from foundation.charts.tables import Cell, DataTable, Row
from foundation.colours import WOAD, Palette

BAR, STEP, TOP = 26.0, 54.0, 20.0
LEAST_FOR_WORDS = 6.0  # per cent of the width that a number needs


@dataclass(frozen=True)
class Stack:
    """One bar: its label, the number of each class with its address, and the whole (which may hold its own address)."""

    label: str
    cells: Sequence[Cell]
    whole: Cell

    @property
    def numbers(self) -> list[int]:
        return [cell.value if isinstance(cell.value, int) else 0 for cell in self.cells]


@dataclass(frozen=True, kw_only=True)
class StackChart(Chart):
    """Stacked bars. `names` of the classes, from the darkest; the same numbers stand in a table under the drawing."""

    stacks: Sequence[Stack]
    names: Sequence[str]
    heading: str
    whole_name: str
    caption: str
    description: str

    template: ClassVar[str] = "components/charts/stacks.html"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to divide: then the words alone say so."""
        return not any(sum(stack.numbers) for stack in self.stacks)

    @property
    def height(self) -> int:
        return round(STEP * len(self.stacks))

    @property
    def size(self) -> str:
        """The class that gives the drawing its height: there are never more than four bars."""
        return f"chart-{min(4, max(1, len(self.stacks)))}"

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Each class of the bars: its style and its name."""
        return [(f"k{index}", name) for index, name in enumerate(self.names, start=1)]

    @property
    def numbers(self) -> DataTable:
        """The table under the drawing."""
        rows = [Row(stack.label, [*stack.cells, stack.whole]) for stack in self.stacks]
        return DataTable(self.caption, (self.heading, *self.names, self.whole_name), rows)

    @property
    def drawing(self) -> SafeString:
        """The marks for the screen."""
        return on_screen(self.marks)

    def paper(self, *, width: float = 620, palette: Palette = WOAD) -> str:
        """Return the chart as a whole SVG, `width` pixels wide, that needs no style sheet."""
        return on_paper(self.marks, width=width, height=self.height, palette=palette)

    @property
    def marks(self) -> list[Mark]:
        return [mark for index, stack in enumerate(self.stacks) for mark in self._bar(stack, index * STEP)]

    def _bar(self, stack: Stack, y: float) -> Iterator[Mark]:
        yield Words("", 0, y + 13, stack.label)
        whole, x = sum(stack.numbers), 0.0
        if not whole:
            yield Rect("c0", 0, y + TOP, 100, BAR, 4)
        for index, (cell, number) in enumerate(zip(stack.cells, stack.numbers, strict=True)):
            width = 100 * number / whole if whole else 0
            if not width:
                continue
            title = f"{stack.label}: {number} {self.names[index]}"
            yield Rect(f"k{index + 1}", x, y + TOP, width, BAR, 2, title, cell.url)
            if width >= LEAST_FOR_WORDS:
                yield Words(f"em on-k{index + 1}", x + width / 2, y + TOP + 18, str(number), "middle")
            x += width
