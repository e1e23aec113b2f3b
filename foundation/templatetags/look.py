"""The pieces of a screen that take data: {% load look %}. What they look like stands in static/css/draad.css."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation import clock
from foundation.charts.marks import Mark, on_screen
from foundation.forms import Segments
from foundation.look import drawings, sprite

register = template.Library()
register.tag("sprite", sprite.parse_sprite)

type_of_note = {
    "attend": ("note note-attend", "clock-o"),
    "error": ("note note-error", "exclamation-circle-o"),
    "": ("note", "information-circle-o"),
}
NOTHING = SafeString("")


# Icons and glyphs: beside a word, never instead of one


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, css: str = "") -> SafeString:
    """Draw heroicon `name` (20 px solid, or outline when it ends in -o), 1.25 times the height of the text."""
    return sprite.use(context, f"i-{name}", f"icon {css}".strip())


@register.simple_tag(takes_context=True)
def glyph(context: Context, name: str) -> SafeString:
    """Draw the small piece of thread for `name`: a glyph (run, start) or a state of a trajectory (running)."""
    return sprite.use(context, f"g-{drawings.GLYPH_OF_STATE.get(name, name)}", "glyph")


@register.simple_tag
def slack() -> SafeString:
    """Draw the slack piece of a hanging strand: first child of an li with classes is-slack is-knot."""
    return drawings.SLACK


@register.simple_tag
def art(name: str) -> SafeString:
    """Draw the line drawing `name` of an empty page: sun, needle, loop, spool or broken."""
    return drawings.art(name)


@register.simple_tag
def marks(drawing: Iterable[Mark]) -> SafeString:
    """Draw the marks of a small chart inside an svg element."""
    return on_screen(drawing)


# Dates as the office writes them


def _with_year(value: date, form: str) -> str:
    return date_format(value, form if value.year == clock.today().year else f"{form} Y")


@register.filter
def long_date(value: date | datetime) -> str:
    """Write dinsdag 3 november; with the year when it is another one than this year."""
    return _with_year(_day(value), "l j F")


@register.filter
def short_date(value: date | datetime) -> str:
    """Write 27 oktober; with the year when it is another one than this year."""
    return _with_year(_day(value), "j F")


@register.filter
def brief_date(value: date | datetime) -> str:
    """Write 27 okt, for where there is little room; with the year when it is another one than this year."""
    month = "b" if get_language() == "nl" else "M"  # Dutch writes months small
    return _with_year(_day(value), f"j {month}").replace(".", "")


@register.filter
def full_date(value: date | datetime) -> str:
    """Write 3 november 2026, always with the year: in reports and where a date is far away."""
    return date_format(_day(value), "j F Y")


def _day(value: date | datetime) -> date:
    return value.astimezone(clock.AMSTERDAM).date() if isinstance(value, datetime) else value


# Pieces


@register.simple_tag(takes_context=True)
def tag(
    context: Context, label: str, kind: str = "", icon: str = "", glyph: str = "", large: bool = False
) -> SafeString:
    """Show a state: always a word, with an icon or the glyph of a trajectory. Kinds: "", accent, attend."""
    css = " ".join(["tag", *([f"tag-{kind}"] if kind else []), *(["tag-l"] if large else [])])
    drawing = NOTHING
    if glyph:
        drawing = sprite.use(context, f"g-{drawings.GLYPH_OF_STATE.get(glyph, glyph)}", "glyph")
    elif icon:
        drawing = sprite.use(context, f"i-{icon}", "icon")
    return format_html('<span class="{}">{}{}</span>', css, drawing, label)


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """One step of the path above the heading; the last one has no url."""
    if url:
        return format_html('<a href="{}">{}</a><span aria-hidden="true">/</span>', url, label)
    return format_html('<span aria-current="page">{}</span>', label)


@register.simple_tag
def tabs(items: Iterable[Mapping[str, Any]], label: str) -> SafeString:
    """Show tabs as links. Items hold label, url, and when they have one: current (bool) and count (int)."""
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', label, _join(_tab(item) for item in items))


def _tab(item: Mapping[str, Any]) -> SafeString:
    count = item.get("count")
    number = NOTHING if count is None else format_html(' <span class="count">{}</span>', count)
    current = SafeString(' aria-current="page"') if item.get("current") else NOTHING
    return format_html('<a href="{}"{}>{}{}</a>', item["url"], current, item["label"], number)


@register.simple_tag(takes_context=True)
def filter_chip(context: Context, label: str, url: str) -> SafeString:
    """Show a filter that is on; the link goes to the same page without it."""
    return format_html(
        '<a class="chip chip-on" href="{}">{}{}<span class="visually-hidden">: {}</span></a>',
        url, label, sprite.use(context, "i-x-mark", "icon"), _("remove filter"),
    )  # fmt: skip


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


# Pieces with something inside


@register.simple_block_tag
def wrap(content: str, element: str, css: str = "", label: str = "") -> SafeString:
    """Put `element` around the content, or leave nothing behind when the content is blank."""
    if not content.strip():
        return NOTHING
    name = format_html(' aria-label="{}"', label) if label else NOTHING
    classes = format_html(' class="{}"', css) if css else NOTHING
    return format_html("<{}{}{}>{}</{}>", mark_safe(element), classes, name, content, mark_safe(element))  # noqa: S308


@register.simple_block_tag
def panel(
    content: str,
    title: str,
    *,
    id: str = "",  # noqa: A002  # what a template calls it
    aside: str = "",
    link: str = "",
    link_label: str = "",
    level: int = 2,
    css: str = "",
) -> SafeString:
    """Show one subject in a panel. At the right of its heading stands a word or a tag (`aside`), or a link (`link`)."""
    key = f"h-{id or slugify(title)}"
    right = NOTHING
    if link:
        right = format_html('<a class="small" href="{}">{}</a>', link, link_label)
    elif aside:
        right = _beside(aside)
    head = format_html('<div class="panel-head"><h{0} id="{1}">{2}</h{0}>{3}</div>', level, key, title, right)
    return format_html(
        '<section class="{}" aria-labelledby="{}">{}{}</section>', f"panel {css}".strip(), key, head, content
    )


def _beside(aside: str) -> SafeString:
    """Leave a tag as it is and make words quiet; words written in a template are safe text too, so look at the text."""
    if isinstance(aside, SafeString) and aside.startswith("<"):
        return aside
    return format_html('<span class="quiet small">{}</span>', aside)


@register.simple_block_tag(takes_context=True)
def note(context: Context, content: str, title: str, *, kind: str = "", icon: str = "", level: int = 2) -> SafeString:
    """Show something to know (""), to look at now (attend: one on a page at most) or to correct (error)."""
    css, usual = type_of_note[kind]
    drawing = sprite.use(context, f"i-{icon or usual}", "icon")
    return format_html('<section class="{0}">{1}<h{2}>{3}</h{2}>{4}</section>', css, drawing, level, title, content)


@register.simple_block_tag(takes_context=True)
def menu(context: Context, content: str, label: str) -> SafeString:
    """Show the seldom actions behind one button: links, or forms with one button."""
    drawing = sprite.use(context, "i-chevron-down", "icon")
    opener = format_html('<summary class="btn btn-secondary">{}{}</summary>', label, drawing)
    return format_html('<details class="menu">{}<div class="menu-list">{}</div></details>', opener, content)


@register.simple_block_tag
def nothing(content: str, drawing: str, *, title: str, level: int = 2, panel: bool = True) -> SafeString:
    """Say that there is nothing here, what that means, and the one thing to do (in the content)."""
    css = "panel empty" if panel else "empty"
    return format_html(
        '<section class="{0}">{1}<h{2}>{3}</h{2}>{4}</section>', css, drawings.art(drawing), level, title, content
    )


# Forms

MOST_SEGMENTS = 4


@register.filter
def error_count(form: BaseForm) -> int:
    """Count the messages of a form, those at a field and those about the whole."""
    return sum(len(found) for found in form.errors.values())


@register.filter
def first_control(field: BoundField) -> str:
    """Return the id of the control that an error leads to: of a row of choices the first."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.filter
def choice_shape(field: BoundField) -> dict[str, Any]:
    """Say how choices are drawn: toggles as chips, two to four choices as segments, more as a list."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple):
        return {"css": "chips", "input": "btn-check", "label": "chip", "plain": False}
    if isinstance(widget, Segments) or len(list(field)) <= MOST_SEGMENTS:
        css = f"seg {getattr(widget, 'css', '')}".strip()
        return {"css": css, "input": "btn-check", "label": "opt", "plain": False}
    return {"css": "choices", "input": "form-check-input", "label": "form-check-label", "plain": True}
