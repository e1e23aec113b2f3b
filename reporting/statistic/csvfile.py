"""The interim file as CSV: one line per provision, under column names of our own."""

from django.utils.translation import gettext as _

from reporting.statistic.export import MonthFile, Written
from reporting.statistic.interim import as_csv, bundle


class CsvWriter:
    """Writes the lines as UTF-8 with commas. An empty cell is a kenmerk that is not in the file."""

    format = "csv"
    is_official = False

    @property
    def label(self) -> str:
        return _("CSV, interim file")

    def write(self, file: MonthFile) -> Written:
        names = [field.name for field in file.table.fields]
        rows = ([line.get(name, "") for name in names] for line in file.lines)
        return bundle(file, extension="csv", content=as_csv(names, rows))
