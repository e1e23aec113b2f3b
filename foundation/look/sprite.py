"""One sprite per page: an icon is drawn once at the end of the page and used where it is needed.

Outside a {% sprite %} block (a fragment that replaces a row, a mail) the icon is written out where it stands.
"""

import re
from functools import lru_cache

from django.template import Context
from django.template.base import Node, NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_mini, heroicon_outline

from foundation.look.drawings import GLYPHS

SPRITE = "draad_sprite"
MINI = 'viewBox="0 0 20 20" fill="currentColor"'
OUTLINE = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6"'
GLYPH = 'viewBox="0 0 32 16"'
_SHELL = re.compile(r"^\s*<svg[^>]*>|</svg>\s*$")


def use(context: Context, key: str, css: str) -> SafeString:
    """Return the SVG for `key` (i-check, i-sun-o, g-run) with classes `css`; an unknown name is an error."""
    box, body = _shape(key)
    sprite: dict[str, str] | None = context.get(SPRITE)
    if sprite is None:
        return format_html('<svg class="{}" {} aria-hidden="true">{}</svg>', css, SafeString(box), SafeString(body))
    sprite[key] = f'<symbol id="{key}" {box}>{body}</symbol>'
    return format_html('<svg class="{}" aria-hidden="true"><use href="#{}"/></svg>', css, key)


@lru_cache(maxsize=256)
def _shape(key: str) -> tuple[str, str]:
    kind, name = key.split("-", 1)
    if kind == "g":
        return GLYPH, GLYPHS[name]
    if name.endswith("-o"):
        return OUTLINE, _SHELL.sub("", heroicon_outline(name.removesuffix("-o"), size=None)).strip()
    return MINI, _SHELL.sub("", heroicon_mini(name, size=None)).strip()


class SpriteNode(Node):
    """Everything between {% sprite %} and {% endsprite %}, and after it the drawings that it used."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        symbols: dict[str, str] = {}
        with context.push(**{SPRITE: symbols}):
            content = self.nodelist.render(context)
        return SafeString(f'{content}<svg class="d-none" aria-hidden="true">{"".join(symbols.values())}</svg>')


def parse_sprite(parser: Parser, _token: Token) -> SpriteNode:
    """Compile {% sprite %}: stands once, in base.html, around everything in the body."""
    nodelist = parser.parse(("endsprite",))
    parser.delete_first_token()
    return SpriteNode(nodelist)
