"""Finding which rows are there already, and which rows the codes in a file name."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from foundation.imports.columns import Reference, References, shown
from foundation.imports.declaring import ImportFile
from foundation.imports.running import Run

WORTH_AN_INDEX = 500


def match_file(run: Run, file: ImportFile) -> None:
    """Find the references of a file that was read and its existing rows; then show it to later files and the rules.

    Afterwards the staging table is there: ``id`` is that of the existing row or a new one, absent columns hold what
    the table has; and so are the views ``known_<name>`` (ref, id) and ``all_<name>``.
    """
    run.execute(_staging(run, file))
    if run.staged[file.name].rows >= WORTH_AN_INDEX:
        run.execute(f"CREATE INDEX ON {file.staging} (line)")
        run.execute(f"CREATE INDEX ON {file.staging} (id)")
        run.execute(f"ANALYZE {file.staging}")
    _show(run, file)
    for column in _references(file):
        if column.to == file.name:
            run.execute(
                f'UPDATE {file.staging} s SET "{column.target}" = k.id FROM known_{column.to} k'
                f' WHERE k.ref = s."{column.name}"'
            )
    for step in file.prepare:
        if isinstance(step, str):
            run.execute(step)
        else:
            step(run)


def check_references(run: Run, file: ImportFile, files: Mapping[str, ImportFile]) -> None:
    """Report codes that name no row, and keys that are there twice."""
    if not run.staged[file.name].rows:
        return
    for column in file.columns:
        if isinstance(column, Reference | References) and run.staged[column.to].is_whole:
            _report_unknown(run, file, column, files[column.to])
    if set(file.key) <= run.staged[file.name].columns:
        _report_twice(run, file)


def _references(file: ImportFile) -> Iterator[Reference]:
    return (column for column in file.columns if isinstance(column, Reference))


def _staging(run: Run, file: ImportFile) -> str:
    """SQL that makes the staging table in one pass: in one that is changed afterwards, old versions would pile up."""
    found = {column.target: f'"of_{column.name}".id' for column in _references(file) if column.to != file.name}
    given = {**{name: f's."{name}"' for name, _type in file.staged}, **found, **file.given}
    there = run.staged[file.name].columns
    kept = [name for column in file.columns if column.name not in there for name, _type in column.staged]
    kept += [name for name, column in file.filled.items() if column not in there]
    sealed = {column.target for column in file.columns if column.is_sealed}
    for name in set(kept).intersection(file.stored) - sealed:
        given[name] = f'CASE WHEN t.id IS NULL THEN {given[name]} ELSE t."{name}" END'
    fields = "".join(f', ({given[name]})::{kind} AS "{name}"' for name, kind in file.staged)
    joins = " ".join(
        f'LEFT JOIN known_{column.to} "of_{column.name}" ON "of_{column.name}".ref = s."{column.name}"'
        for column in _references(file)
        if column.to != file.name
    )
    keys = [file.column(name).target for name in file.key]
    same = " AND ".join(f't."{name}" = {found.get(name, f"""s."{name}" """)}' for name in keys)
    return (
        f"CREATE TEMPORARY TABLE {file.staging} ON COMMIT DROP AS SELECT s.line, s.bad,"
        " coalesce(t.id, gen_random_uuid()) AS id, t.id IS NULL AS is_new, false AS is_changed"
        f"{fields} FROM {file.raw} s {joins} {file.joins}"
        f" LEFT JOIN {file.existing or file.table} t ON {same} AND {file.own}"
    )


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
        # A code that is there twice is an error of its own; it stands for one row.
        run.execute(
            f"CREATE TEMPORARY VIEW known_{file.name} AS SELECT DISTINCT ON (ref) ref, id FROM ("
            f'SELECT s."{ref}"::text AS ref, s.id FROM {file.staging} s UNION ALL '
            f'SELECT t."{ref}"::text, t.id FROM {file.table} t WHERE {file.known or file.own}) known'
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
        run.refuse(file, line, column.name, text % {"code": shown(code), "file": other.file})


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
