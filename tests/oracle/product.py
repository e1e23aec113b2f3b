"""The product from outside: its two commands, and nothing else. The only module here that may know the product."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management import CommandError, call_command
from django.db import connection

from tests.oracle.terms import Question

PROVIDER = "Voorbeeldbedrijf"
ERROR_LINE = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d*):(?P<column>[^:\s]*): (?P<text>\S.*)$")


class Located(NamedTuple):
    """One error of an import, as reported."""

    file: str
    line: int
    column: str
    text: str


class Imported(NamedTuple):
    """What an import said, and the exit code it left."""

    code: int
    output: str

    @property
    def errors(self) -> list[Located]:
        found = [ERROR_LINE.match(line.strip()) for line in self.output.splitlines()]
        return [Located(hit["file"], int(hit["line"] or 0), hit["column"], hit["text"]) for hit in found if hit]


def run_import(folder: Path, *flags: str, provider: str = PROVIDER) -> Imported:
    """`manage.py import_dossiers FOLDER --provider ...`, with every deferred constraint checked at once."""
    out, err = StringIO(), StringIO()
    code, last_words = 0, ""
    try:
        call_command("import_dossiers", str(folder), "--provider", provider, *flags, stdout=out, stderr=err)
        connection.check_constraints()
    except CommandError as error:
        code, last_words = error.returncode, str(error)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    return Imported(code, f"{out.getvalue()}\n{err.getvalue()}\n{last_words}")


def product_figures(asked: Question) -> dict[str, Any]:
    """`manage.py figures`, as JSON."""
    out = StringIO()
    options = ["--from", f"{asked.first}", "--to", f"{asked.last}", "--reference-date", f"{asked.reference}"]
    for flag, codes in (
        ("--agreement", asked.agreements),
        ("--municipality", asked.municipalities),
        ("--programme", asked.programmes),
        ("--unit", asked.units),
    ):
        options += [flag, *codes] if codes else []
    call_command("figures", *options, "--format", "json", stdout=out)
    figures: dict[str, Any] = json.loads(out.getvalue())
    return figures
