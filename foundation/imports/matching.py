"""Finding which rows are there already, and which rows the codes in a file name."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from foundation.imports.columns import Reference, References
from foundation.imports.declaring import ImportFile
from foundation.imports.running import Run


def match_file(run: Run, file: ImportFile) -> None:
    """Find the references of a staged file and its existing rows; then show it to later files and to the rules.

    Afterwards ``id`` is that of the existing row or a new one, absent columns hold what the table has, and the views
    ``known_<name>`` (ref, id) and ``all_<name>`` exist.
    """
    to_itself = [column for column in file.columns if isinstance(column, Reference) and column.to == file.name]
    for column in file.columns:
        if isinstance(column, Reference) and column not in to_itself:
            _find(run, file, column)
    run.execute(file.match or _by_key(file))
    _fill(run, file)
    _show(run, file)
    for column in to_itself:
        _find(run, file, column)
    for step in file.prepare:
        if isinstance(step, str):
            run.execute(step)
        else:
            step(run)


def check_references(run: Run, file: ImportFile, files: Mapping[str, ImportFile]) -> None:
    """Report codes that name no row, and keys that are there twice."""
    for column in file.columns:
        if isinstance(column, Reference | References) and run.staged[column.to].is_whole:
            _report_unknown(run, file, column, files[column.to])
    if set(file.key) <= run.staged[file.name].columns:
        _report_twice(run, file)


def _find(run: Run, file: ImportFile, column: Reference) -> None:
    run.execute(
        f'UPDATE {file.staging} s SET "{column.target}" = k.id FROM known_{column.to} k WHERE k.ref = s."{column.name}"'
    )


def _by_key(file: ImportFile) -> str:
    same = " AND ".join(f't."{name}" = s."{name}"' for name in (file.column(key).target for key in file.key))
    return f"UPDATE {file.staging} s SET id = t.id, is_new = false FROM {file.table} t WHERE {file.own} AND {same}"


def _fill(run: Run, file: ImportFile) -> None:
    """Give existing rows what the table has in columns that the file does not have."""
    there = run.staged[file.name].columns
    absent = [column for column in file.columns if column.name not in there and not column.is_sealed]
    fields = [name for column in absent for name, _type in column.staged if name in file.stored]
    fields += [name for name, column in file.filled.items() if column not in there]
    if fields:
        values = ", ".join(f'"{name}" = t."{name}"' for name in fields)
        run.execute(f"UPDATE {file.staging} s SET {values} FROM {file.table} t WHERE t.id = s.id AND NOT s.is_new")


def _show(run: Run, file: ImportFile) -> None:
    stored = "".join(f', {{row}}."{name}"' for name in file.stored)
    run.execute(
        f"CREATE TEMPORARY VIEW all_{file.name} AS "
        f"SELECT s.id, s.line, s.bad{stored.format(row='s')} FROM {file.staging} s UNION ALL "
        f"SELECT t.id, NULL, ARRAY[]::text[]{stored.format(row='t')} FROM {file.table} t WHERE {file.own} "
        f"AND NOT EXISTS (SELECT FROM {file.staging} s WHERE s.id = t.id)"
    )
    if len(file.key) == 1:
        ref = file.column(file.key[0]).target
        run.execute(
            f'CREATE TEMPORARY VIEW known_{file.name} AS SELECT s."{ref}" AS ref, s.id FROM {file.staging} s UNION '
            f'SELECT t."{ref}", t.id FROM {file.table} t WHERE {file.known or file.own}'
        )


def _report_unknown(run: Run, file: ImportFile, column: Reference | References, other: ImportFile) -> None:
    if isinstance(column, Reference):
        query = f'SELECT line, "{column.name}" FROM {file.staging} WHERE "{column.target}" IS NULL'
        query += f' AND "{column.name}" IS NOT NULL'
    else:
        query = f'SELECT s.line, listed.ref FROM {file.staging} s, unnest(s."{column.target}") AS listed(ref)'
        query += f" WHERE NOT EXISTS (SELECT FROM known_{column.to} k WHERE k.ref = listed.ref)"
    for line, code in run.rows(query):
        text = _("'%(code)s' is not known. Add it to %(file)s, or correct it here.")
        run.refuse(file, line, column.name, text % {"code": code, "file": other.file})


def _report_twice(run: Run, file: ImportFile) -> None:
    names = [file.column(key).staged[0][0] for key in file.key]
    keys = ", ".join(f'"{name}"' for name in names)
    filled = " AND ".join(f'"{name}" IS NOT NULL' for name in names)
    query = (
        f"SELECT line, first FROM (SELECT line, min(line) OVER (PARTITION BY {keys}) AS first FROM {file.staging} "
        f"WHERE {filled}) AS same WHERE line > first"
    )
    for line, first in run.rows(query):
        text = _("%(key)s is the same as on line %(first)s. Keep one of the two rows.")
        run.refuse(file, line, file.key[-1], text % {"key": ", ".join(file.key), "first": first})
