"""What goes beside the lines in an interim file: corrections, what each column is, and a manifest. One zip."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from reporting.documents.csvzip import plain_cell
from reporting.statistic.export import MonthFile, Written
from reporting.statistic.fields import REGULATION, Form
from reporting.statistic.lines import compact
from reporting.statistic.restating import Correction, Sent

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date on each file in the zip: fixed, so that the same month gives the same bytes."""
ZIP = "application/zip"

CORRECTION_COLUMNS = (
    "statistiekmaand",
    "registratienummer",
    "wijziging",
    "type_geleverd",
    "begindatum_geleverd",
    "einddatum_geleverd",
    "type_nu",
    "begindatum_nu",
    "einddatum_nu",
)
CHANGES = {"added": "toegevoegd", "changed": "gewijzigd", "gone": "vervallen"}


def bundle(file: MonthFile, *, extension: str, content: bytes) -> Written:
    """Return the zip with the lines in one format and what belongs to them."""
    files = {
        f"srg-tussenbestand-geen-cbs-bestand-{file.stem}.{extension}": content,
        f"correcties-{file.stem}.csv": as_csv(CORRECTION_COLUMNS, map(correction_row, file.corrections)),
        "kolommen.csv": _columns(file),
    }
    files["manifest.json"] = _manifest(file, files)
    name = f"srg-tussenbestand-geen-cbs-bestand-{file.stem}-{extension}.zip"
    return Written(name, _zipped(files), ZIP)


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV: UTF-8, comma, a header row. What a spreadsheet would run as a formula gets an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def correction_row(correction: Correction) -> list[str]:
    """A correction as it stands in the file: which month, which number, what was delivered and what is now."""
    head = [f"{correction.month.start:%Y-%m}", correction.registration, CHANGES[correction.change]]
    return head + _sent(correction.before) + _sent(correction.now)


def _sent(sent: Sent | None) -> list[str]:
    return [sent.kind, compact(sent.starts_on), compact(sent.ends_on)] if sent else ["", "", ""]


def _columns(file: MonthFile) -> bytes:
    """The data dictionary: per column the kenmerk it holds, how it is written and which codes there are."""
    rows = [
        [str(one.number), one.name, one.label, str(one.form), str(one.length or ""), " ".join(one.codes)]
        for one in file.table.fields
    ]
    notes = {Form.DIGITS: _("exactly so many digits"), Form.CODE: _("one of the codes"), Form.DAY: _("year month day")}
    notes |= {Form.TEXT: _("at most so many positions"), Form.FREE: _("free text without diacritics")}
    meaning = [[*row, notes[one.form]] for row, one in zip(rows, file.table.fields, strict=True)]
    return as_csv(("kenmerk", "kolom", "naam", "vorm", "lengte", "codes", "uitleg"), meaning)


def _manifest(file: MonthFile, files: dict[str, bytes]) -> bytes:
    month, table = file.month, file.table
    told = {
        "is_official_file": False,
        "what_it_is": _(
            "An interim file of Draad, not a file of CBS. The names in it are ours; the layout of CBS is not public."
        ),
        "municipality": month.municipality_code.zfill(4),
        "reporter": month.choices.reporter_code,
        "month": f"{month.period.start:%Y-%m}",
        "regulation": REGULATION,
        "checked_against_the_text_of": table.text,
        "is_verified_for_this_month": file.is_verified,
        "compare_first": "" if file.is_verified else table.compare_first,
        "later_ends": month.choices.later_ends,
        "months_back": month.choices.months_back,
        "rows": len(file.lines),
        "corrections": len(file.corrections),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return stream.getvalue()
