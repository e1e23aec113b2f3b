"""The colours of an organisation: three values, refused when people with weak sight could not read them."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WHITE = "#ffffff"
DARK_PANEL = "#242220"
LOWEST_CONTRAST = 7.0
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@dataclass(frozen=True)
class Palette:
    """An organisation's colour on light (`org`), pressed (`deep`) and on the dark theme (`bright`), as #rrggbb."""

    org: str
    deep: str
    bright: str


WOAD = Palette("#1f4f6b", "#153a50", "#93c6df")


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours (#rrggbb) as WCAG 2 counts it: 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def problems(palette: Palette) -> list[str]:
    """Return what is wrong with a palette, a sentence each, in the reader's language; empty when it may be used."""
    values = (palette.org, palette.deep, palette.bright)
    wrong = [value for value in values if not _HEX.fullmatch(value)]
    if wrong:
        return [
            _("Write the colour “%(value)s” as # and six digits, like #1f4f6b.") % {"value": value} for value in wrong
        ]
    pairs = ((palette.org, WHITE), (palette.deep, WHITE), (palette.bright, DARK_PANEL))
    return [_too_close(value, ground) for value, ground in pairs if contrast(value, ground) < LOWEST_CONTRAST]


def _too_close(value: str, ground: str) -> str:
    return _(
        "%(value)s on %(ground)s has a contrast of %(ratio).1f to 1, and 7 is the least. Choose a %(how)s colour."
    ) % {
        "value": value,
        "ground": ground,
        "ratio": contrast(value, ground),
        "how": _("darker") if ground == WHITE else _("lighter"),
    }


def validate_palette(palette: Palette) -> None:
    """Raise a ValidationError with every problem of the palette: for forms and admin."""
    if found := problems(palette):
        raise ValidationError(found)


def stylesheet(palette: Palette) -> str:
    """Return the style sheet that sets the palette; a ValidationError when it may not be used."""
    validate_palette(palette)
    return f":root{{--org:{palette.org};--org-deep:{palette.deep};--org-bright:{palette.bright}}}\n"
