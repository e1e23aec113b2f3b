"""One page per definition: for everybody, without what is not theirs."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.figures import CATALOGUE
from reporting.figures.versions import CHANGES, versions_of
from reporting.signals.checks import DUE
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import seen, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize("role", ["coach", "manager", "officer", "functional_manager", "privacy_officer"])
def test_everybody_reads_a_definition_with_its_rule(cast: Cast, role: str) -> None:
    page = seen(signed_in(cast.staff[role]), reverse("reporting:definition", args=["participants"]))
    assert "T 1:" in page  # a table of a report
    assert (reverse("reporting:figure", args=["participants"]) in page) == (role == "manager")


def test_who_demands_it_is_told_to_who_pays_and_who_is_paid(cast: Cast) -> None:
    make.RequirementFactory(agreement=cast.agreement, figure="participants", target=60, splits=["gender"])
    make.RequirementFactory(agreement=cast.agreement, figure="inflow", ends_on=date(2025, 12, 31))
    url = reverse("reporting:definition", args=["participants"])
    label = f"{cast.agreement.code}, Amersfoort"
    told = {role: label in seen(signed_in(cast.staff[role]), url) for role in cast.staff}
    assert {role for role, is_told in told.items() if is_told} == {"manager", "officer", "functional_manager"}
    over = seen(signed_in(cast.ineke), reverse("reporting:definition", args=["inflow"]))
    assert label not in over  # demanded until last year


def test_every_definition_has_a_page_and_there_are_no_others(cast: Cast) -> None:
    client = signed_in(cast.omar)
    for figure in (*CATALOGUE, *DUE, "cohorts", "programmes_compared"):
        seen(client, reverse("reporting:definition", args=[figure]))
    assert client.get(reverse("reporting:definition", args=["nothing"])).status_code == 404


def test_the_newest_version_of_each_definition_is_the_one_that_is_counted_by() -> None:
    assert set(CHANGES) <= set(CATALOGUE)
    assert {key: versions_of(key)[0].version for key in CATALOGUE} == {
        key: definition.version for key, definition in CATALOGUE.items()
    }


def test_it_says_in_which_tables_of_a_report_it_stands(cast: Cast) -> None:
    client = signed_in(cast.omar)
    large = seen(client, reverse("reporting:definition", args=["trajectories"]))
    assert "T 17:" in large and "S 1:" in large
    assert "first page" in large or "eerste bladzijde" in large
    assert "D 3:" in seen(client, reverse("reporting:definition", args=["loneliness"]))
    assert "D 9:" in seen(client, reverse("reporting:definition", args=["by_municipality"]))


def test_what_is_no_figure_leads_to_its_page_for_who_may_see_that(cast: Cast) -> None:
    for name, page in (("past_goal_date", reverse("reporting:signals")), ("cohorts", reverse("reporting:cohorts"))):
        url = reverse("reporting:definition", args=[name])
        assert page in seen(signed_in(cast.ineke), url)
        assert page not in seen(signed_in(cast.omar), url)
