"""Text for a PDF that anybody can read: a character without a shape in the fonts makes PDF/UA refuse the document."""

import re
import unicodedata
from typing import Any

# Latin with its extensions, Greek, Cyrillic, Hebrew, Arabic with the Persian letters, punctuation, currencies, arrows
# and mathematics. Our own font has the Latin ones, those built into typst the others; a test compiles each of them.
PRINTABLE_RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x04FF),
    (0x05D0, 0x05EA),
    (0x0621, 0x063A),
    (0x0640, 0x0652),
    (0x0660, 0x066C),
    (0x067E, 0x067E),
    (0x0686, 0x0686),
    (0x0698, 0x0698),
    (0x06A9, 0x06A9),
    (0x06AF, 0x06AF),
    (0x06CC, 0x06CC),
    (0x06F0, 0x06F9),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x203E),
    (0x20A0, 0x20BF),
    (0x2190, 0x22FF),
)

_SHAPES = "".join(
    re.escape(chr(code))
    for first, last in PRINTABLE_RANGES
    for code in range(first, last + 1)
    if unicodedata.category(chr(code)) != "Cn"
)
_UNPRINTABLE = re.compile(f"[^\n{_SHAPES}]+")
_SILENT = {"Cc", "Cf", "Mn", "Me", "Cs", "Co", "Zl", "Zp"}


def printable(data: Any) -> Any:
    """The same data with each text in it printable: what has no shape is named, as in [party popper] or [U+4E2D]."""
    if isinstance(data, str):
        return _UNPRINTABLE.sub(_named, unicodedata.normalize("NFC", data))
    if isinstance(data, list):
        return [printable(each) for each in data]
    if isinstance(data, dict):
        return {key: printable(value) for key, value in data.items()}
    return data


def _named(found: re.Match[str]) -> str:
    names = [_name(character) for character in found.group() if unicodedata.category(character) not in _SILENT]
    return "".join(names) or (" " if "\t" in found.group() else "")


def _name(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    name = unicodedata.name(character, "")
    if not name or "IDEOGRAPH" in name:
        return f"[U+{ord(character):04X}]"
    return f"[{name.lower()}]"
