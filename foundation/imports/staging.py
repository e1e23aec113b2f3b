"""Bringing a file into the database, cell by cell, and saying what is wrong with the cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from foundation.imports.columns import Column, Wrong
from foundation.imports.declaring import ImportFile, Row
from foundation.imports.faults import Faults
from foundation.imports.reading import Damage, Record, Unreadable, read_records, unfit
from foundation.imports.sealing import Cover

EVERY = 10_000


@dataclass
class Staged:
    """What is known of a file once it is staged.

    Attributes:
        is_there: whether the folder has it.
        is_whole: whether every key in it could be read; if not, nobody can say what it does not hold.
        columns: the names of the columns it has.
        rows: the number of records.
        last_line: the line of its last record.
    """

    is_there: bool = False
    is_whole: bool = True
    columns: set[str] = field(default_factory=set)
    rows: int = 0
    last_line: int = 0


class Stager:
    """Reads one file into its raw table."""

    def __init__(self, file: ImportFile, faults: Faults, cover: Cover, params: Mapping[str, Any]) -> None:
        self.file = file
        self.params = params
        self.faults = faults
        self.cover = cover
        self.result = Staged()
        self._places: list[tuple[int, Column]] = []
        self._width = 0

    def stage(self, path: Path) -> Iterator[int]:
        """Stage the file; gives the number of records read so far now and then. Afterwards see ``result``."""
        self.result.is_there = True
        try:
            records = read_records(path)
            if not self._read_header(next(records, None)):
                self.result.is_whole = False
                return
            yield from self._copy(records)
        except Unreadable as why:
            self.result.is_whole = False
            self.faults.add(self.file.file, 1, "", str(why))

    def _read_header(self, header: Record | Damage | None) -> bool:
        """Find out which column is where. Whether the rows below can be read."""
        if not isinstance(header, Record):
            text = header.text if header else _("The file has no header. Write the names of the columns on line 1.")
            self.faults.add(self.file.file, 1, "", text)
            return False
        names = [cell.strip() for cell in header.cells]
        if problem := unfit("".join(names)):
            self.faults.add(self.file.file, 1, "", problem)
            return False
        self._width = len(names)
        known = {column.name: column for column in self.file.columns}
        for place, name in enumerate(names):
            if name not in known:
                self._refuse_unknown(name, place, known)
            elif name in self.result.columns:
                self._refuse_header(name, _("This column is there twice. Keep one."))
            else:
                self.result.columns.add(name)
                self._places.append((place, known[name]))
        for column in self.file.columns:
            if column.required and column.name not in self.result.columns:
                self._refuse_header(column.name, _("This column is missing. Add it, filled in on every row."))
        self.result.is_whole = set(self.file.key) <= self.result.columns
        return True

    def _refuse_unknown(self, name: str, place: int, known: dict[str, Column]) -> None:
        if name:
            text = _("This column is not known here. The columns are: %(list)s.")
        else:
            text = _("Column %(place)s has no name. Take it out. The columns are: %(list)s.")
        self._refuse_header(name, text % {"place": place + 1, "list": ", ".join(known)})

    def _refuse_header(self, column: str, text: str) -> None:
        self.faults.add(self.file.file, 1, column, text)

    def _copy(self, records: Iterator[Record | Damage]) -> Iterator[int]:
        fields = ", ".join(f'"{name}"' for name, _type in self.file.staged)
        sql = f"COPY {self.file.raw} (line, bad, {fields}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(sql) as copy:
            for record in records:
                if isinstance(record, Damage):
                    self.result.is_whole = False
                    self.faults.add(self.file.file, record.line, "", record.text)
                    continue
                copy.write_row(self._spread(self._read(record)))
                self.result.rows += 1
                self.result.last_line = record.line
                if self.result.rows % EVERY == 0:
                    yield self.result.rows

    def _read(self, record: Record) -> Row:
        """Read the cells of a record; what is wrong with them goes to the faults."""
        row = Row(record.line, self.params)
        for column in self.file.columns:
            row.values[column.name] = column.default
        for place, column in self._places:
            self._read_cell(row, column, record.cells[place].strip() if place < len(record.cells) else "")
        if len(record.cells) > self._width:
            row.refuse("", self._too_wide(record))
        if self.file.check is not None:
            self.file.check(row)
        for column_name, text in row.wrong:
            self.faults.add(self.file.file, row.line, column_name, text)
        return row

    def _too_wide(self, record: Record) -> str:
        return _(
            "This row has %(cells)s cells and the header %(columns)s. Put text with a separator in it in quotes."
        ) % {
            "cells": len(record.cells),
            "columns": self._width,
        }

    def _read_cell(self, row: Row, column: Column, cell: str) -> None:
        if not cell:
            if column.required:
                self._refuse_cell(row, column, _("This is blank. Fill it in."))
            return
        if problem := unfit(cell):
            self._refuse_cell(row, column, problem)
            self.result.is_whole = self.result.is_whole and column.name not in self.file.key
            return
        try:
            row.values[column.name] = column.read(cell)
        except Wrong as why:
            self._refuse_cell(row, column, str(why))

    def _refuse_cell(self, row: Row, column: Column, text: str) -> None:
        row.values[column.name] = column.nothing
        row.refuse(column.name, text)

    def _spread(self, row: Row) -> Sequence[Any]:
        values: list[Any] = [row.line, [name for name, _text in row.wrong]]
        for column in self.file.columns:
            value = row.values[column.name]
            values.extend(column.spread(self.cover.put(value) if column.is_sealed else value))
        values.extend(row.derived.get(name) for name, _type in self.file.derived)
        return values


def make_room(files: Sequence[ImportFile]) -> None:
    """Take away what an earlier run in the same transaction left, and make the tables that take what is read."""
    old = ", ".join(f"pg_temp.{file.raw}, pg_temp.{file.staging}" for file in files)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {old} CASCADE")
        for file in files:
            fields = ", ".join(f'"{name}" {kind}' for name, kind in file.staged)
            cursor.execute(
                f"CREATE TEMPORARY TABLE {file.raw} (line integer, bad text[] NOT NULL, {fields}) ON COMMIT DROP"
            )
