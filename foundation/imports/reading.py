"""Reading one CSV file record by record, with the line an editor shows, and never more of it than a record."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from django.utils.translation import gettext as _

LONGEST_FIELD = 100_000
# What runs on for longer than this is a quote that nobody closed, or no text: then we stop reading.
_LONGEST_RUN = 5_000_000
_QUOTED = re.compile(r'"[^"]*"')


class Record(NamedTuple):
    """A record and the line on which it begins."""

    line: int
    cells: list[str]


class Damage(NamedTuple):
    """A record that cannot be read; what follows may still be."""

    line: int
    text: str


class Unreadable(Exception):
    """A file of which nothing can be used; the message says why and what to do."""


def read_records(path: Path) -> Iterator[Record | Damage]:
    """Read a CSV file: UTF-8 with or without byte-order mark, comma or semicolon. Blank lines are left out.

    A byte that is not UTF-8 comes as a lone surrogate (see ``unfit``). Raises Unreadable when the file is empty or
    cannot be opened.
    """
    with _opened(path) as file, _wide_fields():
        reader = csv.reader(_lines(file), delimiter=_separator(path), strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Damage(line, _what_broke(error))
                continue
            except _TooLong:
                yield Damage(line, _('This runs on without end. Look for a quote (") that is not closed.'))
                return
            if any(map(str.strip, cells)):
                yield Record(line, [_one_line_end(cell) for cell in cells])


def unfit(text: str) -> str | None:
    """Return what makes ``text`` unfit to be kept: bytes that are not UTF-8, a NUL, too many characters; else None."""
    if "\0" in text:
        return _("This holds a NUL character. Take it out.")
    if len(text) > LONGEST_FIELD:
        return _("This has %(length)s characters. Make it at most %(most)s.") % {
            "length": len(text),
            "most": LONGEST_FIELD,
        }
    try:
        text.encode()
    except UnicodeEncodeError:
        return _("This is not UTF-8. Save the file again as CSV in UTF-8.")
    return None


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        if path.stat().st_size == 0:
            raise Unreadable(_("The file has no bytes. Export it again, or leave the file out."))
        file = path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as refused:
        why = _("The file cannot be opened: %(why)s. Check that it is a file and that you may read it.")
        raise Unreadable(why % {"why": refused.strerror}) from refused
    with file:
        yield file


@contextmanager
def _wide_fields() -> Iterator[None]:
    """The csv module has one limit for all: lift it while we read, for we name the column of a field too long."""
    before = csv.field_size_limit(_LONGEST_RUN)
    try:
        yield
    finally:
        csv.field_size_limit(before)


class _TooLong(Exception):
    """A line that is no line of text."""


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_LONGEST_RUN):
        if len(line) == _LONGEST_RUN:
            raise _TooLong
        yield line


def _one_line_end(cell: str) -> str:
    """The same text whichever system wrote the file."""
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _separator(path: Path) -> str:
    with path.open("rb") as file:
        first = file.readline(100_000).decode(errors="replace")
    bare = _QUOTED.sub("", first)
    return ";" if bare.count(";") > bare.count(",") else ","


def _what_broke(error: csv.Error) -> str:
    if "unexpected end" in str(error) or "field larger" in str(error):
        return _('A quote (") is opened and not closed. Close it.')
    return _('Text follows a closing quote ("). Write a quote inside a text twice ("").')
