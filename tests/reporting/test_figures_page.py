"""docs/figures.md says what the catalogue says. ``DRAAD_DOCS=write`` writes it anew."""

import os
from pathlib import Path

from django.utils import translation

from reporting.figures import CATALOGUE, DEFINITIONS_VERSION, Definition

PAGE = Path(__file__).resolve().parents[2] / "docs" / "figures.md"
INTRODUCTION = f"""# Figures: what is counted

Made from the catalogue in the code (`reporting/figures`), version {DEFINITIONS_VERSION}. The same texts stand
beside every number on the screen and in every report.

A **period** is two days, both included. The **reference date** is the day on which is counted: a period that is not
over is counted up to it, and rows dated after it do not count. A trajectory **runs in** a period if it started on or
before the last day and did not end before the first. A person counts once per figure, however many trajectories.

Towards a reader without access to the files, numbers about fewer people than the agreement's threshold are withheld,
and so is what would give them away. `manage.py figures --from 2021-01-01 --to 2021-12-31` prints all of these as JSON.

"""


def section(figure: Definition) -> str:
    counts = str(figure.unit).replace("_", " ")
    heading = f"## {figure.label}\n\n`{figure.id}`, counts {counts}"
    return f"{heading}\n\n{figure.sentence}\n\n*Rule:* {figure.rule}\n"


def written() -> str:
    with translation.override("en"):
        return INTRODUCTION + "\n".join(section(figure) for figure in CATALOGUE.values())


def test_the_page_says_what_the_catalogue_says() -> None:
    if os.environ.get("DRAAD_DOCS") == "write":
        PAGE.write_text(written())
    assert PAGE.read_text() == written()
