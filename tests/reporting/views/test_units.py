"""The overview of who keeps several units."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import NUMBER, seen, signed_in
from tests.test_queries import NOT_COUNTED

pytestmark = pytest.mark.django_db

LINE = re.compile(r'<tr role="row"><th role="rowheader".*?</tr>', re.DOTALL)
LINK = re.compile(r'href="(/overzicht/[^"]*)">([^<]*)<')


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make.add_role(cast.ineke, "unit_manager", cast.provider, cast.other_unit)
    return cast


def several(cast: Cast) -> Client:
    """A manager of both units of the provider, who has something to count in each."""
    for _number in range(2):
        trajectory = make.TrajectoryFactory(programme=cast.programme)
    make.OutcomeFactory(trajectory=trajectory)
    make.TrajectoryFactory(programme=cast.programme, started_on=date(2025, 1, 10), ended_on=date(2025, 3, 1))
    return signed_in(cast.ineke)


def test_each_unit_has_a_row_whose_numbers_open_lists_of_as_many(cast: Cast) -> None:
    client = several(cast)
    rows = LINE.findall(seen(client, reverse("reporting:units")))
    assert len(rows) == 3  # and all units together
    for row in rows:
        (own, _name), *numbers = LINK.findall(row)
        assert seen(client, own).count('class="fig"') == 6
        for url, number in numbers:
            assert number == "0" or "waiting_time" in url or NUMBER.findall(seen(client, url)) == [number]


def test_the_year_before_stands_beside_it(cast: Cast) -> None:
    page = seen(several(cast), reverse("reporting:units"))
    row = next(row for row in LINE.findall(page) if cast.unit.name in row)
    assert re.findall(r'data-label="[^"]*">(?:<a [^>]*>)?(\d+)', row)[0] == "3"
    assert re.findall(r"</span>(?:<a [^>]*>)?(\d+)<", row)[0] == "1"


def test_more_units_or_people_cost_no_more_queries(cast: Cast) -> None:
    client = several(cast)
    client.get(reverse("reporting:units"))
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            seen(client, reverse("reporting:units"))
        counts.append(sum(not NOT_COUNTED.match(query["sql"]) for query in asked))
        make.add_role(cast.ineke, "unit_manager", cast.provider, make.UnitFactory(provider=cast.provider))
        make.TrajectoryFactory(programme=cast.programme)
    assert counts == [5, 5]


def test_below_stand_all_units_together_and_what_was_agreed(cast: Cast) -> None:
    twice = make.TrajectoryFactory(programme=make.ProgrammeFactory(provider=cast.provider, unit=cast.other_unit))
    make.TrajectoryFactory(programme=cast.programme, participant=twice.participant)
    make.RequirementFactory(agreement=cast.agreement, figure="participants", target=10)
    client = signed_in(cast.ineke)
    page = seen(client, reverse("reporting:units"))
    *units, together = [
        int(re.findall(r'data-label="[^"]*">(?:<a [^>]*>)?(\d+)', row)[0]) for row in LINE.findall(page)
    ]
    assert sum(units) == together + 1  # who is in both counts once
    assert 'id="targets"' in page


def test_who_keeps_one_unit_goes_to_its_overview() -> None:
    cast = make_cast()
    response = signed_in(cast.ineke).get(reverse("reporting:units"))
    assert (response.status_code, response["Location"]) == (302, reverse("reporting:dashboard"))
    assert reverse("reporting:units") not in seen(signed_in(cast.ineke), reverse("reporting:dashboard"))


def test_the_overview_of_a_unit_leads_to_all_units(cast: Cast) -> None:
    assert reverse("reporting:units") in seen(several(cast), reverse("reporting:dashboard"))
