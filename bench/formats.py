"""Seconds and memory of each format of a report: `run.py bench formats [--rows N] [--behind N] [--only FORMAT...]`.

Each is made in a process of its own: a report with a table of N rows (20,000), and the zip with N rows behind a report
(300,000), read from a database of its own. "Growth" is how far the peak of the process went above where it stood.
A PDF and a page are set as a whole, and so measured with a report of the usual length.
Times of a list are also given as a ratio to COPY of the same cells by PostgreSQL, in the same run.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any, BinaryIO

from bench.import_folder import own_database
from config.environment import ROOT

WHOLE = ("pdf", "html")
STREAMED = ("xlsx", "ods", "csv", "json")
COPY = "copy"
LISTS = ("list as csv", "list as xlsx", "list as ods")
ALL = [*WHOLE, *STREAMED, *LISTS, "rows"]
COLUMNS = 15


class Sink:
    """A file that forgets what is written in it."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        """Nothing waits."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000, help="rows of the largest table of the report")
    parser.add_argument("--behind", type=int, default=300_000, help="rows behind the report, and of a list")
    parser.add_argument("--only", nargs="+", choices=ALL, default=ALL, help="which ones")
    parser.add_argument("--measured", help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if given.measured:
        be_measured(given.measured, given.rows, given.behind)
    else:
        compare(given.rows, given.behind, given.only)


def compare(rows: int, behind: int, only: list[str]) -> None:
    print(f"{'':>14} {'seconds':>8} {'growth':>9} {'size':>9} {'to COPY':>8}")
    names = [COPY, *(each for each in only if each != "rows"), *(["freeze", "rows"] if "rows" in only else [])]
    copied = 0.0
    with own_database() as (_home, environment):
        for name in names:
            command = [sys.executable, "-m", "bench.formats", "--measured", name, "--rows", str(rows)]
            command += ["--behind", str(behind)]
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{name:>14} failed: {done.stderr.strip().splitlines()[-1:]}")
            elif name != "freeze":
                seconds, growth, size = json.loads(done.stdout)
                copied = seconds if name == COPY else copied
                ratio = f"{seconds / copied:>7.1f}x" if name in (COPY, *LISTS) else ""
                print(f"{name:>14} {seconds:>7.1f}s {growth:>6.1f} MB {size:>6.1f} MB {ratio}", flush=True)


def be_measured(name: str, rows: int, behind: int) -> None:
    """Be the process in which one thing is made, and print seconds, growth and size."""
    import django

    django.setup()
    from tests.support.sight import see_everything

    see_everything()
    if name == "freeze":
        freeze(behind)
        return
    if name == COPY:
        lay_out(behind)
    make = work_of(name, rows, behind)
    warm_up(name)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    size = make()
    seconds = time.monotonic() - begun
    growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps([seconds, growth, size / 2**20]))


def warm_up(name: str) -> None:
    """Import and translate once, so that only the work counts."""
    from reporting.documents.rowzip import write_rows
    from reporting.models import Report
    from tests.reporting.documents.samples import report

    for write in writers().values():
        write(report(), BytesIO())
    if name == "rows":
        write_rows(report(), [], BytesIO())
        Report.objects.get().frozen_tables.defer("content").get()


def writers() -> dict[str, Callable[[Any, BinaryIO], None]]:
    from reporting.documents import wording
    from reporting.documents.csvzip import write_csv_zip
    from reporting.documents.jsonfile import write_json
    from reporting.documents.ods import write_ods
    from reporting.documents.sheets import book_of
    from reporting.documents.xlsx import write_xlsx

    def in_book(write: Callable[[Any, BinaryIO], None]) -> Callable[[Any, BinaryIO], None]:
        def written(content: Any, stream: BinaryIO) -> None:
            with wording.speaking(content):
                write(book_of(content), stream)

        return written

    return {"xlsx": in_book(write_xlsx), "ods": in_book(write_ods), "csv": write_csv_zip, "json": write_json}


def work_of(name: str, rows: int, behind: int) -> Callable[[], int]:
    """What is measured: a function that does it and returns the size of what it made."""
    if name == "rows":
        return made_rows
    if name == COPY:
        return copied_list
    if name in LISTS:
        return lambda: made_list(name.split()[-1], behind)
    from tests.reporting.documents.samples import long_report

    if name in WHOLE:
        from reporting.documents.html import render_html
        from reporting.documents.pdf import render_pdf

        usual = long_report()
        return lambda: len((render_pdf if name == "pdf" else render_html)(usual))
    content, stream = long_report(tables=1, rows=rows), Sink()

    def work() -> int:
        writers()[name](content, stream)  # type: ignore[arg-type]
        return stream.size

    return work


def made_list(kind: str, number: int) -> int:
    from reporting.documents.book import Book, Sheet
    from reporting.documents.csvfiles import write_csv
    from reporting.documents.ods import write_ods
    from reporting.documents.xlsx import write_xlsx

    heads = tuple(f"Kolom {i}" for i in range(COLUMNS))
    stream: Any = Sink()
    if kind == "csv":
        write_csv(stream, heads, listed(number))
        return int(stream.size)
    styles = ("text", "text", "date", "count", "decimal") * 3
    sheet = Sheet("Lijst", "Lijst", "", (16,) * COLUMNS, styles, heads, listed(number))  # type: ignore[arg-type]
    book = Book("Lijst", "Draad", "", "nl", date(2026, 1, 1), "", "{page} {pages}", "te weinig", (sheet,))
    (write_ods if kind == "ods" else write_xlsx)(book, stream)
    return int(stream.size)


def lay_out(number: int) -> None:
    """Put the cells of the list in a table."""
    from django.db import connection

    cells = ("'Persoon ' || i", "'AE-teams & <co>'::text", "date '2021-01-01' + i %% 1500", "i", "i / 8.0::float")
    columns = ", ".join(f"{cell} as c{place}" for place, cell in enumerate(cells * 3))
    with connection.cursor() as cursor:
        cursor.execute(
            f"create temporary table listed as select {columns} from generate_series(0, %s) as i", [number - 1]
        )


def copied_list() -> int:
    """What PostgreSQL takes to print the same cells."""
    from django.db import connection

    stream = Sink()
    with connection.cursor() as cursor, cursor.copy("copy listed to stdout (format csv)") as copy:
        for piece in copy:
            stream.write(bytes(piece))
    return stream.size


def listed(number: int) -> Iterator[tuple[Any, ...]]:
    first = date(2021, 1, 1)
    for i in range(number):
        yield (f"Persoon {i}", "AE-teams & <co>", first + timedelta(days=i % 1500), i, i / 8) * 3


def freeze(number: int) -> None:
    """Put a report in the database with as many rows behind it, most of them sessions as a large agreement has them."""
    from organisations.models import Organisation, OrganisationKind
    from reporting.documents.content import to_data
    from reporting.models import FrozenTable, Report
    from tests.reporting.documents.samples import report

    provider = Organisation.objects.create(name="Bench", code="BNC", kind=OrganisationKind.PROVIDER)
    kept = Report.objects.create(
        provider=provider,
        title="Bench",
        number="BNC-2022-001",
        period_from=date(2021, 1, 1),
        period_until=date(2021, 12, 31),
        reference_date=date(2022, 1, 31),
        content=to_data(report()),
    )
    heads = ["id", "participant_id", "trajectory_id", "dated_on", "minutes", "kind", "attendance", "is_imported"]
    rows = (
        [i, i % 9000, i % 20_000, f"2021-{i % 12 + 1:02}-{i % 28 + 1:02}", 45, "individual", "attended", False]
        for i in range(number)
    )
    content = b"".join(json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in [heads, *rows])
    digest = hashlib.sha256(content).hexdigest()
    FrozenTable.objects.create(
        report=kept, name="sessions", rows=number, sha256=digest, content=content, row_hashes=b""
    )


def made_rows() -> int:
    from reporting.exports import render_rows
    from reporting.models import Report

    return len(render_rows(Report.objects.get(number="BNC-2022-001")))


if __name__ == "__main__":
    main()
