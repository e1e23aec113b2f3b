"""T19: what nobody should be able to put in a file, and what everybody should.

The short form takes each of them past the same parsers in this process, and some through the screen and the child.
``DRAAD_UPLOADS=every`` takes all of them through both, and prints how many and what was accepted.
"""

import os
import sys
from collections import Counter
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from foundation import jobs, received
from foundation.received.looking import look
from foundation.received.wrong import Wrong
from guidance.models import Document
from organisations.models import FolderImport
from tests.cast import Cast, make_cast
from tests.factories import days_ago
from tests.support.bad_files import Bad, bad_files, good_files

EVERY = os.environ.get("DRAAD_UPLOADS") == "every"
IN_CHILD = ("pdf: script pressed", "jpeg cut off")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parsers themselves, without starting a child for each file."""
    if not EVERY:
        monkeypatch.setattr(received, "looked_at", look)


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def send(client: Client, cast: Cast, bad: Bad) -> Any:
    file = SimpleUploadedFile("x", bad.content, bad.content_type)
    file._name = bad.name  # type: ignore[attr-defined]  # as it is: a name of Django's own is clean already
    values = {"file": file, "kind": "letter", "title": "Brief", "dated_on": days_ago(1)}
    return client.post(reverse("guidance:add_document", args=[cast.samira.pk]), values)


def reason(bad: Bad) -> str:
    """Why a file is not taken; nothing when it is."""
    try:
        received.receive(bad.content, bad.name)
    except Wrong as wrong:
        return wrong.reason
    return ""


def test_none_of_the_bad_ones_is_taken(in_process: None, capsys: pytest.CaptureFixture[str]) -> None:
    reasons = {what: reason(bad) for what, bad in bad_files().items()}
    accepted = [what for what, why in reasons.items() if not why]
    if EVERY:
        with capsys.disabled():
            sys.stdout.write(
                f"\nT19: bad files {len(reasons)}, accepted {len(accepted)}, {Counter(reasons.values())}\n"
            )
    assert accepted == []
    assert len(reasons) >= 120 and set(reasons.values()) == Wrong.REASONS.keys()


def test_the_screen_says_what_is_wrong_and_keeps_nothing(in_process: None, cast: Cast) -> None:
    client = signed_in(cast.noor)
    for what, bad in list(bad_files().items())[:: 1 if EVERY else 20]:
        answer = send(client, cast, bad)
        assert answer.status_code == 200 and list(answer.context["form"].errors) == ["file"], what
    assert not Document.objects.exists()


@pytest.mark.parametrize("what", IN_CHILD)
def test_the_child_says_the_same_as_the_parsers(what: str) -> None:
    bad = bad_files()[what]
    with pytest.raises(Wrong) as told:
        look(what[:3].replace("jpe", "jpeg"), bad.content)
    assert reason(bad) == told.value.reason


def test_good_ones_are_taken_and_only_their_points_are_left(in_process: None, cast: Cast) -> None:
    client = signed_in(cast.noor)
    for what, good in good_files().items():
        answer = send(client, cast, good)
        assert answer.status_code == 302, (what, answer.context["form"].errors)
    jobs.run_all()
    for document in Document.objects.all():
        answer = client.get(reverse("guidance:download_document", args=[document.pk]))
        assert answer.status_code == 200 and answer["Content-Type"] == document.content_type
        assert not any(word in answer.content for word in (b"Fairphone", b"<script", b"PK\x03\x04", b"Exif"))
        assert answer["Content-Disposition"].isascii() and ".." not in answer["Content-Disposition"]
        if document.format != "pdf":
            assert not Image.open(BytesIO(answer.content)).getexif()


def test_a_photo_that_was_held_upright_stands_upright(in_process: None) -> None:
    kept = received.receive(good_files()["photo with its place"].content, "x.jpg")
    assert Image.open(BytesIO(kept.content)).size == (200, 300)  # the camera wrote: turn me


def test_a_child_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received, "TIME_LIMIT_SECONDS", 0.01)
    assert reason(good_files()["pdf"]) == "heavy"


def test_none_of_them_is_a_folder_to_read_in(cast: Cast) -> None:
    client = signed_in(cast.fenna)
    provider = cast.provider.pk
    for bad in list(bad_files().values())[:: 1 if EVERY else 20]:
        file = SimpleUploadedFile("map.zip", bad.content, "application/zip")
        assert client.post("/importeren/", {"file": file, "provider": provider}).status_code in (200, 302)
    jobs.run_all()
    assert set(FolderImport.objects.values_list("state", flat=True)) <= {"refused"}
