"""What a drawing is made of: x in per cent of the width, y in pixels, so that text keeps its size at every width.

The same marks go to two places. On the screen they carry a class and the style sheet colours them. On paper
(typst reads no style sheet) they carry the colours themselves, and x becomes pixels.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from foundation.colours import Palette

WORDS = "words"
FONT = "Atkinson Hyperlegible"
INK, INK_2, EDGE, LINE, SUNK = "#23201b", "#5d564b", "#877e70", "#e7e0d4", "#f4efe7"

Place = Callable[[float], str]
Dress = Callable[[str], str]


@dataclass(frozen=True)
class Line:
    """A straight line."""

    css: str
    x1: float
    y1: float
    x2: float
    y2: float

    def svg(self, at: Place, dress: Dress) -> str:
        start = f'x1="{at(self.x1)}" ' if self.x1 else ""
        ends = f'{start}x2="{at(self.x2)}" y1="{short(self.y1)}" y2="{short(self.y2)}"'
        return f"<line{dress(self.css)} {ends}/>"


@dataclass(frozen=True)
class Rect:
    """A bar or a column; with `url` it is a link and with `title` it says what it is worth."""

    css: str
    x: float
    y: float
    width: float
    height: float
    radius: float = 0
    title: str = ""
    url: str = ""

    def svg(self, at: Place, dress: Dress) -> str:
        corner = f' rx="{short(self.radius)}"' if self.radius else ""
        box = f'x="{at(self.x)}" width="{at(self.width)}" y="{short(self.y)}" height="{short(self.height)}"{corner}'
        inside = f"<title>{escape(self.title)}</title>" if self.title else ""
        return _linked(f"<rect{dress(self.css)} {box}>{inside}</rect>", self.url)


@dataclass(frozen=True)
class Dot:
    """A round mark, round at every width; with `url` it is a link and with `title` it says what it is worth."""

    css: str
    x: float
    y: float
    radius: float
    title: str = ""
    url: str = ""

    def svg(self, at: Place, dress: Dress) -> str:
        inside = f"<title>{escape(self.title)}</title>" if self.title else ""
        box = f'cx="{at(self.x)}" cy="{short(self.y)}" r="{short(self.radius)}"'
        return _linked(f"<circle{dress(self.css)} {box}>{inside}</circle>", self.url)


@dataclass(frozen=True)
class Words:
    """A label; anchor is start, middle or end."""

    css: str
    x: float
    y: float
    text: str
    anchor: str = "start"

    def svg(self, at: Place, dress: Dress) -> str:
        anchor = "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        words = dress(f"{WORDS} {self.css}")
        return f'<text{words} x="{at(self.x)}" y="{short(self.y)}"{anchor}>{escape(self.text)}</text>'


@dataclass(frozen=True)
class Link:
    """Marks that together are one link, with words for what it opens."""

    marks: Sequence["Mark"]
    url: str = ""
    title: str = ""

    def svg(self, at: Place, dress: Dress) -> str:
        inside = "".join(mark.svg(at, dress) for mark in self.marks)
        if not self.url:
            return inside
        return f'<a href="{escape(self.url)}" tabindex="-1"><title>{escape(self.title)}</title>{inside}</a>'


Mark = Line | Rect | Dot | Words | Link


def on_screen(marks: Iterable[Mark]) -> SafeString:
    """Return the marks as SVG with classes only; links on marks stay out of the tab order (the table has the same)."""
    return SafeString(
        "".join(mark.svg(_per_cent, _class) for mark in marks)
        .replace('<text class="text ', '<text class="')
        .replace(' class="text"', "")
    )


def on_paper(marks: Iterable[Mark], *, width: float, height: float, palette: Palette) -> str:
    """Return a whole SVG of `width` by `height` pixels that needs no style sheet: colours and font are in the marks."""
    inks = _inks(palette)

    def at(x: float) -> str:
        return short(x * width / 100)

    def dress(css: str) -> str:
        given: dict[str, str] = {}
        for name in css.split():
            given.update(inks.get(name, {}))
        return "".join(f' {name}="{value}"' for name, value in given.items())

    body = "".join(_unlinked(mark).svg(at, dress) for mark in marks)
    size = f'width="{short(width)}" height="{short(height)}" viewBox="0 0 {short(width)} {short(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'


def short(number: float) -> str:
    """Write a number with two decimals at most, without zeros at the end."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def mix(colour: str, share: float, ground: str = "#ffffff") -> str:
    """Mix `share` (0 to 1) of a colour into a ground, both #rrggbb, as color-mix in srgb does."""
    parts = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(c * share + g * (1 - share)):02x}" for c, g in parts)


def _per_cent(x: float) -> str:
    return f"{short(x)}%" if x else "0"


def _class(css: str) -> str:
    css = css.removeprefix(WORDS).strip()  # the style sheet knows words by their element
    return f' class="{css}"' if css else ""


def _linked(svg: str, url: str) -> str:
    return f'<a href="{escape(url)}" tabindex="-1">{svg}</a>' if url else svg


def _unlinked(mark: Mark) -> Mark:
    if isinstance(mark, Link):
        return Link(mark.marks)
    if isinstance(mark, Dot):
        return Dot(mark.css, mark.x, mark.y, mark.radius)
    return Rect(mark.css, mark.x, mark.y, mark.width, mark.height, mark.radius) if isinstance(mark, Rect) else mark


def _inks(palette: Palette) -> Mapping[str, Mapping[str, str]]:
    """Say in attributes what draad.css says of the same classes."""
    round_end = {"stroke-linecap": "round"}
    return {
        "c0": {"fill": SUNK},
        "c1": {"fill": palette.org},
        "c2": {"fill": mix(palette.org, 0.34), "stroke": palette.org},
        "c1p": {"fill": mix(palette.org, 0.55), "stroke": palette.org, "stroke-dasharray": "3 2"},
        "c2p": {"fill": "#ffffff", "stroke": palette.org, "stroke-dasharray": "3 2"},
        "ce": {"fill": LINE},
        "k1": {"fill": palette.org},
        "k2": {"fill": mix(palette.org, 0.6)},
        "k3": {"fill": mix(palette.org, 0.28), "stroke": palette.org},
        "k4": {"fill": "#ffffff", "stroke": palette.org, "stroke-dasharray": "3 2"},
        "dots": {"stroke": mix(palette.org, 0.6), "stroke-width": "5", "stroke-dasharray": "0.1 5.5", **round_end},
        "on": {"fill": "#ffffff", "stroke": palette.org, "stroke-width": "2"},
        "mark-before": {"stroke": INK, "stroke-width": "2"},
        "mark-edge": {"stroke": "#ffffff", "stroke-width": "6"},
        "breakl": {"stroke": INK, "stroke-width": "2", "stroke-dasharray": "7 4"},
        "occ": {"fill": mix(palette.org, 0.08)},
        "axis": {"stroke": EDGE},
        "gridl": {"stroke": LINE},
        "ln": {"stroke": INK, "stroke-width": "2.5", **round_end},
        "ln-accent": {"stroke": palette.org, "stroke-width": "3", **round_end},
        "dash": {"stroke": INK_2, "stroke-width": "2", "stroke-dasharray": "2 5", **round_end},
        "mark": {"stroke": INK, "stroke-width": "2"},
        "range": {"fill": LINE, "stroke": EDGE, "stroke-dasharray": "4 3"},
        "pt": {"fill": INK},
        "pt-before": {"fill": INK_2},
        "knot-ink": {"fill": INK, "stroke": "#ffffff", "stroke-width": "2"},
        WORDS: {"fill": INK_2, "font-family": FONT, "font-size": "13"},
        "em": {"fill": INK, "font-weight": "700"},
        "on-k1": {"fill": "#ffffff"},
        "on-k2": {"fill": "#ffffff"},
    }
