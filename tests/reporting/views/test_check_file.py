"""Comparing a file with those of a report: what is said, to whom, and that nothing of the file is kept."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organisations.models import StaffMember
from reporting.models import FileFormat, Report
from reporting.views.reports import comparing
from tests.cast import Cast, make_cast
from tests.signed import signed_report

pytestmark = pytest.mark.django_db

ROWS = b"the rows behind it"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def report(cast: Cast) -> Report:
    """A signed report with a PDF, and with the rows for the provider."""
    return signed_report(cast.agreement, {FileFormat.PDF: b"%PDF the report", FileFormat.ROWS: ROWS})


def ask(user: StaffMember, report: Report, content: bytes | None) -> str:
    client = Client()
    client.force_login(user)
    data = {} if content is None else {"file": SimpleUploadedFile("map/mijn rapport.pdf", content)}
    return client.post(reverse("reporting:check_file", args=[report.pk]), data).content.decode()


def test_a_file_of_the_report_is_recognised_and_one_byte_more_is_not(cast: Cast, report: Report) -> None:
    assert f"Dit bestand is gelijk aan versie 1 van {report.number} (pdf)." in ask(
        cast.omar, report, b"%PDF the report"
    )
    said = ask(cast.omar, report, b"%PDF the report ")
    assert f"Dit bestand hoort niet bij {report.number}." in said
    assert "mijn rapport.pdf" in said


def test_an_officer_compares_only_with_what_may_be_downloaded(cast: Cast, report: Report) -> None:
    assert "hoort niet bij" in ask(cast.omar, report, ROWS)
    assert "(rows)" in ask(cast.ineke, report, ROWS)


def test_no_file_an_empty_one_and_one_too_large_are_refused_in_words(
    cast: Cast, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Kies een bestand." in ask(cast.omar, report, None)
    assert "Dit bestand is leeg." in ask(cast.omar, report, b"")
    monkeypatch.setattr(comparing, "MOST_BYTES", 10)
    assert "groter dan 100 MB" in ask(cast.omar, report, b"%PDF the report")


def test_nothing_of_the_file_reaches_the_disk(cast: Cast, report: Report, tmp_path: Path, settings: Settings) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "not-there")
    assert "hoort niet bij" in ask(cast.omar, report, b"x" * 3 * 2**20)


def test_a_form_without_its_token_is_refused(cast: Cast, report: Report) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.omar)
    upload = {"file": SimpleUploadedFile("r.pdf", b"%PDF the report")}
    assert client.post(reverse("reporting:check_file", args=[report.pk]), upload).status_code == 403
