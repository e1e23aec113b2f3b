"""A list as a file: as long as the number says, without a formula that lives, and noted as an export."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from foundation.models import ReadEvent
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.reporting.views.test_dashboard import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def exported(client: Client, figure: str, file_format: str, **query: str) -> bytes:
    response = client.get(reverse("reporting:export_figure", args=[figure, file_format]), query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def book_rows(data: bytes) -> list[list[Any]]:
    """The rows below the title, the line about it and the header."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)[3:]


def test_the_file_holds_the_lines_of_the_list_by_surname(cast: Cast) -> None:
    make.TrajectoryFactory(
        programme=cast.programme,
        participant=make.ParticipantFactory(provider=cast.provider, given_names="=1+1", prefix="", surname="=Formule"),
    )
    client = signed_in(cast.ineke)
    head, *rows = csv_rows(exported(client, "participants", "csv"))
    assert [row[0] for row in rows] == ["'=1+1 =Formule", "Samira el Amrani"]
    assert len(head) == len(rows[0])
    assert cast.samira.reference in {row[1] for row in rows}
    for file_format in ("xlsx", "ods"):
        data = exported(client, "participants", file_format)
        assert {row[0] for row in book_rows(data)} == {"=1+1 =Formule", "Samira el Amrani"}
        assert b"<f>" not in data


def test_who_takes_names_along_is_noted(cast: Cast) -> None:
    exported(signed_in(cast.ineke), "participants", "csv")
    event = ReadEvent.objects.get()
    assert (event.what, event.participant_ids) == ("reporting:export_figure", [cast.samira.pk])


def test_a_closed_file_stands_in_it_without_a_name(cast: Cast) -> None:
    make.TrajectoryFactory(
        programme=cast.programme,
        participant=make.ParticipantFactory(provider=cast.provider, surname="Voorbij"),
        started_on=date(2024, 1, 1),
        ended_on=date(2024, 6, 1),
    )
    asked = {"period": "own", "first": "2024-01-01", "last": "2024-12-31"}
    _head, *rows = csv_rows(exported(signed_in(cast.ineke), "participants", "csv", **asked))
    assert len(rows) == 1
    assert "Voorbij" not in rows[0][0] and rows[0][1] == ""
    assert not ReadEvent.objects.exists()


def test_the_table_behind_a_chart_is_a_file_too(cast: Cast) -> None:
    _head, *rows = csv_rows(exported(signed_in(cast.ineke), "participants", "csv", view="table"))
    assert [row[1] for row in rows] == ["1", "1", "1", "1"]  # three months, and the whole
    assert not ReadEvent.objects.exists()


def test_what_is_no_format_or_no_period_is_not_found(cast: Cast) -> None:
    client = signed_in(cast.ineke)
    for figure, file_format, query in (
        ("participants", "pdf", {}),
        ("nothing", "csv", {}),
        ("participants", "csv", {"period": "own", "first": "x"}),
        ("participants", "csv", {"unit": f"{cast.other_unit.pk}"}),
    ):
        address = reverse("reporting:export_figure", args=[figure, file_format])
        assert client.get(address, query).status_code == 404


@pytest.mark.parametrize("role", ["coach", "officer", "functional_manager", "privacy_officer"])
def test_only_a_unit_manager_exports(cast: Cast, role: str) -> None:
    address = reverse("reporting:export_figure", args=["participants", "csv"])
    assert signed_in(cast.staff[role]).get(address).status_code == 403
