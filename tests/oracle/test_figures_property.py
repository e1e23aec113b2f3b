"""The product's figures against the oracle's, over random histories.

A run of the suite takes the same forty histories each time, each asked two questions whole and narrowed.
`DRAAD_HISTORIES=2000` takes that many others.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.oracle.asking import keywords
from tests.oracle.compare import differences
from tests.oracle.count import count
from tests.oracle.folder import Rows, write_folder
from tests.oracle.histories import Case, cases
from tests.oracle.product import product_figures, run_import
from tests.oracle.reducing import reduced, shown
from tests.oracle.terms import Question
from tests.oracle.test_example import EXAMPLE, REFERENCE, WORKED_OUT, expected_figures

pytestmark = pytest.mark.django_db
HISTORIES = int(os.environ.get("DRAAD_HISTORIES", "0"))
PARTS = 2  # as many as there are workers


def disagreements(rows: Rows, questions: list[Question]) -> list[str]:
    """Every figure on which the product and the oracle differ over these rows; nothing stays in the database."""
    with transaction.atomic(), TemporaryDirectory() as folder:
        imported = run_import(write_folder(rows, Path(folder)))
        if imported.code:
            found = [f"the import: {imported.output.strip()}"]
        else:
            found = [
                f"{line}  asked: {asked}"
                for asked in questions
                for line in differences(product_figures(asked), count(rows, **keywords(asked)))
            ]
        transaction.set_rollback(True)
    return found


def figure_of(line: str) -> str:
    """The figure that a line of disagreement is about."""
    return line.split(":")[0].lstrip(".").split(".")[0].split("[")[0]


def explained(rows: Rows, questions: list[Question], found: list[str]) -> str:
    """The disagreement, by one question, on as few rows as can be found in a minute."""
    about = figure_of(found[0])
    asked = next(one for one in questions if found[0].endswith(str(one)) or found[0].startswith("the import"))

    def still_differs(tried: Rows) -> bool:
        return names_known_codes(asked, tried) and about in map(figure_of, disagreements(tried, [asked]))

    small = reduced(rows, still_differs)
    return "\n".join(["product, expected oracle:", *disagreements(small, [asked]), shown(small)])


def names_known_codes(asked: Question, rows: Rows) -> bool:
    """The rows still hold every code that is asked for."""
    held = {row["code"] for name in ("agreements", "programmes", "units", "municipalities") for row in rows[name]}
    return held >= {*asked.agreements, *asked.municipalities, *asked.programmes, *asked.units}


@pytest.mark.parametrize("part", range(PARTS))
def test_the_product_counts_every_figure_as_the_oracle_does(part: int) -> None:
    @seed(time_ns() if HISTORIES else part)
    @settings(
        max_examples=(HISTORIES or 24) // PARTS,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases())
    def compare(case: Case) -> None:
        found = disagreements(case.rows, case.questions)
        if found:
            pytest.fail(explained(case.rows, case.questions, found))

    compare()


def test_the_product_counts_the_worked_example() -> None:
    imported = run_import(EXAMPLE)
    assert imported.code == 0, imported.output
    for name, year, agreements in WORKED_OUT:
        asked = Question(date(year, 1, 1), date(year, 12, 31), REFERENCE, agreements=agreements)
        expected = expected_figures(name, asked.last)
        found = product_figures(asked)
        assert set(found) == set(expected)
        assert differences(found, expected) == [], name


def test_the_product_and_the_oracle_agree_on_the_example_in_every_scope() -> None:
    """Quarters, single days and every kind of scope, over the rows of the example."""
    run_import(EXAMPLE)
    wrong = {}
    for asked in EXAMPLE_QUESTIONS:
        found = differences(product_figures(asked), count(EXAMPLE, **keywords(asked)))
        if found:
            wrong[str(asked)] = found
    assert wrong == {}, json.dumps(wrong, indent=1)


EXAMPLE_QUESTIONS = [
    Question(date(2023, 1, 1), date(2023, 3, 31), date(2023, 3, 31)),
    Question(date(2023, 10, 1), date(2024, 6, 30), date(2024, 1, 20)),
    Question(date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29)),
    Question(date(2019, 1, 1), date(2024, 12, 31), REFERENCE, municipalities=("0307", "0327")),
    Question(date(2023, 1, 1), date(2024, 12, 31), REFERENCE, programmes=("AE-D", "LWG")),
    Question(date(2023, 1, 1), date(2024, 12, 31), REFERENCE, units=("GR",)),
    Question(date(2023, 1, 1), date(2024, 12, 31), REFERENCE, municipalities=("0307",), units=("WS",)),
    Question(date(2023, 1, 1), date(2024, 12, 31), REFERENCE, agreements=("0327-A", "1900-A"), programmes=("AE-C",)),
]
