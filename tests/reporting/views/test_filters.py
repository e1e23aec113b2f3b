"""The filter bar: its state is the address, and the starting year narrows like the others."""

from datetime import date

import pytest
from django.urls import reverse

from foundation.periods import Period
from reporting.facts import Scope
from reporting.figures import compute
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import NUMBER, seen, signed_in

pytestmark = pytest.mark.django_db

YEARS = Period(date(2024, 1, 1), date(2026, 3, 17))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_only_trajectories_that_started_in_the_year_count_and_what_hangs_on_them(cast: Cast) -> None:
    old = make.TrajectoryFactory(programme=cast.programme, started_on=date(2024, 5, 6))
    make.OutcomeFactory(trajectory=old, dated_on=date(2026, 2, 2))
    make.OutcomeFactory(trajectory=cast.trajectory, dated_on=date(2026, 2, 2))
    make.SessionFactory(trajectory=old, held_on=date(2026, 1, 9))

    def numbers(year: int | None) -> list[int]:
        scope = Scope(units=frozenset([cast.unit.pk]), started_in=year)
        found = compute(scope, YEARS, date(2026, 3, 17), ("participants", "paid_work", "sessions"))
        return [found["participants"].number(), found["paid_work"].number(), found["sessions"].number("n")]

    everything, of_2024 = numbers(None), numbers(2024)
    assert of_2024 == [1, 1, 1]
    assert numbers(2025) == [0, 0, 0]
    assert [a + b for a, b in zip(of_2024, numbers(cast.trajectory.started_on.year), strict=True)] == everything


def test_the_year_stands_in_the_address_as_a_chip_that_goes_away(cast: Cast) -> None:
    make.TrajectoryFactory(programme=cast.programme, started_on=date(2024, 5, 6))
    client, url = signed_in(cast.ineke), reverse("reporting:figure", args=["participants"])
    page = seen(client, url, started="2024", coach=f"{cast.noor.pk}")
    assert NUMBER.findall(page) == ["0"]
    assert f'href="{url}?coach={cast.noor.pk}"' in page  # the chip of the year
    assert f'href="{url}?started=2024"' in page  # the chip of the coach
    assert NUMBER.findall(seen(client, url, started="2024")) == ["1"]
    assert client.get(url, {"started": "2023"}).status_code == 404  # nobody's started then
    assert client.get(url, {"started": "x"}).status_code == 404


def test_targets_are_of_the_whole_agreement_whatever_year_is_asked(cast: Cast) -> None:
    make.RequirementFactory(agreement=cast.agreement, figure="participants", target=10)
    for year in (None, 2019):
        found = compute(Scope(units=frozenset([cast.unit.pk]), started_in=year), YEARS, date(2026, 3, 17), ["targets"])
        row = next(row for row in found["targets"].value if row["agreement"] == cast.agreement.code)
        assert row["realised"] > 0
