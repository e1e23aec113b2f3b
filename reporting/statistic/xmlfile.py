"""The interim file as XML of our own, which nobody can take for the file of CBS.

There are three elements: the root, a line, and a value with the number of its kenmerk. None is an official name.
"""

import io
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.utils.translation import gettext as _

from reporting.statistic.export import MonthFile, Written
from reporting.statistic.interim import bundle
from reporting.statistic.lines import Line

ROOT = "draad_tussenbestand_geen_cbs_bestand"
LINE, VALUE = "regel", "waarde"


class XmlWriter:
    """Writes the lines as XML; a kenmerk without a value is left out."""

    format = "xml"
    is_official = False

    @property
    def label(self) -> str:
        return _("XML of our own, interim file")

    def write(self, file: MonthFile) -> Written:
        return bundle(file, extension="xml", content=_as_xml(file))


def _as_xml(file: MonthFile) -> bytes:
    stream = io.BytesIO()
    xml = XMLGenerator(stream, encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    about = {"maand": f"{file.month.period.start:%Y-%m}", "tekst": file.table.text, "regels": str(len(file.lines))}
    xml.startElement(ROOT, AttributesImpl(about))
    for line in file.lines:
        _write_line(xml, file, line)
    xml.endElement(ROOT)
    xml.endDocument()
    return stream.getvalue()


def _write_line(xml: XMLGenerator, file: MonthFile, line: Line) -> None:
    xml.startElement(LINE, AttributesImpl({}))
    for field in file.table.fields:
        if value := line.get(field.name, ""):
            xml.startElement(VALUE, AttributesImpl({"kenmerk": str(field.number), "naam": field.name}))
            xml.characters(value)
            xml.endElement(VALUE)
    xml.endElement(LINE)
