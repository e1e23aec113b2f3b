"""The ten figures of the overview: what each says, where its marks lead, and what it does not compare."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.periods import Period
from organisations.models import Unit
from reporting.figures.versions import CHANGES, Version, broken_on
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.oracle.folder import read_folder
from tests.oracle.test_example import EXAMPLE
from tests.reporting.figures.into_database import Writer
from tests.reporting.views.test_dashboard import NUMBER, YEAR_2023, block_of, seen, signed_in
from tests.test_queries import NOT_COUNTED

pytestmark = pytest.mark.django_db

TEN = (
    *("flow", "outcomes", "destinations", "coaches", "waiting", "durations"),
    *("ladder", "domains", "loneliness", "relapse", "returns", "places", "quality"),
)
MARK = re.compile(r'<a href="(/overzicht/[^"]+)" tabindex="-1">(?:<(?:rect|circle)[^>]*>)?<title>[^<]*?: (\d+)')
CHANGED = (Version("2", date(2026, 2, 10), "Counted by the day of registration."),)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def example() -> Client:
    """The manager of every unit of the worked example."""
    Writer(read_folder(EXAMPLE)).write()
    manager = make.StaffMemberFactory(name="Ingrid Vos")
    for unit in Unit.objects.all():
        make.add_role(manager, "unit_manager", unit.provider, unit)
    return signed_in(manager)


def dashboard(client: Client, **query: str) -> str:
    return seen(client, reverse("reporting:dashboard"), **query)


def test_each_of_the_ten_has_a_message_its_tabs_and_what_it_counts(example: Client) -> None:
    page = dashboard(example, **YEAR_2023)
    for name in TEN:
        block = block_of(page, name)
        assert re.search(rf'<h2 id="{name}"[^>]*>\S', block), name
        assert re.search(r'view=table"', block), name
        assert re.search(r'href="/begrippen/[a-z_]+/"', block), name
    assert len(page.encode()) < 140_000


def test_every_mark_opens_a_list_of_as_many_as_it_says(example: Client) -> None:
    page = dashboard(example, **YEAR_2023)
    marks = [pair for name in TEN for pair in MARK.findall(block_of(page, name))]
    assert len(marks) > 60
    assert {
        name for name in ("lead_time", "running_time", "stock_end", "occupancy") for url, _n in marks if name in url
    } == {"lead_time", "running_time", "stock_end", "occupancy"}
    for url, number in marks:
        assert NUMBER.findall(seen(example, url)) == [number], url


def test_the_page_is_read_in_six_round_trips_with_targets_too(cast: Cast) -> None:
    make.RequirementFactory(agreement=cast.agreement, figure="participants", target=10)
    client = signed_in(cast.ineke)
    dashboard(client)
    with CaptureQueriesContext(connection) as asked:
        dashboard(client)
    assert sum(not NOT_COUNTED.match(query["sql"]) for query in asked) == 6


def test_a_changed_definition_breaks_the_line_and_takes_the_percentage_away(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        make.TrajectoryFactory(
            programme=cast.programme, started_on=date(2025, 1, 6 + number), ended_on=date(2025, 3, 1)
        )
    client = signed_in(cast.ineke)
    before = dashboard(client)
    assert "(-95%)" in before
    assert "breakl" not in before
    for figure in ("participants", "inflow", "waiting_time"):
        monkeypatch.setitem(CHANGES, figure, CHANGED)
    after = dashboard(client)
    assert "-95%" not in block_after(after, "<dl", "<dt>", 2)
    assert 'class="breakl"' in block_of(after, "flow")
    assert 'class="small break"' in block_of(after, "flow")
    assert 'class="small break"' not in block_of(after, "ladder")


def block_after(page: str, start: str, part: str, number: int) -> str:
    """The numbered part after a place on the page."""
    return page[page.index(start) :].split(part)[number - 1]


def test_a_definition_that_changed_outside_the_days_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHANGES, "inflow", CHANGED)
    assert broken_on("inflow", Period(date(2025, 1, 1), date(2026, 3, 1))) == date(2026, 2, 10)
    assert broken_on("inflow", Period(date(2026, 2, 10), date(2026, 3, 1))) is None
    assert broken_on("inflow", Period(date(2025, 1, 1), date(2026, 2, 9))) is None
    assert broken_on("outflow", Period(date(2025, 1, 1), date(2026, 3, 1))) is None


def test_months_that_may_still_change_are_marked_in_words_and_by_their_outline(cast: Cast) -> None:
    page = dashboard(signed_in(cast.ineke))
    block = block_of(page, "flow")
    assert 'class="c1p"' in block
    assert "provisional" in block or "voorlopig" in block


def test_a_period_without_anything_says_so_and_where_to_go() -> None:
    cast = make_cast()
    empty = make.StaffMemberFactory(name="Mila Groot", manager=make.UnitFactory(provider=cast.provider))
    page = dashboard(signed_in(empty))
    assert "<figure" not in page
    assert 'class="art"' in page
    assert "period=last_year" in page


def test_nothing_about_a_coach_is_sorted_by_number(cast: Cast) -> None:
    for coach in (cast.noor, cast.bo, cast.bo, cast.bo):
        make.TrajectoryFactory(programme=cast.programme, coach=coach, started_on=date(2026, 3, 3))
    block = block_of(dashboard(signed_in(cast.ineke)), "coaches")
    assert block.index("Bo Kuiper") < block.index("Noor de Wit")
    url, new = re.findall(r'href="([^"]*inflow[^"]*)">(\d+)', block)[0]
    assert (new, NUMBER.findall(seen(signed_in(cast.ineke), url))) == ("3", ["3"])


def test_who_has_more_or_fewer_than_agreed_is_told_in_words(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.unit.pk).update(caseload_from=1, caseload_to=2)
    for _number in range(3):
        make.TrajectoryFactory(programme=cast.programme, coach=cast.bo)
    make.TrajectoryFactory(programme=cast.programme, coach=cast.bo, ended_on=make.days_ago(3))
    client = signed_in(cast.ineke)
    block = block_of(dashboard(client), "coaches")
    assert 'class="range"' in block
    first, second = re.findall(r'<li><a class="name".*?</li>', block, re.DOTALL)
    assert "Bo Kuiper" in first and "<strong>" in first  # three at a time, of four in the period
    assert "Noor de Wit" in second and "<strong>" not in second
    url, number = re.findall(r'href="([^"]*)">Bo Kuiper</a>.*?strong">(\d+)<', first, re.DOTALL)[0]
    assert (number, NUMBER.findall(seen(client, url))) == ("3", ["3"])


def test_both_ends_of_the_agreed_range_are_given_or_neither(cast: Cast) -> None:
    for low, high in ((3, 2), (None, 2), (3, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.filter(pk=cast.unit.pk).update(caseload_from=low, caseload_to=high)
