"""Writing staged rows to their table: add what is new, change what differs, leave what is the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection, models
from django.utils.translation import gettext as _

from foundation.encryption import SealedTextField
from foundation.imports.declaring import ImportFile
from foundation.imports.running import Run
from foundation.imports.sealing import seal_rows, sealed_fields

BATCH = 500
SEALED = "import_sealed"
DEFAULT = "default_"
BETWEEN = "s.line > %(after)s AND s.line <= %(upto)s"


@dataclass(frozen=True, kw_only=True)
class Target:
    """A table, and what of the staged rows goes into it.

    Args:
        file: the staged file.
        model: the table.
        values: by column of the table, SQL over ``s`` (the staged row). A sealed column takes the covered text of
            that name.
        once: the same, only for rows that are added.
        id_field: the staged field with the id of the row.
        where: which staged rows, SQL over ``s``.
        source: what to read instead of the staging table; it must give ``line`` and ``id_field``.
        counts_up: a column that grows by one with each change, so that a form that was open notices.
        changes: whether rows that are there may change.
    """

    file: ImportFile
    model: type[models.Model]
    values: Mapping[str, str]
    once: Mapping[str, str] = field(default_factory=dict)
    id_field: str = "id"
    where: str = "TRUE"
    source: str = ""
    counts_up: str = ""
    changes: bool = True

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def sealed(self) -> list[SealedTextField]:
        return [found for found in sealed_fields(self.model) if found.column in self.values]

    @property
    def rows(self) -> str:
        """The rows of one batch, as the FROM and WHERE of a statement; ``z`` holds their sealed texts."""
        joined = f"{self.source or self.file.staging} s"
        if self.sealed:
            joined += f" LEFT JOIN {SEALED} z ON z.line = s.line"
        return f"{joined} WHERE {BETWEEN} AND ({self.where})"

    @property
    def is_plain(self) -> bool:
        """Whether it is the file's own table, row by row: then the staged row knows whether it is new."""
        return self.id_field == "id" and not self.source

    @property
    def may_be_there(self) -> str:
        return "NOT s.is_new" if self.is_plain else "TRUE"

    @property
    def given(self) -> dict[str, str]:
        """SQL for each column that ``values`` names."""
        texts = {str(found.column): f'z."{found.column}"' for found in self.sealed}
        return {**self.values, **texts}


def merge_file(run: Run, file: ImportFile) -> None:
    """Write the staged rows of a file to its own table."""
    merge(
        run, Target(file=file, model=file.model, values={name: f's."{name}"' for name in file.stored}, once=file.fixed)
    )


def merge(run: Run, target: Target) -> None:
    """Add and change rows of a table, batch by batch; marks the staged rows that changed something."""
    staged = run.staged[target.file.name]
    if not staged.rows:
        return
    if target.sealed:
        _make_room(run, target)
    defaults = _defaults(target)
    for after in range(0, staged.last_line, BATCH):
        batch = {"after": after, "upto": after + BATCH, **defaults}
        if target.sealed:
            _seal(run, target, batch)
        if target.changes:
            run.execute(_update(target), batch)
        run.execute(_insert(target, defaults), batch)
        if after and after % (10 * BATCH) == 0:
            run.progress(_("%(file)s: written up to line %(line)s") % {"file": target.file.file, "line": after})


def _update(target: Target) -> str:
    given = target.given
    changes = ", ".join(f'"{column}" = {value}' for column, value in given.items())
    if target.counts_up:
        changes += f', "{target.counts_up}" = t."{target.counts_up}" + 1'
    stored = ", ".join(f't."{column}"' for column in given)
    return _marking(
        target,
        f"UPDATE {target.table} t SET {changes} FROM {target.rows} AND {target.may_be_there} "
        f"AND t.id = s.{target.id_field} AND ROW({stored}) IS DISTINCT FROM ROW({', '.join(given.values())}) "
        "RETURNING s.line",
    )


def _insert(target: Target, defaults: Mapping[str, object]) -> str:
    otherwise = {name.removeprefix(DEFAULT): f"%({name})s" for name in defaults}
    given = {"id": f"s.{target.id_field}", **otherwise, **target.given, **target.once}
    columns = ", ".join(f'"{name}"' for name in given)
    insert = f"INSERT INTO {target.table} ({columns}) SELECT {', '.join(given.values())} FROM {target.rows}"
    source = target.source or target.file.staging
    if target.is_plain:
        return f"{insert} AND s.is_new"
    return _marking(
        target,
        f"SELECT s.line FROM inserted JOIN {source} s ON s.{target.id_field} = inserted.id WHERE {BETWEEN}",
        f"inserted AS ({insert} AND NOT EXISTS (SELECT FROM {target.table} t WHERE t.id = s.{target.id_field})"
        " RETURNING id), ",
    )


def _marking(target: Target, lines: str, before: str = "") -> str:
    """SQL that runs ``lines`` and marks the existing rows on the lines it gives as changed."""
    return (
        f"WITH {before}touched AS ({lines}) UPDATE {target.file.staging} m SET is_changed = true FROM touched"
        f" WHERE m.line = touched.line AND NOT m.is_new AND {BETWEEN.replace('s.line', 'm.line')}"
    )


def _defaults(target: Target) -> dict[str, object]:
    """What the model puts in columns that are not given; the database knows no defaults of Django."""
    found = {}
    for each in target.model._meta.concrete_fields:
        if each.column in {"id", *target.values, *target.once}:
            continue
        is_moment = getattr(each, "auto_now_add", False)
        value = each.pre_save(target.model(), add=True) if is_moment else each.get_default()
        found[f"{DEFAULT}{each.column}"] = each.get_db_prep_save(value, connection)
    return found


def _make_room(run: Run, target: Target) -> None:
    columns = ", ".join(f'"{found.column}" bytea' for found in target.sealed)
    run.execute(f"DROP TABLE IF EXISTS pg_temp.{SEALED}")
    run.execute(f"CREATE TEMPORARY TABLE {SEALED} (line integer PRIMARY KEY, {columns}) ON COMMIT DROP")


def _seal(run: Run, target: Target, batch: Mapping[str, object]) -> None:
    """Seal the texts of one batch with the keys of their files."""
    fields, own = target.sealed, target.id_field
    file_id = own if fields[0].file == "id" else fields[0].file
    covered = ", ".join(f's."{found.column}"' for found in fields)
    stored = ", ".join(f't."{found.column}"' for found in fields)
    query = (
        f"SELECT s.line, s.{own}, s.{file_id}, t.id IS NULL, {covered}, {stored} "
        f"FROM {target.source or target.file.staging} s LEFT JOIN {target.table} t ON t.id = s.{own} "
        f"WHERE {BETWEEN} AND ({target.where})"
    )
    present = run.staged[target.file.name].columns
    absent = {column.target for column in target.file.columns if column.name not in present}
    rows = seal_rows(run.rows(query, batch), target.model, fields, run.cover, kept=absent)
    run.execute(f"DELETE FROM {SEALED}")
    with connection.cursor() as cursor, cursor.copy(f"COPY {SEALED} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
