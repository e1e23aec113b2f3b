"""Charts of a report as SVG: x in per cent, y in pixels, so that text keeps its size at every width.

One drawing serves page and paper. Its classes are those of the house's stylesheet, which wins on a page; its fills are
attributes, which count where no stylesheet comes: in the PDF. Nothing in it needs an inline style.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from reporting.documents.content import Cell, Chart, Kind, Table, Withheld
from reporting.documents.wording import cell_text, withheld_word

PAPER_WIDTH = 640
COLUMNS_HEIGHT = 224
_TOP, _BASE, _NAMES = 20, 190, 210
_MARGIN = 6
_BAR_ROW = 34

_INK, _INK_2, _EDGE, _LINE, _SUNK = "#23201b", "#5d564b", "#877e70", "#e7e0d4", "#f4efe7"
_ACCENT, _TINT = "#1f4f6b", "#b3c4cd"
_SERIES = (("c1", f'fill="{_ACCENT}"'), ("c2", f'fill="{_TINT}" stroke="{_ACCENT}"'))
_FONT = 'font-family="Atkinson Hyperlegible" font-size="13"'


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a chart: its name, and per series the value to draw (None: nothing) and the text that stands by it."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


def marks_of(chart: Chart, table: Table) -> list[Mark]:
    """The rows of the table that the chart draws: all but the total."""
    rows = table.rows[:-1] if table.has_total else table.rows
    names = chart.labels or tuple(str(row[0]) for row in rows)
    places = [table.column_at(column_id) for column_id in chart.series]
    kinds = [table.columns[place].kind for place in places]
    return [
        Mark(
            name,
            tuple(_drawn(row[place]) for place in places),
            tuple(cell_text(row[place], kind) for place, kind in zip(places, kinds, strict=True)),
        )
        for name, row in zip(names, rows, strict=True)
    ]


def _drawn(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def hides_something(chart: Chart, table: Table) -> bool:
    """Whether the chart leaves out a mark because its number is withheld."""
    rows = table.rows[:-1] if table.has_total else table.rows
    return any(isinstance(row[table.column_at(column_id)], Withheld) for row in rows for column_id in chart.series)


def key_of(chart: Chart, table: Table) -> list[tuple[str, str]]:
    """The legend: the class of each series and its label; none for a single series."""
    if len(chart.series) < 2:
        return []
    labels = [table.columns[table.column_at(column_id)].label for column_id in chart.series]
    return [(name, label) for (name, _), label in zip(_SERIES, labels, strict=True)]


def top_of(marks: list[Mark]) -> float:
    """The highest value drawn; 1 where there is none, so that nothing is divided by zero."""
    return max((value for mark in marks for value in mark.values if value is not None), default=0) or 1


def on_page(chart: Chart, table: Table, *, element_id: str) -> str:
    """Paired columns for a page. `element_id` makes the ids of title and description unique on it."""
    inside = "".join(_columns(chart, table))
    return (
        f'<svg class="chart" role="img" aria-labelledby="{element_id}-t {element_id}-d">'
        f'<title id="{element_id}-t">{escape(chart.title)}</title><desc id="{element_id}-d">{escape(chart.alt)}</desc>'
        f"{inside}</svg>"
    )


def on_paper(chart: Chart, table: Table) -> str:
    """The whole chart for paper, legend included, PAPER_WIDTH pixels wide."""
    if chart.kind == "bars":
        marks = marks_of(chart, table)
        return _sheet(_BAR_ROW * len(marks), "".join(_bars(marks)))
    key = "".join(_paper_key(chart, table))
    shift = 24 if key else 0
    inside = f'{key}<g transform="translate(0 {shift})">{"".join(_columns(chart, table))}</g>'
    return _sheet(COLUMNS_HEIGHT + shift, inside)


def _sheet(height: int, inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAPER_WIDTH}" height="{height}">{inside}</svg>'


def _columns(chart: Chart, table: Table) -> Iterator[str]:
    marks = marks_of(chart, table)
    kind = table.columns[table.column_at(chart.series[0])].kind
    step, top = _steps(top_of(marks), smallest=1 if kind == "count" else 0)
    yield from _grid(step, top, kind)
    width = (100 - _MARGIN) / max(len(marks), 1)
    with_numbers = len(marks) * len(chart.series) <= 12
    for i, mark in enumerate(marks):
        left = _MARGIN + i * width
        yield from _pair(mark, left=left, width=width, top=top, with_numbers=with_numbers)
        yield _text(f"{left + width / 2:.2f}%", _NAMES, mark.name)


def _steps(highest: float, *, smallest: float) -> tuple[float, float]:
    """The distance between the lines of the grid, and the value at the top of the chart."""
    size = 10.0
    while size > 0.001 and highest / size < 2:
        size /= 10
    while highest / size > 20:
        size *= 10
    step = max(smallest, next(size * times for times in (1, 2, 5, 10) if highest / (size * times) <= 4))
    return step, step * -(-highest // step)


def _grid(step: float, top: float, kind: Kind) -> Iterator[str]:
    value = step
    while value <= top * 1.001:
        y = _height(value, top)
        yield f'<line class="gridl" stroke="{_LINE}" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text("0", y - 4, cell_text(round(value, 6), kind), anchor="start")
        value += step
    yield f'<line class="axis" stroke="{_EDGE}" x1="0" x2="100%" y1="{_BASE}" y2="{_BASE}"/>'


def _pair(mark: Mark, *, left: float, width: float, top: float, with_numbers: bool) -> Iterator[str]:
    each = width * 0.72 / len(mark.values)
    for i, (value, text) in enumerate(zip(mark.values, mark.texts, strict=True)):
        x = left + width * 0.14 + i * each
        middle = f"{x + each / 2:.2f}%"
        if value is None:
            yield _text(middle, _BASE - 5, "×" if text == withheld_word() else text)
            continue
        name, fill = _SERIES[i]
        y = _height(value, top)
        yield f'<rect class="{name}" {fill} x="{x:.2f}%" width="{each * 0.94:.2f}%" y="{y:.1f}" '
        yield f'height="{_BASE - y:.1f}" rx="2"><title>{escape(mark.name)}: {escape(text)}</title></rect>'
        if with_numbers:
            yield _text(middle, y - 5, text)


def _height(value: float, top: float) -> float:
    return _BASE - (_BASE - _TOP) * max(value, 0) / top


def _bars(marks: list[Mark]) -> Iterator[str]:
    top = top_of(marks)
    for i, mark in enumerate(marks):
        y = i * _BAR_ROW
        yield _text("0", y + 13, mark.name, anchor="start", fill=_INK)
        yield _text("100%", y + 13, mark.texts[0], anchor="end", fill=_INK)
        if mark.values[0] is not None:
            width = 100 * max(mark.values[0], 0) / top
            yield f'<rect fill="{_SUNK}" x="0" width="100%" y="{y + 19}" height="9" rx="4"/>'
            yield f'<rect fill="{_ACCENT}" x="0" width="{width:.2f}%" y="{y + 19}" height="9" rx="4"/>'


def _paper_key(chart: Chart, table: Table) -> Iterator[str]:
    x = 0
    for name, label in key_of(chart, table):
        fill = dict(_SERIES)[name]
        yield f'<rect {fill} x="{x + 0.5}" y="2.5" width="11" height="11" rx="2"/>'
        yield _text(str(x + 18), 13, label, anchor="start")
        x += 18 + 7 * len(label) + 28


def _text(x: str, y: float, words: str, *, anchor: str = "middle", fill: str = _INK_2) -> str:
    return f'<text x="{x}" y="{y:.0f}" text-anchor="{anchor}" fill="{fill}" {_FONT}>{escape(words)}</text>'
