"""Every figure against the second count, which shares nothing with the product: the worked example and random folders.

Here the facts come straight from the rows; that the database gives the same facts is tested elsewhere.
"""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from foundation.periods import Period
from reporting.figures import CATALOGUE, ReferenceTooEarly, count
from tests.oracle.asking import keywords
from tests.oracle.compare import differences
from tests.oracle.count import count as count_again
from tests.oracle.folder import Rows, read_folder
from tests.oracle.histories import Case, cases
from tests.oracle.terms import Question
from tests.oracle.test_example import EXAMPLE, REFERENCE, WORKED_OUT, expected_figures
from tests.reporting.figures.from_folder import Folder


def values(rows: Rows, asked: Question) -> dict[str, Any]:
    facts = Folder(rows).facts(asked.agreements, asked.municipalities, asked.programmes, asked.units)
    figures = count(facts, Period(asked.first, asked.last), asked.reference)
    return {key: figure.value for key, figure in figures.items()}


@pytest.mark.parametrize(("name", "year", "agreements"), WORKED_OUT)
def test_the_worked_example_comes_out(name: str, year: int, agreements: tuple[str, ...]) -> None:
    last = date(year, 12, 31)
    found = values(read_folder(EXAMPLE), Question(date(year, 1, 1), last, REFERENCE, agreements))
    expected = expected_figures(name, last)
    assert set(found) == set(expected)
    assert differences(found, expected) == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_every_figure_equals_the_second_count(case: Case) -> None:
    for asked in case.questions:
        found = values(case.rows, asked)
        assert set(found) == set(CATALOGUE)
        assert differences(found, count_again(case.rows, **keywords(asked))) == []


def test_every_value_can_be_written_as_json() -> None:
    asked = Question(date(2023, 1, 1), date(2023, 12, 31), REFERENCE)
    found = values(read_folder(EXAMPLE), asked)
    assert json.loads(json.dumps(found)) == found


def test_a_reference_date_before_the_period_is_refused() -> None:
    with pytest.raises(ReferenceTooEarly, match="2022-12-31"):
        values(read_folder(EXAMPLE), Question(date(2023, 1, 1), date(2023, 12, 31), date(2022, 12, 31)))
