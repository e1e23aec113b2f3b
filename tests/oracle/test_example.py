"""The oracle itself, against the worked example that was counted by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.compare import differences
from tests.oracle.count import count
from tests.oracle.folder import day, read_folder, write_folder

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = DATA / "example"
REFERENCE = date(2025, 3, 1)
WORKED_OUT = (
    ("expected-2022.json", 2022, ()),
    ("expected-2023.json", 2023, ()),
    ("expected-2023-one-agreement.json", 2023, ("0307-A",)),
)


def expected_figures(name: str, last: date) -> dict[str, Any]:
    """The figures counted by hand. They list agreements that had not yet started with a zero; the definition of
    `targets` leaves those out, so they are left out here."""
    expected: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    starts = {row["code"]: day(row["starts_on"]) or date.max for row in read_folder(EXAMPLE)["agreements"]}
    early = [row for row in expected["targets"] if starts[row["agreement"]] > last]
    assert all(not row["realised"] and not row["expected"] for row in early)
    expected["targets"] = [row for row in expected["targets"] if row not in early]
    return expected


@pytest.mark.parametrize(("name", "year", "agreements"), WORKED_OUT)
def test_the_oracle_counts_the_worked_example(name: str, year: int, agreements: Sequence[str]) -> None:
    last = date(year, 12, 31)
    found = count(
        EXAMPLE, period_from=date(year, 1, 1), period_to=last, reference_date=REFERENCE, agreements=agreements
    )
    expected = expected_figures(name, last)
    assert set(found) == set(expected)
    assert differences(found, expected) == []


def test_the_comparison_sees_a_difference_of_one_and_takes_an_absent_key_for_zero() -> None:
    assert differences({"a": {"b": 1}}, {"a": {"b": 1, "c": 0}}) == []
    assert differences({"a": {"b": 1}}, {"a": {"b": 2}}) == [".a.b: 1, expected 2"]
    assert differences({"a": [1, 2]}, {"a": [1, 3]}) == [".a[1]: 2, expected 3"]
    assert differences({}, {"a": {"n": 3}}) == [".a.n: 0, expected 3"]
    assert differences({"rate": None}, {"rate": 0.0}) == [".rate: None, expected 0.0"]


def test_a_written_folder_reads_back_the_same(tmp_path: Path) -> None:
    rows = read_folder(EXAMPLE)
    assert read_folder(write_folder(rows, tmp_path)) == rows


def test_a_reference_date_before_the_period_is_refused() -> None:
    with pytest.raises(ValueError, match="before the period"):
        count(EXAMPLE, period_from=date(2023, 1, 1), period_to=date(2023, 12, 31), reference_date=date(2022, 12, 31))
