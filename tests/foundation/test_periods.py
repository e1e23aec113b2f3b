from datetime import date

import pytest

from foundation.names import fold
from foundation.periods import Period


def test_both_days_belong_to_a_period() -> None:
    march = Period.month(2026, 3)
    assert date(2026, 3, 1) in march
    assert date(2026, 3, 31) in march
    assert date(2026, 4, 1) not in march
    assert march.days == 31
    assert march.after == date(2026, 4, 1)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(("quarter", "first", "last"), [(1, (1, 1), (3, 31)), (4, (10, 1), (12, 31))])
def test_quarters(quarter: int, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert Period.quarter(2026, quarter) == Period(date(2026, *first), date(2026, *last))


def test_the_year_before_a_leap_day_ends_on_the_28th() -> None:
    assert Period(date(2024, 2, 1), date(2024, 2, 29)).year_before() == Period(date(2023, 2, 1), date(2023, 2, 28))


def test_months_are_cut_to_the_period() -> None:
    months = Period(date(2025, 12, 15), date(2026, 2, 3)).months()
    assert [(m.start.isoformat(), m.end.isoformat()) for m in months] == [
        ("2025-12-15", "2025-12-31"),
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-03"),
    ]


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Şahin", "sahin"), ("IJsbrand", "ijsbrand"), ("Ünal-Kılıç", "unal-kilic"), ("d’  Été", "d’ ete")],
)
def test_names_are_folded(name: str, folded: str) -> None:
    assert fold(name) == folded
