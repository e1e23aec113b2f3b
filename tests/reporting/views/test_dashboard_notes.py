"""Dated notes stand on the overview with the block that draws their figure, and on its print."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.actions.noting import add_note
from reporting.figures import CATALOGUE
from reporting.screens.notes import BLOCKS
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import block_of, seen, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_a_note_stands_with_the_block_of_its_figure(cast: Cast) -> None:
    for figure, text in (
        ("outflow", "In maart dicht."),
        ("participants", "Nieuwe groep."),
        ("participants.coach", "Bo was ziek."),
        ("attendance", "Griep."),
    ):
        add_note(by=cast.ineke, unit_id=cast.unit.pk, figure=figure, dated_on=date(2026, 3, 2), text=text)
    client, address = signed_in(cast.ineke), reverse("reporting:dashboard")
    page = seen(client, address)
    assert "In maart dicht." in block_of(page, "flow")
    assert "Bo was ziek." in block_of(page, "coaches")
    above = page[: page.index("<figure")]
    assert "Nieuwe groep." in above and "Griep." in above
    assert '#notes"' in block_of(page, "flow")
    assert page.count("In maart dicht.") == 1
    assert "In maart dicht." not in seen(client, address, period="last_year")


def test_a_note_about_the_split_per_coach_stays_with_it(cast: Cast) -> None:
    client, figure = signed_in(cast.ineke), reverse("reporting:figure", args=["participants"])
    written = client.post(
        reverse("reporting:add_note", args=["participants"]) + "?by=coach",
        {"dated_on": "2-3-2026", "text": "Bo was ziek."},
    )
    assert written["Location"] == f"{figure}?by=coach"
    assert "Bo was ziek." in seen(client, figure, by="coach")
    assert "Bo was ziek." not in seen(client, figure)


def test_every_figure_in_a_block_exists() -> None:
    assert {name.partition(".")[0] for name in BLOCKS} <= set(CATALOGUE)
