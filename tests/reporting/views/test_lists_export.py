"""Every list beside the figures is a file too: as long as its number, noted in the read log, for who may see it."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from foundation.models import ReadEvent
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import NUMBER, seen, signed_in
from trajectories.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def rows_of(client: Client, name: str, **query: str) -> list[list[str]]:
    """The lines of a file, without its heads."""
    response = client.get(reverse(f"reporting:{name}", args=["csv"]), query)
    assert response.status_code == 200
    data = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(StringIO(data, newline="")))[1:]


def test_who_waits_is_listed_and_exported_as_often_as_the_overview_says(cast: Cast) -> None:
    for decision, days in ((Decision.WAITING, 9), (Decision.WAITING, 30), (Decision.NEW, 2)):
        person = make.ParticipantFactory(provider=cast.provider)
        on = make.days_ago(days)
        make.ReferralFactory(participant=person, programme=cast.programme, decision=decision, referred_on=on)
    client = signed_in(cast.ineke)
    panel = seen(client, reverse("reporting:dashboard"))
    assert "wachtlijst/?which=waiting" in panel and "wachtlijst/?which=new" in panel
    page = seen(client, reverse("reporting:waiting"), which="waiting")
    rows = rows_of(client, "export_waiting", which="waiting")
    assert NUMBER.findall(page) == ["2"] == [f"{len(rows)}"]
    assert [row[-1] for row in rows] == ["30", "9"]  # the longest first
    assert rows[0][2] == cast.programme.name
    assert len(rows_of(client, "export_waiting")) == 3
    assert client.get(reverse("reporting:waiting"), {"which": "x"}).status_code == 404


def test_free_places_are_listed_by_their_code(cast: Cast) -> None:
    slots = [make.SlotFactory(programme=cast.programme, starts_on=make.days_ago(60)) for _ in range(2)]
    client = signed_in(cast.ineke)
    page = seen(client, reverse("reporting:figure", args=["occupancy"]), cell="free")
    assert NUMBER.findall(page) == ["2"]
    assert slots[0].code in page
    assert "cell=free" in seen(client, reverse("reporting:dashboard"))


def test_the_worklist_is_a_file_as_long_as_its_number(cast: Cast) -> None:
    for member in (cast.ineke, cast.noor):
        client = signed_in(member)
        groups = client.get(reverse("reporting:signals")).context["groups"]
        for group in groups[:2]:
            assert len(rows_of(client, "export_signals", check=group["name"])) == group["number"], group["name"]
    assert "Samira el Amrani" in {row[1] for row in rows_of(signed_in(cast.ineke), "export_signals")}
    event = ReadEvent.objects.filter(what="reporting:export_signals").last()
    assert event is not None and cast.samira.pk in event.participant_ids


def test_cohorts_and_the_lists_behind_them_are_files(cast: Cast) -> None:
    client = signed_in(cast.ineke)
    table = client.get(reverse("reporting:cohorts")).context["cohort_table"]
    assert [row[0] for row in rows_of(client, "export_cohorts")] == [row.heading for row in table.rows]
    started = table.rows[-1].cells[0]
    cell = started.url.partition("cell=")[2]
    assert len(rows_of(client, "export_cohorts", cell=cell)) == started.value == 1
    assert ReadEvent.objects.filter(what="reporting:export_cohorts").exists()


def test_units_and_a_month_of_the_statistic_are_files(cast: Cast) -> None:
    make.add_role(cast.ineke, "unit_manager", cast.provider, cast.other_unit)
    make.ProvisionFactory(trajectory=cast.trajectory)
    client = signed_in(cast.ineke)
    assert len(rows_of(client, "export_units")) == len(client.get(reverse("reporting:units")).context["rows"]) + 1
    asked = client.get(reverse("reporting:statistic_people"), {"month": "2026-03"}).context["asked"]
    lines = rows_of(client, "export_statistic_people", month="2026-03")
    assert len(lines) == len(asked.month.lines)
    assert len(rows_of(client, "export_statistic_checks", month="2026-03")) == len(asked.findings)
    assert client.get(reverse("reporting:export_units", args=["pdf"])).status_code == 404
