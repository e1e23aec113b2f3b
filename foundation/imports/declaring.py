"""What an app says about each of its import files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import Promise

from foundation.imports.columns import Column

if TYPE_CHECKING:
    from foundation.imports.running import Run

Words = str | Promise
Step = Callable[["Run"], None]


class Row:
    """One record while it is read.

    Attributes:
        line: where it begins.
        params: the parameters of the run.
        values: by column name, what was read; the column's default for a blank cell, None for one that is wrong.
        derived: by staged field, what a check worked out from the values.
        wrong: the columns that are wrong, with what is wrong with them.
    """

    def __init__(self, line: int, params: Mapping[str, Any]) -> None:
        self.line = line
        self.params = params
        self.values: dict[str, Any] = {}
        self.derived: dict[str, Any] = {}
        self.wrong: list[tuple[str, str]] = []

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    def is_wrong(self, column: str) -> bool:
        return any(name == column for name, _text in self.wrong)

    def refuse(self, column: str, text: str) -> None:
        """Say what is wrong with a cell and what would be right."""
        self.wrong.append((column, text))


@dataclass(frozen=True)
class Rule:
    """Something that must hold between rows.

    Args:
        column: the column that is named in the error.
        text: what is wrong and what would be right, with ``%(name)s`` for what the query gives.
        query: SELECT ``line`` and what the text needs, of every row that breaks the rule. It may also give ``file``
            (without ending) and ``column`` where these differ; a row without a line is not reported.
        is_warning: whether the row is taken all the same.
    """

    column: str
    text: Words
    query: str
    is_warning: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportFile:
    """One file of an import folder: its columns, the table its rows go to, and what must hold.

    Each file is staged in the temporary table ``import_<name>``: ``line``, ``bad`` (names of its columns that are
    wrong), ``id`` (of the row it changes, or a new one), ``is_new``, ``is_changed``, and the fields of its columns.
    Rules and further writes are SQL over these tables and over ``all_<name>``: the rows as they will be after the
    import, those of the database included (there without a line). ``%(name)s`` in SQL is a parameter of the run.

    Args:
        name: of the file, without ending.
        columns: in any order.
        key: the columns by which a row is known; the same key twice in a file is an error.
        model: the table that ``id`` points into.
        own: which rows of that table (``t``) this run may touch.
        known: which rows of it (``t``) other files may refer to; the same when empty.
        fixed: columns of the table that no cell gives, as SQL over ``s``; only for a new row.
        derived: staged fields that ``check`` or ``prepare`` fills in, with their SQL type.
        filled: derived fields that start with what the table has: always, or when the column named here is absent.
        check: looks at one record by itself.
        joins: what ``given`` needs besides, as LEFT JOINs that give at most one row; ``of_<column>`` (id) is the
            row that a reference names.
        given: staged fields as SQL over ``s`` (what was read), ``t`` (the row that is there), and ``joins``.
        existing: what to find the rows that are there in, if not the table; with the fields of the key.
        prepare: SQL or steps to run once rows are matched and references found.
        in_order: pairs of columns with dates of which the second does not come before the first.
        rules: what must hold between rows.
        inspect: looks at what SQL cannot, and reports to the run.
        write: what is written besides, or (``writes_itself``) instead of the plain rows.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    model: type[models.Model]
    own: str = "t.provider_id = %(provider)s"
    known: str = ""
    fixed: Mapping[str, str] = field(default_factory=lambda: {"provider_id": "%(provider)s"})
    derived: tuple[tuple[str, str], ...] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[Row], None] | None = None
    joins: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    existing: str = ""
    prepare: tuple[str | Step, ...] = ()
    in_order: tuple[tuple[str, str], ...] = ()
    rules: tuple[Rule, ...] = ()
    inspect: Step | None = None
    write: tuple[Step, ...] = ()
    writes_itself: bool = False

    @property
    def file(self) -> str:
        """The name of the file with its ending."""
        return f"{self.name}.csv"

    @property
    def staging(self) -> str:
        """The name of its staging table."""
        return f"import_{self.name}"

    @property
    def raw(self) -> str:
        """The name of the table that what was read waits in, until it is matched."""
        return f"raw_{self.name}"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def staged(self) -> tuple[tuple[str, str], ...]:
        """All staged fields with their SQL type."""
        return (*(pair for column in self.columns for pair in column.staged), *self.derived)

    @property
    def stored(self) -> tuple[str, ...]:
        """The staged fields that are columns of the table."""
        there = {found.column for found in self.model._meta.concrete_fields}
        return tuple(name for name, _type in self.staged if name in there)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)
