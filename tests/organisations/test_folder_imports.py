"""Moving in through the browser: upload a zip, read what is wrong or what would happen, confirm."""

import io
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from foundation import jobs
from foundation.models import FileKey, Job, JobState
from organisations.importing import forget_folders
from organisations.models import FolderImport, FolderImportState
from participants.models import Participant
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

SMALL = Path(__file__).parents[1] / "data" / "small"
ADDRESS = "/importeren/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    visitor = Client()
    visitor.force_login(cast.fenna)
    return visitor


def files_of(folder: Path = SMALL) -> dict[str, bytes]:
    """The files of a folder, under an agreement that the cast does not have."""
    return {path.name: path.read_bytes().replace(b"0307-A", b"0307-Z") for path in folder.glob("*.csv")}


def zipped(files: Mapping[str, bytes], *, under: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(under + name, content)
    return packed.getvalue()


def uploaded(client: Client, content: bytes) -> str:
    """Upload, let the worker look, and give the address that it is followed on."""
    answer = client.post(ADDRESS, {"file": SimpleUploadedFile("map.zip", content), "provider": _provider(client)})
    assert answer.status_code == 302, answer.context["form"].errors
    jobs.run_all()
    return str(answer.url)  # type: ignore[attr-defined]


def _provider(client: Client) -> str:
    form = client.get(ADDRESS).context["form"]
    return str(form.fields["provider"].initial.pk)


def test_a_folder_is_looked_through_first_and_read_in_when_somebody_says_so(cast: Cast, client: Client) -> None:
    before = Participant.objects.count()
    address = uploaded(client, zipped(files_of(), under="van het oude systeem/"))
    page = client.get(address)
    assert page.context["row"].state == FolderImportState.CHECKED, page.context["found"]
    assert "participants.csv" in page.content.decode()
    assert Participant.objects.count() == before
    assert client.post(f"{address}inlezen/").status_code == 302
    jobs.run_all()
    found = FolderImport.objects.get()
    assert found.state == FolderImportState.DONE
    assert Participant.objects.filter(provider=cast.provider).count() > before
    assert found.folder == ""  # what was uploaded is gone
    assert client.post(f"{address}weggooien/", follow=True).status_code == 200
    assert FolderImport.objects.exists()


def test_what_is_wrong_is_told_in_its_place_and_nothing_is_written(client: Client) -> None:
    before = Participant.objects.count()
    files = files_of()
    header, first, *rest = files["participants.csv"].split(b"\n")
    files["participants.csv"] = b"\n".join([header, first + b",te veel", *rest])
    address = uploaded(client, zipped({**files, "iets.csv": b"a\n1\n"}))
    page = client.get(address)
    assert {(file, line) for file, line, _column, _text in page.context["found"]["faults"]} == {
        ("iets.csv", 1),
        ("participants.csv", 2),
    }
    assert "iets.csv" in page.content.decode()
    assert client.post(f"{address}inlezen/", follow=True).status_code == 200
    jobs.run_all()
    assert FolderImport.objects.get().state == FolderImportState.REFUSED
    assert Participant.objects.count() == before


def test_thrown_away_is_gone_with_its_key(client: Client) -> None:
    keys = FileKey.objects.count()
    address = uploaded(client, zipped(files_of()))
    assert FileKey.objects.count() == keys + 1
    assert client.post(f"{address}weggooien/").url == ADDRESS  # type: ignore[attr-defined]
    assert not FolderImport.objects.exists()
    assert FileKey.objects.count() == keys


def test_what_nobody_reads_in_goes_after_a_week_with_its_key(client: Client, clock: Traveller) -> None:
    keys = FileKey.objects.count()
    uploaded(client, zipped(files_of()))
    clock.shift(timedelta(days=6))
    forget_folders()
    assert FolderImport.objects.exists()
    clock.shift(timedelta(days=2))
    forget_folders()
    assert not FolderImport.objects.exists()
    assert FileKey.objects.count() == keys


def test_the_upload_is_sealed_in_the_database(client: Client) -> None:
    uploaded(client, zipped({"participants.csv": b"reference,surname\nP1,Geheimnaam\n"}))
    row = FolderImport.objects.values("folder", "found").get()
    assert b"Geheimnaam" not in bytes(row["folder"])
    assert b"PK\x03\x04" not in bytes(row["folder"])
    assert b"participants.csv" not in bytes(row["found"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"reference,surname\n",
        zipped({}),
        zipped({"a/participants.csv": b"x", "b/participants.csv": b"y"}),
        zipped({f"{number}.csv": b"x" for number in range(61)}),
    ],
    ids=["empty", "no zip", "no file", "same name", "too many"],
)
def test_what_is_no_folder_in_a_zip_is_refused_at_the_door(client: Client, content: bytes) -> None:
    answer = client.post(ADDRESS, {"file": SimpleUploadedFile("map.zip", content), "provider": _provider(client)})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not FolderImport.objects.exists()


def test_a_name_that_climbs_out_of_the_folder_stays_in_it(client: Client) -> None:
    address = uploaded(client, zipped({"../../../buiten.csv": b"a\n1\n"}))
    assert "buiten.csv" in client.get(address).content.decode()
    assert FolderImport.objects.get().state == FolderImportState.REFUSED


def test_a_zip_that_is_damaged_inside_is_refused_by_the_worker(client: Client) -> None:
    content = bytearray(zipped({"participants.csv": b"reference,surname\n" * 50}))
    content[40] ^= 0xFF
    address = uploaded(client, bytes(content))
    assert client.get(address).context["found"]["number"] == 1
    assert FolderImport.objects.get().state == FolderImportState.REFUSED


def test_work_that_fails_is_told(client: Client) -> None:
    address = uploaded(client, zipped(files_of()))
    found = FolderImport.objects.get()
    FolderImport.objects.update(state=FolderImportState.CHECKING)
    Job.objects.filter(subject_id=found.pk).update(state=JobState.FAILED)
    page = client.get(address).content.decode()
    assert "data-poll" not in page
    assert reverse("organisations:throw_folder_away", args=[found.pk]) in page
