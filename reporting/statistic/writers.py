"""The formats that can be chosen. The writer of the official XML is one more line here, once its layout is known."""

from reporting.statistic.csvfile import CsvWriter
from reporting.statistic.export import StatisticWriter
from reporting.statistic.xmlfile import XmlWriter

WRITERS: dict[str, StatisticWriter] = {writer.format: writer for writer in (CsvWriter(), XmlWriter())}
