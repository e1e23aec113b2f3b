from datetime import date
from types import SimpleNamespace

import pytest

from participants.ages import ages_possible


def born(year: int | None, month: int | None = None, day: int | None = None) -> SimpleNamespace:
    return SimpleNamespace(birth_year=year, birth_month=month, birth_day=day)


@pytest.mark.parametrize(
    ("person", "ages"),
    [
        (born(1990, 4, 30), (35, 35)),
        (born(1990, 5, 1), (34, 34)),
        (born(1990, 4), (35, 35)),  # 30 April is the last day of the month: everybody born in April had a birthday
        (born(1990, 5), (34, 34)),
        (born(1990), (34, 35)),
        (born(None), None),
    ],
)
def test_ages_on_the_last_day_of_april(person: SimpleNamespace, ages: tuple[int, int] | None) -> None:
    assert ages_possible(person, date(2025, 4, 30)) == ages


def test_a_leap_day_is_passed_on_the_first_of_march() -> None:
    assert ages_possible(born(2000, 2, 29), date(2025, 2, 28)) == (24, 24)
    assert ages_possible(born(2000, 2, 29), date(2025, 3, 1)) == (25, 25)
