"""Papers in a file: who adds them, who opens them, and what is left of them where."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation import jobs, received
from foundation.models import Job, ReadEvent
from foundation.received.looking import look
from foundation.refused import Refused
from guidance import actions
from guidance.actions import documents
from guidance.models import Document
from guidance.tasks import look_at_documents
from organisations.models import StaffMember
from participants.law import requesting
from participants.law.erasing import erase_file
from tests.cast import Cast
from tests.factories import days_ago
from tests.support import files
from trajectories.models import Certificate

SignIn = Callable[[StaffMember], Client]


@pytest.fixture(autouse=True)
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parsers themselves, without starting a child for each file: ``test_bad_uploads`` starts some."""
    monkeypatch.setattr(received, "looked_at", look)


def address(cast: Cast) -> str:
    return reverse("guidance:add_document", args=[cast.samira.pk])


def page(cast: Cast) -> str:
    return reverse("guidance:documents", args=[cast.samira.pk])


def add(client: Client, cast: Cast, content: bytes | None = None, name: str = "Scan 12.pdf", **more: Any) -> Any:
    file = SimpleUploadedFile(name, files.pdf() if content is None else content, "application/octet-stream")
    values = {"file": file, "kind": "letter", "title": "Brief over schulden", "dated_on": days_ago(3), **more}
    return client.post(address(cast), values)


def added(client: Client, cast: Cast, **more: Any) -> Document:
    """A document that the worker has looked at."""
    answer = add(client, cast, **more)
    assert answer.status_code == 302, answer.context["form"].errors
    jobs.run_all()
    return Document.objects.latest("recorded_at")


def test_a_letter_is_added_looked_at_and_taken_along(noor: Client, cast: Cast) -> None:
    content = files.pdf()
    assert add(noor, cast, content).status_code == 302
    made = Document.objects.get()
    link = reverse("guidance:download_document", args=[made.pk])
    assert made.state == "waiting" and link not in noor.get(page(cast)).content.decode()
    assert noor.get(link).status_code == 302
    jobs.run_all()
    text = noor.get(page(cast)).content.decode()
    assert "Brief over schulden" in text and link in text
    answer = noor.get(link)
    assert answer.content == content
    assert answer["Content-Type"] == "application/pdf" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'attachment; filename="{made.download_name}"'
    assert made.download_name.isascii() and "Scan" not in made.download_name
    assert "sandbox" in answer["Content-Security-Policy"] and "no-store" in answer["Cache-Control"]
    event = ReadEvent.objects.get(action="download")
    assert (event.participant_ids, event.object_id) == ([cast.samira.pk], made.pk)


def test_it_is_sealed_once_in_its_own_place_and_erased_with_the_file(noor: Client, cast: Cast) -> None:
    one = added(noor, cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, title FROM guidance_document")
        for sealed in cursor.fetchone():
            assert b"%PDF" not in bytes(sealed) and b"JVBER" not in bytes(sealed) and b"schulden" not in bytes(sealed)
        cursor.execute("SELECT h::text FROM guidance_documenthistory h")
        kept = cursor.fetchall()
    assert len(kept) == 2 and not any(len(text) > 2000 for (text,) in kept)  # added, looked at
    assert "Scan 12" not in str(list(Document.objects.values())) + str(kept)
    other = added(noor, cast)
    sealed = Document.objects.values_list("content", flat=True).get(pk=other.pk)
    Document.objects.filter(pk=one.pk).update(content=sealed)
    assert noor.get(reverse("guidance:download_document", args=[one.pk])).status_code == 302
    assert noor.get(reverse("guidance:download_document", args=[other.pk])).status_code == 200
    counts = erase_file(by=cast.piet, participant=cast.samira, ground="request", basis="AVG art. 17")[1]
    assert (counts["guidance_document"], counts["guidance_documenthistory"]) == (2, 4)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("title", {"title": ""}),
    ("dated_on", {"dated_on": days_ago(-1)}),
    ("kind", {"kind": "spell"}),
    ("file", {"file": ""}),
    ("file", {"content": b""}),
    ("file", {"content": b"MZ\x90\0"}),
    ("file", {"content": files.png(), "name": "brief.pdf.exe"}),
    ("file", {"content": b"%PDF-1.7\n" + b"0" * (10 * 2**20)}),
    ("file", {"content": b"0" * (11 * 2**20)}),
]


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(noor: Client, cast: Cast) -> None:
    for field, values in WRONG:
        answer = add(noor, cast, **values)
        assert answer.status_code == 200
        errors = answer.context["form"].errors
        assert list(errors) == [field], values.keys()
        assert values.get("title", "Brief over schulden") in answer.content.decode()
        assert "10 MB" in errors[field][0] or len(values.get("content", b"")) <= 10 * 2**20
    assert not Document.objects.exists()


def test_a_photo_of_a_certificate_belongs_to_it(noor: Client, cast: Cast) -> None:
    assert "certificate" not in noor.get(address(cast)).context["form"].fields
    vca, other = (
        Certificate.objects.create(
            provider=each.provider, participant=each.participant, trajectory=each, name="VCA", dated_on=days_ago(5)
        )
        for each in (cast.trajectory, cast.other_unit_trajectory)
    )
    wrong = add(noor, cast, files.jpeg(), "VCA.JPG", kind="certificate", certificate=other.pk)
    assert list(wrong.context["form"].errors) == ["certificate"]
    made = added(noor, cast, content=files.jpeg(), name="VCA.JPG", kind="certificate", certificate=vca.pk)
    assert made.certificate == vca and "VCA" in noor.get(page(cast)).content.decode()
    vca.delete()
    made.refresh_from_db()
    assert made.certificate is None
    with pytest.raises(Refused):
        actions.add_document(
            by=cast.noor, participant=cast.samira, file=documents.Received("pdf", b"x"), kind="letter", title="x",
            dated_on=days_ago(0), certificate=other,
        )  # fmt: skip


def test_removed_is_gone_and_that_it_was_there_stays(noor: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = added(noor, cast)
    assert "content" in noor.get(page(cast)).context["rows"][0]["document"].get_deferred_fields()
    monkeypatch.setattr(documents, "MOST_IN_FILE", 1)
    assert add(noor, cast).context["form"].non_field_errors()
    ask = reverse("guidance:remove_document", args=[made.pk])
    assert "Brief over schulden" in noor.get(ask).content.decode()
    assert Document.objects.exists()
    assert noor.post(ask).status_code == 302
    assert not Document.objects.exists()
    history: Any = Document.history.rel.related_model  # type: ignore[attr-defined]
    assert list(history.objects.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "update",
        "delete",
    ]


def test_a_restricted_file_takes_none_and_opens_for_its_own_coach_only(
    noor: Client, cast: Cast, sign_in: SignIn
) -> None:
    made = added(noor, cast)
    requesting.restrict(by=cast.piet, participant=cast.samira, ground="accuracy", reason="x")
    link = reverse("guidance:download_document", args=[made.pk])
    assert noor.get(link).status_code == 200
    assert sign_in(cast.ineke).get(link).status_code == 404
    assert add(noor, cast).status_code == 404
    assert noor.post(reverse("guidance:remove_document", args=[made.pk])).status_code == 404
    assert address(cast) not in noor.get(page(cast)).content.decode()


def test_the_form_token_is_asked_for(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.noor)
    assert add(strict, cast).status_code == 403


def test_what_was_forgotten_is_looked_at_by_itself(noor: Client, cast: Cast) -> None:
    add(noor, cast)
    Job.objects.all().delete()
    look_at_documents()
    jobs.run_all()
    assert Document.objects.get().state == "ready"
    look_at_documents()
    assert not Job.objects.filter(state="queued").exists()
