"""The steps of an import, in order."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from foundation.imports.declaring import ImportFile, Rule
from foundation.imports.faults import Faults, ImportRefused
from foundation.imports.matching import check_references, match_file
from foundation.imports.merging import merge_file
from foundation.imports.running import Progress, Run, Summary
from foundation.imports.staging import EVERY, Staged, Stager, make_room


@transaction.atomic
def run_import(
    files: Sequence[ImportFile], folder: Path, *, params: Mapping[str, object], progress: Progress
) -> Summary:
    """Import a folder: all of it, or nothing.

    Args:
        files: what a folder may hold, each after the files it refers to.
        folder: where the files are.
        params: what ``%(name)s`` stands for in the SQL of the files.
        progress: is told, now and then, how far it is.

    Raises ImportRefused with all that is wrong. Memory does not grow with the folder: rows wait in temporary tables.
    """
    names = [file.file for file in files]
    run = Run(params=params, progress=progress, faults=Faults(names), warnings=Faults(names))
    _look_around(run, folder, names)
    make_room(files)
    for file in files:
        _stage(run, file, folder)
    for file in files:
        match_file(run, file)
    run.execute(f"DROP TABLE {', '.join(file.raw for file in files)}")
    _check(run, files)
    if run.faults:
        raise ImportRefused(list(run.faults))
    _write(run, files)
    return Summary(run.counts(files), list(run.warnings))


def _look_around(run: Run, folder: Path, names: Sequence[str]) -> None:
    for path in sorted(folder.iterdir()):
        if path.name not in names:
            text = _("This file is not known. Take it out of the folder. The files are: %(list)s.")
            run.faults.add(path.name, 1, "", text % {"list": ", ".join(names)})


def _stage(run: Run, file: ImportFile, folder: Path) -> None:
    path = folder / file.file
    run.staged[file.name] = Staged()
    if not path.exists():
        return
    stager = Stager(file, run.faults, run.cover, run.params)
    for rows in stager.stage(path):
        run.progress(_("%(file)s: %(rows)s rows read") % {"file": file.file, "rows": rows})
    run.staged[file.name] = stager.result


def _check(run: Run, files: Sequence[ImportFile]) -> None:
    by_name = {file.name: file for file in files}
    for file in files:
        check_references(run, file, by_name)
    for file in files:
        for first, last in file.in_order:
            _check_order(run, file, first, last)
        for rule in file.rules:
            _apply(run, file, rule)
        if file.inspect is not None:
            file.inspect(run)


def _check_order(run: Run, file: ImportFile, first: str, last: str) -> None:
    """Refuse a date that lies before another of its row; where a column is absent that is what the table has."""
    start, end = file.column(first).target, file.column(last).target
    text = _("%(end)s lies before %(first)s (%(start)s). Choose that day or a later one.")
    for line, begun, ended in run.rows(f"SELECT line, {start}, {end} FROM {file.staging} WHERE {end} < {start}"):
        run.refuse(file, line, last, text % {"end": ended, "first": first, "start": begun})


def _apply(run: Run, file: ImportFile, rule: Rule) -> None:
    found = run.warnings if rule.is_warning else run.faults
    for row in run.named_rows(rule.query):
        if row["line"] is not None:
            name = f"{row['file']}.csv" if row.get("file") else file.file
            found.add(name, row["line"], row.get("column") or rule.column, str(rule.text) % row)


def _write(run: Run, files: Sequence[ImportFile]) -> None:
    # Checked at once, row by row: the database would else remember every row until the end.
    run.execute("SET CONSTRAINTS ALL IMMEDIATE")
    # Batches look rows up by key; without this the planner reads a whole table per batch as long as it is small.
    run.execute("SET LOCAL random_page_cost = 1.1")
    for file in files:
        if not file.writes_itself:
            merge_file(run, file)
        for step in file.write:
            step(run)
        if (rows := run.staged[file.name].rows) >= EVERY:
            run.progress(_("%(file)s: %(rows)s rows done") % {"file": file.file, "rows": rows})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
