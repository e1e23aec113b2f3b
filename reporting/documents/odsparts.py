"""What surrounds the cells in an ODS file: styles, properties, the frozen header rows and the list of parts."""

from reporting.documents.book import Book, Sheet, Style, clean

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}

_COUNTRIES = {"nl": "NL", "en": "GB"}

TAIL = "</office:spreadsheet></office:body></office:document-content>"

_NUMBERS = (
    '<number:number-style style:name="n-count"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<number:number-style style:name="n-decimal"><number:number number:decimal-places="1" '
    'number:min-decimal-places="1" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<number:percentage-style style:name="n-percent"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
    '<number:date-style style:name="n-date"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    "</number:date-style>"
)

_WRAP = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
_BOLD = '<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'

_CELLS: dict[Style, tuple[str, str]] = {
    "text": ("", ""),
    "title": ("", f'{_BOLD} fo:font-size="14pt"/>'),
    "head": (
        "",
        '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" '
        f'fo:border-bottom="0.75pt solid #000000"/>{_BOLD}/>',
    ),
    "wrapped": ("", _WRAP),
    "link": ("", ""),
    "word": ("", '<style:paragraph-properties fo:text-align="end"/><style:text-properties fo:color="#5d564b"/>'),
    "count": ("n-count", ""),
    "days": ("n-decimal", ""),
    "decimal": ("n-decimal", ""),
    "percent": ("n-percent", ""),
    "date": ("n-date", '<style:paragraph-properties fo:text-align="start"/>'),
}


def escaped(text: str) -> str:
    """A text inside XML, also between double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def head(book: Book) -> str:
    """The start of content.xml: the styles of sheets, columns, numbers and cells."""
    widths = sorted({width for sheet in book.sheets for width in sheet.widths})
    columns = "".join(
        f'<style:style style:name="w{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 0.2:.1f}cm"/></style:style>'
        for width in widths
    )
    sheet = (
        '<style:style style:name="sheet" style:family="table" style:master-page-name="Default">'
        '<style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>'
    )
    cells = "".join(_cell_style(name, number, inside) for name, (number, inside) in _CELLS.items())
    return (
        f"{_root('document-content')}<office:automatic-styles>{columns}{sheet}{_NUMBERS}{cells}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
    )


def _cell_style(name: str, number: str, inside: str) -> str:
    data = f' style:data-style-name="{number}"' if number else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{data}>'
        f"{inside}</style:style>"
    )


def others(book: Book) -> dict[str, str]:
    """The parts that follow on content.xml, each by its name in the zip."""
    return {
        "styles.xml": _styles(book),
        "meta.xml": _meta(book),
        "settings.xml": _settings(book),
        "META-INF/manifest.xml": _manifest(),
    }


def _styles(book: Book) -> str:
    country = _COUNTRIES[book.language]
    pages = escaped(book.page_words)
    pages = pages.replace("{page}", "<text:page-number>1</text:page-number>")
    pages = pages.replace("{pages}", "<text:page-count>1</text:page-count>")
    return (
        f"{_root('document-styles')}<office:styles>"
        '<style:default-style style:family="table-cell"><style:text-properties '
        f'style:font-name="sans" fo:font-family="sans-serif" fo:font-size="10pt" fo:language="{book.language}" '
        f'fo:country="{country}"/></style:default-style>'
        '<style:style style:name="Default" style:family="table-cell"/></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties '
        'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.5cm" '
        'style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"><style:footer>'
        f"<text:p>{escaped(clean(book.foot))} · {pages}</text:p></style:footer></style:master-page>"
        "</office:master-styles></office:document-styles>"
    )


def _meta(book: Book) -> str:
    made = f"{book.made_on.isoformat()}T00:00:00"
    return (
        f"{_root('document-meta')}<office:meta><meta:generator>Draad</meta:generator>"
        f"<dc:title>{escaped(clean(book.title))}</dc:title><dc:subject>{escaped(clean(book.subject))}</dc:subject>"
        f"<meta:initial-creator>{escaped(clean(book.author))}</meta:initial-creator>"
        f"<dc:creator>{escaped(clean(book.author))}</dc:creator>"
        f"<meta:creation-date>{made}</meta:creation-date><dc:date>{made}</dc:date>"
        f"<dc:language>{book.language}-{_COUNTRIES[book.language]}</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _settings(book: Book) -> str:
    frozen = "".join(_frozen(sheet) for sheet in book.sheets if sheet.columns and not sheet.above)
    return (
        f'{_root("document-settings")}<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        f'<config:config-item-map-named config:name="Tables">{frozen}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def _frozen(sheet: Sheet) -> str:
    """The header row and the first column stay in sight."""
    items = {
        "HorizontalSplitMode": ("short", 2),
        "VerticalSplitMode": ("short", 2),
        "HorizontalSplitPosition": ("int", 1),
        "VerticalSplitPosition": ("int", sheet.first_row),
        "ActiveSplitRange": ("short", 3),
        "PositionRight": ("int", 1),
        "PositionBottom": ("int", sheet.first_row),
    }
    inside = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, (kind, value) in items.items()
    )
    return f'<config:config-item-map-entry config:name="{escaped(sheet.name)}">{inside}</config:config-item-map-entry>'


def _manifest() -> str:
    parts = {
        "/": "application/vnd.oasis.opendocument.spreadsheet",
        **dict.fromkeys(("content.xml", "styles.xml", "meta.xml", "settings.xml"), "text/xml"),
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in parts.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{_NAMES["manifest"]}" '
        f'manifest:version="1.3">{entries}</manifest:manifest>'
    )


def _root(element: str) -> str:
    names = " ".join(f'xmlns:{short}="{name}"' for short, name in _NAMES.items() if short != "manifest")
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{element} {names} office:version="1.3">'
