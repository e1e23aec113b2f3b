"""What a report says: in the workbook that was downloaded, and on the page it was downloaded from."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from python_calamine import CalamineWorkbook

FIRST_TABLE = 4  # after cover, contents, explanation and key figures
UNDER_THE_HEADS = 3
Cells = list[list[Any]]


def key_figures_of(workbook: Path) -> Cells:
    """Label and value of each key figure, and what it is compared with."""
    rows = _sheets(workbook)[FIRST_TABLE - 1][1]
    return [[row[0], _plain(row[2])] for row in rows[UNDER_THE_HEADS:]]


def key_figures_on(page: Page) -> Cells:
    figures = page.locator("main .figs").first.locator(".fig")
    return [[_text(one.locator("dt")), _read(_text(one.locator(".big")))] for one in figures.all()]


def tables_of(workbook: Path) -> dict[str, Cells]:
    """Each table by its id, with its heads."""
    sheets = _sheets(workbook)[FIRST_TABLE:]
    return {
        name: [rows[2], *([_plain(cell) for cell in row] for row in rows[UNDER_THE_HEADS:])] for name, rows in sheets
    }


def tables_on(page: Page) -> dict[str, Cells]:
    found = page.locator("main table.tbl").all()
    return {str(table.get_attribute("id")): _rows(table) for table in found}


def _rows(table: Locator) -> Cells:
    rows = table.evaluate("table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim()))")
    return [rows[0], *([row[0], *map(_read, row[1:])] for row in rows[1:])]


def _sheets(workbook: Path) -> list[tuple[str, Cells]]:
    book = CalamineWorkbook.from_path(str(workbook))
    return [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]


def _text(locator: Locator) -> str:
    return re.sub(r"\s+", " ", locator.text_content() or "").strip()


def _read(text: str) -> Any:
    """The number that a text shows in Dutch; the text itself when it is a word."""
    found = re.fullmatch(r"(-?[\d.]+(?:,\d+)?)(%?)(?: \w+)?", text)
    if not found:
        return "" if text in {"–", "-"} else text
    number = float(found[1].replace(".", "").replace(",", "."))
    return round(number / 100 if found[2] else number, 2)


def _plain(cell: Any) -> Any:
    """A cell as the page can show it: shares in whole per cents, the rest with one decimal."""
    if not isinstance(cell, float):
        return cell
    return round(cell, 2) if 0 < abs(cell) < 1 else round(cell, 1)
