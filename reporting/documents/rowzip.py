"""The rows behind a report, for the provider only: one CSV per kind of row, manifest and data dictionary, in a zip.

The rows are the frozen ones: whoever or whatever has an id stands there as a serial number that belongs to this report
alone. They come in as lines of JSON, the names of the columns first, and go out one by one.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from reporting.documents import wording
from reporting.documents.content import ReportContent
from reporting.documents.csvfiles import CsvZip
from reporting.documents.csvzip import manifest_of

Plain = str | int | float | None

LINES_AT_ONCE = 500

_OF_THE_TEXT = {"status", "signed_by", "signed_on", "content_sha256"}
"""What a draft and the signed report of the same rows say differently: the zip is made once for both."""

_SPOKEN = {bool, dict, list}
"""What JSON has and a CSV does not."""


@dataclass(slots=True)
class Rows:
    """One kind of row: its name, the hash of the frozen table, and its lines of JSON.

    `seen` fills up while the lines are read: the kinds of value that each column turned out to hold.
    """

    name: str
    sha256: str
    lines: Iterator[bytes]
    heads: list[str] = field(default_factory=list)
    seen: dict[str, set[type]] = field(default_factory=dict)

    def begin(self) -> None:
        """Read the line with the names of the columns."""
        first = next(self.lines, b"[]")
        self.heads = [str(name) for name in json.loads(first)]
        self.seen = {name: set() for name in self.heads}

    def plain(self) -> Iterator[list[Plain]]:
        """The rows below it, with values that a CSV can hold."""
        seen = [self.seen[name] for name in self.heads]
        while lines := list(islice(self.lines, LINES_AT_ONCE)):
            rows = json.loads(b"[%s]" % b",".join(lines))
            for kinds, column in zip(seen, zip(*rows, strict=True), strict=True):
                kinds.update(map(type, column))
            for row in rows:
                yield [_plain(value) if type(value) in _SPOKEN else value for value in row]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_rows(content: ReportContent, tables: Iterable[Rows], stream: BinaryIO) -> None:
    """Write the zip, one row after another: what is in memory does not grow with the rows."""
    archive = CsvZip(stream)
    described: list[tuple[str, str, str, str]] = []
    frozen: dict[str, str] = {}
    with wording.speaking(content):
        for table in tables:
            table.begin()
            name = f"{table.name}.csv"
            archive.add(name, table.name, table.heads, table.plain())
            frozen[name] = table.sha256
            described += [(name, head, _kind(head, table.seen[head]), _meaning(head)) for head in table.heads]
        said = [("*.csv", "*", "", text) for text in _conventions()]
        archive.add(
            "data_dictionary.csv", _("Data dictionary"), ("file", "column", "kind", "description"), said + described
        )
        about = {key: value for key, value in manifest_of(content).items() if key not in _OF_THE_TEXT}
        archive.close({**about, "frozen_sha256": frozen})


def _conventions() -> tuple[str, ...]:
    return (
        _("For the provider only: these rows are about single persons. Do not pass them on."),
        _("A number in a column that ends in id stands for one person, trajectory or thing, in this report only."),
        _("UTF-8, comma between the columns, the first row holds the ids of the columns."),
        _("An empty cell: not known, or does not apply."),
    )


def _kind(head: str, seen: set[type]) -> str:
    kinds = seen - {type(None)}
    if head == "id" or head.endswith("_id"):
        return _("Serial number")
    if kinds == {bool}:
        return _("true or false")
    if kinds and kinds <= {int}:
        return _("Whole number")
    if kinds & {dict, list}:
        return _("JSON")
    return _("Date, as 2021-12-31") if head.endswith("_on") else _("Text")


def _meaning(head: str) -> str:
    """What a column holds, where its name does not say it."""
    age_only = _("Gives the right age on the first day of the period; most often not the day of birth")
    return {
        **dict.fromkeys(("birth_year", "birth_month", "birth_day"), age_only),
        "starts_on": _("First day"),
        "ends_on": _("Last day; empty: still so"),
        "started_on": _("First day of the trajectory"),
        "ended_on": _("Last day of the trajectory; empty: still runs"),
        "dated_on": _("The day it happened"),
        "recorded_on": _("The day it was entered"),
        "is_imported": _("Came from an earlier system"),
        "small_count": _("Counts below this are withheld"),
    }.get(head, "")
