"""Cells, dates and fixed words as a reader sees them, in the language that is active (`speaking`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats, translation
from django.utils.translation import gettext as _

from reporting.documents.content import Cell, KeyFigure, Kind, ReportContent, Withheld

NOTHING = "–"
"""Stands where a number does not apply."""

NUMERIC_KINDS: frozenset[Kind] = frozenset({"count", "decimal", "percent", "days"})


@contextmanager
def speaking(content: ReportContent) -> Iterator[None]:
    """Write in the language of the report, whoever asks for it."""
    with translation.override(content.language):
        yield


def cell_text(cell: Cell, kind: Kind) -> str:
    """A cell as text: 1.234, 12,5, 24%, 31 december 2021, te weinig; a dash where it does not apply."""
    if isinstance(cell, Withheld):
        return withheld_word()
    if cell is None:
        return NOTHING
    if isinstance(cell, date):
        return day_text(cell)
    return cell if isinstance(cell, str) else _number_text(cell, kind)


def withheld_word() -> str:
    """The word that stands in place of a withheld count."""
    return _("too few")


def _number_text(number: float, kind: Kind) -> str:
    if kind == "percent":
        return f"{_grouped(number * 100, 0)}%"
    whole = kind == "count" or float(number).is_integer()
    return _grouped(number, 0 if whole else 1)


def _grouped(number: float, decimals: int) -> str:
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    plain = f"{rounded:,.{decimals}f}"
    if translation.get_language() == "nl":
        return plain.translate(str.maketrans(",.", ".,"))
    return plain


def day_text(day: date) -> str:
    """31 december 2021."""
    return formats.date_format(day, "j F Y")


def period_text(content: ReportContent) -> str:
    """1 januari tot en met 31 december 2021."""
    start, end = content.period_start, content.period_end
    first = formats.date_format(start, "j F") if start.year == end.year else day_text(start)
    return _("%(first)s up to and including %(last)s") % {"first": first, "last": day_text(end)}


def listed(names: tuple[str, ...]) -> str:
    """Amersfoort, Leusden en Soest."""
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}


def status_text(content: ReportContent) -> str:
    """The state of the report in one or two words."""
    return {"draft": _("Draft"), "signed": _("Signed"), "replaced": _("Replaced by a newer version")}[content.status]


def number_text(content: ReportContent) -> str:
    """AMF-2022-001, versie 1."""
    return _("%(number)s, version %(version)d") % {"number": content.number, "version": content.version}


def lead_text(content: ReportContent) -> str:
    """What it is about and who pays for it, in one line."""
    payers = listed(content.payers)
    return (
        _("%(scope)s, commissioned by %(payers)s") % {"scope": content.scope, "payers": payers}
        if payers
        else content.scope
    )


def short_hash(content: ReportContent) -> str:
    """The first twelve characters of the check number, in groups of four: 9f3c 71d0 4be2."""
    return " ".join(content.content_hash[i : i + 4] for i in (0, 4, 8)) if content.content_hash else ""


def identity_text(content: ReportContent) -> str:
    """What stands on every page and sheet: AMF-2022-001, versie 1 · Ondertekend · 9f3c 71d0 4be2."""
    parts = (number_text(content), status_text(content), short_hash(content))
    return " · ".join(part for part in parts if part)


def previous_text(figure: KeyFigure) -> str:
    """in 2020: 51; empty where there is nothing to compare with."""
    if figure.previous is None:
        return ""
    return f"{figure.previous_label}: {cell_text(figure.previous, figure.kind)}"


def target_text(figure: KeyFigure) -> str:
    """doel 60; empty where there is none over the period."""
    if figure.target is None:
        return ""
    return _("target %(number)s") % {"number": cell_text(figure.target, "decimal")}


def table_number(table_id: str) -> str:
    """Tabel 1, for T1; another id as it is."""
    if table_id[0] == "T" and table_id[1:].isdigit():
        return _("Table %(number)s") % {"number": table_id[1:]}
    return table_id


def facts(content: ReportContent) -> list[tuple[str, str]]:
    """What the cover says about the report: label and value."""
    signed = f"{content.signed_by}, {day_text(content.signed_on)}" if content.signed_on else ""
    definitions = _("Version %(version)s") % {"version": content.definitions_version}
    if content.definitions_note:
        definitions = f"{definitions}, {content.definitions_note}"
    return [
        (label, value)
        for label, value in (
            (_("Organisation"), content.provider),
            (_("Commissioned by"), listed(content.payers)),
            (_("Programmes"), listed(content.programmes)),
            (_("Period"), period_text(content)),
            (_("Reference date"), day_text(content.reference_date)),
            (_("Number"), number_text(content)),
            (_("Status"), status_text(content)),
            (_("Signed"), signed),
            (_("Definitions"), definitions),
        )
        if value
    ]
