"""Chart, table and people of a figure are the same thing as on the overview, with last year beside it."""

import csv
import re
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from reporting.screens.drawn import DRAWINGS
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import LINKED_NUMBER, NUMBER, block_of, seen, signed_in

pytestmark = pytest.mark.django_db

SVG = re.compile(r'<svg class="chart.*?</svg>', re.DOTALL)


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for number, days in enumerate((10, 40, 200)):
        make.TrajectoryFactory(
            programme=cast.programme, started_on=make.days_ago(days + 20), ended_on=make.days_ago(20 - number)
        )
    return cast


def drawn(page: str) -> list[str]:
    """The drawings on a page, however they are indented."""
    return [re.sub(r"\s+", " ", drawing) for drawing in SVG.findall(page)]


@pytest.mark.parametrize(("block", "figure"), [("flow", "trajectories"), ("durations", "lead_time")])
def test_the_page_of_a_figure_draws_what_the_overview_draws(cast: Cast, block: str, figure: str) -> None:
    client = signed_in(cast.ineke)
    there = block_of(seen(client, reverse("reporting:dashboard")), block)
    here = block_of(seen(client, reverse("reporting:figure", args=[figure]), view="chart"), block)
    assert drawn(there) == drawn(here) != []


def test_the_table_of_the_flow_and_its_file_hold_both_ways_and_who_is_there(cast: Cast) -> None:
    client, asked = signed_in(cast.ineke), {"view": "table"}
    page = seen(client, reverse("reporting:figure", args=["trajectories"]), **asked)
    numbers = LINKED_NUMBER.findall(page[page.index('<table class="tbl">') :])
    assert {"inflow", "outflow", "stock_end"} <= {url.split("/")[2] for url, _number in numbers}
    for url, number in numbers:
        assert NUMBER.findall(seen(client, url)) == [number], url
    response = client.get(reverse("reporting:export_figure", args=["trajectories", "csv"]), asked)
    data = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(StringIO(data, newline="")))
    assert len(rows[0]) == 6
    assert rows[-1][1:3] == ["3", "3"]  # came and went, in the whole period


def test_who_took_longest_stands_first(cast: Cast) -> None:
    page = seen(signed_in(cast.ineke), reverse("reporting:figure", args=["lead_time"]), cell="n", view="people")
    days = [int(day) for day in re.findall(r'class="n" data-label="[^"]*">(\d+)<', page)]
    assert days == sorted(days, reverse=True) and len(days) == 3


def test_the_lines_are_the_terms_of_the_programmes(cast: Cast) -> None:
    client, url = signed_in(cast.ineke), reverse("reporting:dashboard")
    cast.programme.trial_weeks, cast.programme.norm_weeks = 5, 30
    cast.programme.save()
    ran = block_of(seen(client, url), "durations")
    assert re.search(r">[^<]*5 w[^<]*</text>", ran)


def test_what_was_measured_stands_beside_last_year(cast: Cast) -> None:
    for day, score in ((date(2025, 1, 5), 2), (date(2025, 3, 1), 3), (date(2026, 3, 1), 4)):
        make.measure(cast.samira, "zrm2017", day, {"finances": score})
    make.TrajectoryFactory(programme=cast.programme, participant=cast.samira, started_on=date(2025, 1, 5))
    client = signed_in(cast.ineke)
    block = block_of(seen(client, reverse("reporting:dashboard")), "domains")
    assert re.search(r'class="before quiet"><a href="[^"]*days=2025[^"]*">1</a>', block)
    table = seen(client, reverse("reporting:figure", args=["instrument_change"]), view="table")
    assert "+2.0" in table and "+1.0" in table  # the average change, now and then


def test_a_split_is_drawn_as_on_the_overview_too(cast: Cast) -> None:
    page = seen(signed_in(cast.ineke), reverse("reporting:figure", args=["participants"]), by="coach")
    assert ("participants", "coach") in DRAWINGS and block_of(page, "coaches")


def test_who_came_back_within_a_year_is_told_by_the_quarter_of_the_end(cast: Cast) -> None:
    for again in (date(2024, 9, 1), date(2025, 3, 2), None):  # within the year, a day too late, never
        person = make.ParticipantFactory(provider=cast.provider)
        started = [(date(2023, 12, 1), date(2024, 3, 1)), *([(again, None)] if again else [])]
        for first, last in started:
            make.TrajectoryFactory(programme=cast.programme, participant=person, started_on=first, ended_on=last)
    client = signed_in(cast.ineke)
    block = block_of(seen(client, reverse("reporting:dashboard")), "returned")
    url, number = re.findall(r'href="(/overzicht/cohorten/[^"]*2024-1.back)">(\d+)<', block)[0]
    assert number == "1"
    assert NUMBER.findall(seen(client, url)) == ["1"]
    assert NUMBER.findall(seen(client, url.replace("2024-1.back", "2024-1.ended"))) == ["3"]
    whole = client.get(reverse("reporting:cohorts")).context["returned"]
    assert [one.word for one in whole.shares][-1] != ""  # too early to tell of this quarter
    assert "returned" not in seen(client, reverse("reporting:dashboard"), coach=f"{cast.noor.pk}").split("<main")[1]


def test_from_which_programme_people_went_where_stands_below_the_table(cast: Cast) -> None:
    other = make.ProgrammeFactory(provider=cast.provider, unit=cast.unit)
    for programme in (cast.programme, cast.programme, other):
        make.TrajectoryFactory(programme=programme, started_on=make.days_ago(60), ended_on=make.days_ago(9))
    client, url = signed_in(cast.ineke), reverse("reporting:figure", args=["ended_by_destination"])
    table = seen(client, url, view="table").split("</table>")[1]
    numbers = re.findall(r'href="([^"]*programme=[^"]*)">(\d+)(?: \(100%\))?<', table)
    assert sorted(number for _url, number in numbers) == ["1", "1", "5", "5"]
    for there, number in numbers:
        assert NUMBER.findall(seen(client, there)) == [number]
