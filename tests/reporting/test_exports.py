"""The rows behind a report: one CSV per frozen table, for the provider only."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from foundation.models import ReadEvent
from organisations.models import StaffMember
from reporting import actions, exports
from reporting.documents.content import from_data
from reporting.documents.formats import FORMATS, ROWS, Format
from reporting.models import FileFormat, FrozenTable, Report, ReportFile, ReportState
from reporting.views.reports import reading
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.signed import signed_report

pytestmark = pytest.mark.django_db

SESSIONS: list[list[object]] = [
    ["id", "participant_id", "dated_on", "minutes", "kind", "is_imported", "answers"],
    [1, 7, "2025-03-01", 45, "=1+1", False, {"b": 2, "a": 1}],
    [2, 7, "2025-03-08", None, "één", True, {}],
]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def report(cast: Cast) -> Report:
    report = make.ReportFactory(provider=cast.provider, content=signed_report(cast.agreement).content)
    frozen(report, "sessions", SESSIONS)
    frozen(report, "persons", [["id", "gender"]])
    return report


def frozen(report: Report, name: str, lines: list[list[object]]) -> None:
    content = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    digest = hashlib.sha256(content).hexdigest()
    FrozenTable.objects.create(
        report=report, name=name, rows=len(lines) - 1, sha256=digest, content=content, row_hashes=b""
    )


def files(report: Report) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(exports.render_rows(report))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("at_once", [1, 7, 64, 10**6])
def test_each_frozen_table_is_a_csv_with_its_rows(
    report: Report, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(exports, "BYTES_AT_ONCE", at_once)
    written = files(report)
    assert rows(written["sessions.csv"]) == [
        ["id", "participant_id", "dated_on", "minutes", "kind", "is_imported", "answers"],
        ["1", "7", "2025-03-01", "45", "'=1+1", "false", '{"a":1,"b":2}'],
        ["2", "7", "2025-03-08", "", "één", "true", "{}"],
    ]
    assert rows(written["persons.csv"]) == [["id", "gender"]]


def test_the_dictionary_says_what_each_column_holds(report: Report) -> None:
    said = {(row[0], row[1]): row[2:] for row in rows(files(report)["data_dictionary.csv"])}
    kinds = [said["sessions.csv", name][0] for name in ("participant_id", "dated_on", "minutes", "kind", "answers")]
    assert kinds == [said["sessions.csv", "id"][0], said["sessions.csv", "dated_on"][0], kinds[2], kinds[3], "JSON"]
    assert len(set(kinds)) == len(kinds)
    assert said["sessions.csv", "dated_on"][1]
    assert len(said) == 1 + 1 + len(SESSIONS[0]) + 2


def test_the_manifest_names_the_report_and_the_hash_of_each_table_and_file(report: Report) -> None:
    written = files(report)
    said = json.loads(written["manifest.json"])
    content = from_data(report.content)
    assert (said["number"], said["version"]) == (content.number, content.version)
    assert said["frozen_sha256"] == {
        f"{table.name}.csv": table.sha256 for table in report.frozen_tables.order_by("name")
    }
    for file in said["files"]:
        assert file["sha256"] == hashlib.sha256(written[file["name"]].encode()).hexdigest()
        assert file["rows"] == len(rows(written[file["name"]])) - 1


def test_the_same_rows_give_the_same_bytes(report: Report) -> None:
    assert exports.render_rows(report) == exports.render_rows(report)


def test_a_draft_and_the_signed_report_have_the_same_rows_and_they_are_made_once(cast: Cast, report: Report) -> None:
    content = from_data(report.content)
    draft = replace(content, status="draft", signed_by="", signed_on=None)
    assert exports.render_rows(report, content) == exports.render_rows(report, draft)
    for file_format in (FileFormat.ROWS, FileFormat.PDF):
        ReportFile.objects.create(report=report, format=file_format, name="x", size=1, sha256="", content=b"x")
    Report.objects.filter(pk=report.pk).update(state=ReportState.CHECKED)
    report.refresh_from_db()
    actions.sign_report(by=cast.ineke, report=report)
    assert report.files.get().format == FileFormat.ROWS


def test_rows_are_made_of_the_whole_only_and_not_for_payers() -> None:
    assert [each.id for each in FORMATS.values() if not each.for_payers] == [ROWS]
    assert FORMATS[ROWS].is_made_of(None)
    assert not FORMATS[ROWS].is_made_of(object())
    assert all(each.is_made_of(object()) for each in FORMATS.values() if each.for_payers)
    assert isinstance(FORMATS[ROWS], Format)


def download(user: StaffMember, report: Report, file: ReportFile) -> int:
    client = Client()
    client.force_login(user)
    return client.get(reverse("reporting:download_report", args=[report.pk, file.pk])).status_code


def test_an_officer_does_not_get_the_rows(cast: Cast) -> None:
    report = signed_report(cast.agreement, {FileFormat.ROWS: b"x", FileFormat.JSON: b"x"})
    behind, figures = (report.files.get(format=one) for one in (FileFormat.ROWS, FileFormat.JSON))
    assert [download(cast.omar, report, file) for file in (behind, figures)] == [404, 200]
    assert download(cast.ineke, report, behind) == 200
    refused, logged = ReadEvent.objects.filter(what__startswith="reporting:download_report").order_by("id")
    assert (refused.staff_member_id, refused.outcome) == (cast.omar.pk, "denied")
    assert (logged.staff_member_id, logged.provider_id) == (cast.ineke.pk, cast.provider.pk)
    assert logged.what.endswith(f" {report.number} v1")
    client = Client()
    client.force_login(cast.omar)
    page = client.get(reverse("reporting:report", args=[report.pk])).content.decode()
    assert str(figures.pk) in page
    assert str(behind.pk) not in page


def test_a_file_comes_piece_by_piece_and_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PIECE", 7)
    stored = bytes(range(40))
    report = signed_report(cast.agreement, {FileFormat.PDF: stored})
    client = Client()
    client.force_login(cast.omar)
    response = client.get(reverse("reporting:download_report", args=[report.pk, report.files.get().pk]))
    pieces = list(response.streaming_content)  # type: ignore[attr-defined]
    assert (b"".join(pieces), [len(one) for one in pieces]) == (stored, [7, 7, 7, 7, 7, 5])
    assert (response["Content-Length"], response["Content-Type"]) == ("40", "application/pdf")
