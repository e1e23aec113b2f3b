"""Pages of a list: each starts after the last row of the one before, and none is skipped or shown twice."""

import uuid
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from foundation.pages import Page, keyset_page
from organisations.models import Unit
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
ORDER = ("name", "id")


@pytest.fixture
def units() -> None:
    for name in ("Aa", "Bb", "Bb", "Bb", "Cc", "Dd", "Ee"):
        UnitFactory(name=name)


def page(after: str | None, order: tuple[str, ...] = ORDER) -> Page[Any]:
    return keyset_page(Unit.objects.all(), after=after, size=3, order=order)


@pytest.mark.parametrize("order", [ORDER, ("-name", "-id"), ("-name", "id")])
def test_forwards_and_back_again_show_each_row_once(units: None, order: tuple[str, ...]) -> None:
    everything = list(Unit.objects.order_by(*order))
    first = page(None, order)
    second = page(first.next, order)
    third = page(second.next, order)
    assert first.rows + second.rows + third.rows == everything
    assert (first.previous, third.next) == ("", "")
    back = page(third.previous, order)
    assert back.rows == second.rows
    assert page(back.previous, order).rows == first.rows
    assert page(back.previous, order).previous == ""


@pytest.mark.parametrize("token", ["", "nonsense", "-", str(uuid.UUID(int=1)), f"-{uuid.UUID(int=1)}"])
def test_an_unknown_page_is_the_first(units: None, token: str) -> None:
    assert page(token).rows == page(None).rows


def test_a_list_of_one_page_has_no_links(units: None) -> None:
    only = keyset_page(Unit.objects.all(), after=None, size=7, order=ORDER)
    assert (len(only.rows), only.next, only.previous) == (7, "", "")


def test_an_empty_list_is_an_empty_page() -> None:
    assert page(None) == Page()


def test_a_page_takes_two_queries_at_most(units: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        first = page(None)
    with django_assert_num_queries(2):
        page(first.next)
