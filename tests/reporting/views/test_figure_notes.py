"""Dated notes beside a figure, and saved views."""

import re
from datetime import date

import pytest
from django.urls import reverse

from reporting.actions.noting import add_note, save_view
from reporting.models import FigureNote, SavedView
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import NUMBER, seen, signed_in

pytestmark = pytest.mark.django_db

CLOSED = "In maart twee weken dicht."


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def note_of(cast: Cast, day: date = date(2026, 3, 2)) -> FigureNote:
    return add_note(by=cast.ineke, unit_id=cast.unit.pk, figure="inflow", dated_on=day, text=CLOSED)


def test_a_note_stands_beside_its_figure_and_goes_away_again(cast: Cast) -> None:
    client, page = signed_in(cast.ineke), reverse("reporting:figure", args=["inflow"])
    sent = client.post(
        reverse("reporting:add_note", args=["inflow"]) + "?view=chart", {"dated_on": "2-3-2026", "text": CLOSED}
    )
    assert (sent.status_code, sent["Location"]) == (302, f"{page}?view=chart")
    assert CLOSED in seen(client, page, view="table")
    assert CLOSED not in seen(client, reverse("reporting:figure", args=["outflow"]))
    assert CLOSED not in seen(client, page, period="last_year")  # a note about another year
    note = FigureNote.objects.get()
    assert (note.unit, note.written_by) == (cast.unit, cast.ineke)
    client.post(reverse("reporting:remove_note", args=[note.pk]))
    assert not FigureNote.objects.exists()


@pytest.mark.parametrize(("day", "text"), [("", CLOSED), ("2030-01-01", CLOSED), ("2026-03-02", "")])
def test_what_is_no_note_is_asked_again(cast: Cast, day: str, text: str) -> None:
    sent = signed_in(cast.ineke).post(
        reverse("reporting:add_note", args=["inflow"]), {"dated_on": day, "text": text}
    )  # fmt: skip
    assert sent.status_code == 200
    assert "note-error" in sent.content.decode()
    assert not FigureNote.objects.exists()


def test_another_units_note_is_not_shown_and_not_removed(cast: Cast) -> None:
    note = add_note(
        by=cast.ineke, unit_id=cast.other_unit.pk, figure="inflow", dated_on=date(2026, 3, 2), text=CLOSED
    )  # fmt: skip
    client = signed_in(cast.ineke)
    assert CLOSED not in seen(client, reverse("reporting:figure", args=["inflow"]))
    assert client.post(reverse("reporting:remove_note", args=[note.pk])).status_code == 404
    assert FigureNote.objects.exists()


def test_with_several_units_somebody_says_which(cast: Cast) -> None:
    make.add_role(cast.ineke, "unit_manager", cast.provider, cast.other_unit)
    client, address = signed_in(cast.ineke), reverse("reporting:add_note", args=["inflow"])
    data = {"dated_on": "2026-03-02", "text": CLOSED}
    assert client.post(address, data).status_code == 200
    assert client.post(address, data | {"unit": f"{cast.foreign_unit.pk}"}).status_code == 200
    assert client.post(address, data | {"unit": f"{cast.other_unit.pk}"}).status_code == 302
    assert FigureNote.objects.get().unit == cast.other_unit


def test_filters_are_kept_under_a_name_opened_and_forgotten(cast: Cast) -> None:
    client = signed_in(cast.ineke)
    query = f"?period=last_year&coach={cast.noor.pk}"
    page = seen(client, reverse("reporting:saved_views") + query)
    assert "Noor de Wit" in page
    assert client.post(reverse("reporting:save_view") + query, {"name": "Noor"}).status_code == 302
    view = SavedView.objects.get()
    assert view.query == query.removeprefix("?")
    assert f'href="{reverse("reporting:dashboard")}?{view.query}"' in seen(client, reverse("reporting:saved_views"))
    assert NUMBER.findall(seen(client, reverse("reporting:figure", args=["participants"]) + f"?{view.query}")) == ["0"]
    client.post(reverse("reporting:save_view"), {"name": "Noor"})
    assert SavedView.objects.get().query == ""  # the same name takes the new filters
    client.post(reverse("reporting:delete_view", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_a_view_of_one_figure_opens_that_figure(cast: Cast) -> None:
    client = signed_in(cast.ineke)
    page = seen(client, reverse("reporting:figure", args=["inflow"]), view="table", period="last_year")
    keep = re.findall(r'href="([^"]*weergaven/[^"]*figure=inflow[^"]*)"', page)[0]
    kept = seen(client, keep)
    save = re.findall(r'action="([^"]*weergaven/bewaren/[^"]*)"', kept)[0]
    assert client.post(save, {"name": "Instroom"}).status_code == 302
    address = reverse("reporting:figure", args=["inflow"])
    assert f'href="{address}?period=last_year&view=table"' in seen(client, reverse("reporting:saved_views"))


def test_somebody_elses_view_is_not_found(cast: Cast) -> None:
    other = make.StaffMemberFactory()
    view = save_view(by=other, name="Van een ander", query="")
    client = signed_in(cast.ineke)
    assert "Van een ander" not in seen(client, reverse("reporting:saved_views"))
    assert client.post(reverse("reporting:delete_view", args=[view.pk])).status_code == 404
    assert SavedView.objects.exists()


def test_a_view_of_what_is_nobodys_any_more_says_so(cast: Cast) -> None:
    save_view(by=cast.ineke, name="Oud", query=f"coach={cast.dina.pk}")
    page = seen(signed_in(cast.ineke), reverse("reporting:saved_views"))
    assert "Oud" in page
    assert f"{cast.dina.pk}" not in page


def test_a_view_needs_a_name(cast: Cast) -> None:
    sent = signed_in(cast.ineke).post(reverse("reporting:save_view"), {"name": ""})
    assert "note-error" in sent.content.decode()
    assert not SavedView.objects.exists()
