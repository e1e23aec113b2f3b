"""One run over an import folder: stage, match, check, write, and say what became of each row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from foundation.imports.declaring import ImportFile
from foundation.imports.faults import Fault, Faults
from foundation.imports.sealing import Cover
from foundation.imports.staging import Staged

Params = Mapping[str, Any]
Progress = Callable[[str], None]
FETCH = 2_000


@dataclass(frozen=True)
class Counts:
    """How many rows of a file were added, changed and left as they were."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class Summary:
    """What an import did: per file (with its ending) its counts, and the rows that were taken with a warning."""

    counts: Mapping[str, Counts]
    warnings: Sequence[Fault]


@dataclass
class Run:
    """The state of one run, for the parts of the engine and for the writes of the apps.

    Attributes:
        params: what ``%(name)s`` in SQL stands for.
        progress: is told, now and then, how far the run is.
        faults, warnings: what was found so far.
        staged: by name of the file, what is known of it.
        cover: covers text while it is staged.
    """

    params: Params
    progress: Progress
    faults: Faults
    warnings: Faults
    staged: dict[str, Staged] = field(default_factory=dict)
    cover: Cover = field(default_factory=Cover)

    def execute(self, sql: str, more: Params | None = None) -> int:
        """Run a statement with the parameters of the run and ``more``. Returns the number of rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self.params, **(more or {})})
            return int(cursor.rowcount)

    def rows(self, sql: str, more: Params | None = None) -> Iterator[tuple[Any, ...]]:
        """Run a query, and give its rows as tuples."""
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self.params, **(more or {})})
            while found := cursor.fetchmany(FETCH):
                yield from found

    def named_rows(self, sql: str) -> Iterator[dict[str, Any]]:
        """Run a query, and give its rows by the names of its columns."""
        with connection.cursor() as cursor:
            cursor.execute(sql, dict(self.params))
            names = [column.name for column in cursor.description or ()]
            while found := cursor.fetchmany(FETCH):
                for row in found:
                    yield dict(zip(names, row, strict=True))

    def refuse(self, file: ImportFile, line: int, column: str, text: str) -> None:
        self.faults.add(file.file, line, column, text)

    def counts(self, files: Iterable[ImportFile]) -> dict[str, Counts]:
        """Count, of each file that is there, the rows that were added, changed and left."""
        found = {}
        for file in files:
            if self.staged[file.name].is_there:
                query = (
                    "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new AND is_changed), "
                    f"count(*) FILTER (WHERE NOT is_new AND NOT is_changed) FROM {file.staging}"
                )
                found[file.file] = Counts(*next(self.rows(query)))
        return found
