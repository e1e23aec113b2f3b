"""Whether LibreOffice reads in a report what its JSON says: `run.py bench office [JSON WORKBOOK...]`.

Opens each workbook (XLSX, ODS) without a screen, lets LibreOffice write every sheet as CSV, and compares every cell of
the key figures and the tables with the JSON of the same report. Without files it makes some reports and compares those.
Needs `soffice`. Where `verapdf` is installed too, the PDFs of these reports are held against PDF/UA-1 by it.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.reporting.documents.cells import Rows, differences

# Comma, double quote, UTF-8, from the first line, English numbers, numbers as they are and not as shown, all sheets.
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false,false,false,false,-1"
TIME_LIMIT = 180


def main() -> int:
    """Compare; 1 when something differs, 2 when LibreOffice is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("json", type=Path, nargs="?", help="the JSON of a report")
    parser.add_argument("workbooks", type=Path, nargs="*", help="its XLSX and ODS")
    given = parser.parse_args()
    if shutil.which("soffice") is None:
        print("soffice is not installed: nothing is compared.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="draad-office-") as folder:
        pairs = [(given.json, given.workbooks)] if given.json else made_in(Path(folder))
        failed = [name for data, books in pairs for name in books if not is_equal(data, name, Path(folder))]
        return 1 if failed or not are_accessible(sorted(Path(folder).glob("*.pdf"))) else 0


def made_in(folder: Path) -> list[tuple[Path, list[Path]]]:
    """Reports of every shape: plain, English, full of traps, and long."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.support.settings")
    import django

    django.setup()
    from reporting.documents.jsonfile import render_json
    from reporting.documents.ods import render_ods
    from reporting.documents.pdf import render_pdf
    from reporting.documents.xlsx import render_xlsx
    from tests.reporting.documents.samples import long_report, report, with_traps

    made = []
    for name, content in {
        "plain": report(),
        "english": report("en"),
        "traps": with_traps(),
        "long": long_report(tables=40, rows=500),
    }.items():
        (folder / f"{name}.json").write_bytes(render_json(content))
        (folder / f"{name}.xlsx").write_bytes(render_xlsx(content))
        (folder / f"{name}.ods").write_bytes(render_ods(content))
        if name != "long":
            (folder / f"{name}.pdf").write_bytes(render_pdf(content))
        made.append((folder / f"{name}.json", [folder / f"{name}.xlsx", folder / f"{name}.ods"]))
    return made


def is_equal(data: Path, workbook: Path, folder: Path) -> bool:
    """Say how many cells of a workbook LibreOffice read, and which differ from the JSON."""
    sheets = read_by_office(workbook, folder)
    said = json.loads(data.read_text(encoding="utf-8"))
    wrong = differences(said, sheets)
    cells = sum(len(row) for sheet in sheets for row in sheet)
    print(f"{workbook.name}: {len(sheets)} sheets, {cells} cells, {len(wrong)} rows differ", flush=True)
    for line in wrong[:10]:
        print(f"    {line}")
    return not wrong


def read_by_office(workbook: Path, folder: Path) -> list[Rows]:
    """The sheets of a workbook in their order, as LibreOffice writes them down."""
    out = folder / f"{workbook.name}-sheets"
    out.mkdir()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", TO_CSV, "--outdir", str(out), str(workbook)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT, check=True)
    names = [
        line.split(" -> ")[1].split("Overwriting")[0] for line in done.stdout.splitlines() if line.startswith("Writing")
    ]
    return [list(csv.reader(Path(name).open(encoding="utf-8", newline=""))) for name in names]


def are_accessible(papers: list[Path]) -> bool:
    """Hold PDFs against PDF/UA-1 by veraPDF, where it is installed."""
    if shutil.which("verapdf") is None:
        print("verapdf is not installed: the PDFs are held against PDF/UA-1 by typst and by the tests only.")
        return True
    command = ["verapdf", "--flavour", "ua1", "--format", "text", *map(str, papers)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT, check=False)
    print(done.stdout)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
