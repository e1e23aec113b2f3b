"""The page of one figure: chart, table and people are three tabs of the same thing."""

import re
from datetime import date

import pytest
from django.urls import reverse

from foundation.models import ReadEvent
from reporting.figures import CATALOGUE
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import LINKED_NUMBER, NUMBER, seen, signed_in
from trajectories.models import EventKind

pytestmark = pytest.mark.django_db

TABS = re.compile(r'<nav class="tabs".*?</nav>', re.DOTALL)
VIEWS = re.compile(r'href="[^"]*view=(\w+)"( aria-current="page")?')


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def tabs(page: str) -> dict[str, bool]:
    """Which tabs there are, and which is shown."""
    found = TABS.findall(page)
    return {view: bool(current) for view, current in VIEWS.findall(found[0])}


def test_a_number_opens_as_the_list_of_people_and_two_tabs_lead_to_chart_and_table(cast: Cast) -> None:
    client, url = signed_in(cast.ineke), reverse("reporting:figure", args=["participants"])
    assert tabs(seen(client, url)) == {"chart": False, "table": False, "people": True}
    chart = seen(client, url, view="chart", coach=f"{cast.noor.pk}")
    assert tabs(chart) == {"chart": True, "table": False, "people": False}
    assert '<svg class="chart' in chart
    assert f"coach={cast.noor.pk}&view=table" in chart  # the filters go with the tabs


def test_each_month_in_the_table_opens_a_list_of_as_many(cast: Cast) -> None:
    for day in (date(2025, 2, 3), date(2026, 2, 3), date(2026, 2, 9)):
        make.TrajectoryFactory(programme=cast.programme, started_on=day)
    client = signed_in(cast.ineke)
    page = seen(client, reverse("reporting:figure", args=["inflow"]), view="table")
    table = page[page.index('<table class="tbl">') :]
    numbers = LINKED_NUMBER.findall(table)
    assert len(numbers) >= 4  # two months, two years, and the whole of both
    for url, number in numbers:
        assert NUMBER.findall(seen(client, url)) == [number], url
    whole = table[table.index("<tfoot>") :]
    assert re.findall(r">(\d+)</a>", whole)[0] == NUMBER.findall(page)[0]


def test_a_figure_of_several_numbers_opens_as_bars_each_a_link(cast: Cast) -> None:
    make.OutcomeFactory(trajectory=cast.trajectory)
    client, url = signed_in(cast.ineke), reverse("reporting:figure", args=["outcomes_by_kind"])
    page = seen(client, url)
    assert tabs(page) == {"chart": True, "table": False, "people": False}
    assert 'class="bars' in page
    assert NUMBER.findall(seen(client, url, cell="paid_work")) == ["1"]
    people = seen(client, url, view="people")
    assert NUMBER.findall(people) == ["1"]
    assert "Samira el Amrani" in people


def test_numbers_that_count_different_things_have_no_list_together(cast: Cast) -> None:
    client = signed_in(cast.ineke)
    for figure in ("data_quality", "targets", "occupancy"):
        page = seen(client, reverse("reporting:figure", args=[figure]), view="people")
        assert "people" not in tabs(page), figure


def test_every_figure_of_the_catalogue_shows_with_its_definition(cast: Cast) -> None:
    make.add_event(cast.trajectory, EventKind.RELAPSE, date(2026, 3, 2))
    client = signed_in(cast.ineke)
    for figure in CATALOGUE:
        page = seen(client, reverse("reporting:figure", args=[figure]), view="chart")
        assert f'/begrippen/{figure}/"' in page


def test_a_split_has_its_three_tabs_too(cast: Cast) -> None:
    client, url = signed_in(cast.ineke), reverse("reporting:figure", args=["participants"])
    page = seen(client, url, by="coach")
    assert tabs(page)["chart"]
    assert "Noor de Wit" in page
    assert NUMBER.findall(seen(client, url, by="coach", cell=f"{cast.noor.pk}", view="chart")) == ["1"]


def test_a_period_of_many_years_is_shown_per_year(cast: Cast) -> None:
    page = seen(
        signed_in(cast.ineke), reverse("reporting:figure", args=["inflow"]),
        view="table", period="own", first="2020-06-01", last="2026-03-17",
    )  # fmt: skip
    table = page[page.index('<table class="tbl">') :]
    assert re.findall(r'<th scope="row">(\d{4})</th>', table) == [str(year) for year in range(2020, 2027)]


def test_the_title_page_of_a_print_says_what_was_asked(cast: Cast) -> None:
    page = seen(signed_in(cast.ineke), reverse("reporting:figure", args=["inflow"]), coach=f"{cast.noor.pk}")
    title = page[page.index("print-title") :]
    title = title[: title.index("</section>")]
    assert "Groen" in title and "Noor de Wit" in title and "2026" in title


def test_who_looks_at_a_chart_reads_no_file(cast: Cast) -> None:
    seen(signed_in(cast.ineke), reverse("reporting:figure", args=["participants"]), view="chart")
    assert not ReadEvent.objects.exists()
