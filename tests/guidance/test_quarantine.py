"""With a virus scanner set up nothing is opened that it did not look at: not when it is away, slow or confused."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation import jobs
from foundation.clamav import NoAnswer, scan
from foundation.clock import now
from foundation.models import Job, OutgoingMail
from foundation.received import Received
from guidance import actions
from guidance.models import Document
from guidance.tasks import look_at_documents
from tests.cast import Cast, make_cast
from tests.factories import days_ago
from tests.support import clamd, files

SECONDS = 0.2


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def noor(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.noor)
    return client


def add(cast: Cast, content: bytes) -> Document:
    return actions.add_document(
        by=cast.noor, participant=cast.samira, file=Received("pdf", content), kind="letter", title="Brief",
        dated_on=days_ago(1),
    )  # fmt: skip


def opens(client: Client, document: Document) -> bool:
    return bool(client.get(reverse("guidance:download_document", args=[document.pk])).status_code == 200)


def listen(settings: Any, address: str) -> None:
    settings.DRAAD_CLAMAV, settings.DRAAD_CLAMAV_SECONDS = address, SECONDS


@pytest.mark.parametrize("tcp", [False, True], ids=["socket", "port"])
def test_what_it_finds_something_in_is_destroyed_and_told(
    cast: Cast, noor: Client, settings: Any, tmp_path: Path, tcp: bool
) -> None:
    with clamd.running(tmp_path, tcp=tcp) as address:
        listen(settings, address)
        good, bad = add(cast, files.pdf()), add(cast, files.pdf() + clamd.EICAR)
        assert not opens(noor, good) and not opens(noor, bad)
        jobs.run_all()
    good.refresh_from_db()
    bad.refresh_from_db()
    assert good.state == "ready" and good.scanned_at and opens(noor, good)
    assert (bad.state, bad.content, bad.finding) == ("refused", "", "Eicar-Test-Signature")
    assert not opens(noor, bad)
    mail = OutgoingMail.objects.get()
    assert mail.to == cast.noor.email and "Amrani" not in mail.body + mail.subject


def test_no_answer_is_never_a_good_answer(cast: Cast, noor: Client, settings: Any, tmp_path: Path) -> None:
    opened = []
    for behaves in clamd.AWAY:
        with clamd.running(tmp_path, behaves) as address:
            listen(settings, address)
            made = add(cast, files.pdf())
            jobs.run_all()
            made.refresh_from_db()
            assert made.state == "waiting" and made.unanswered_at and not made.scanned_at, behaves
            opened += [behaves] * opens(noor, made)
    assert opened == []


def test_away_it_waits_and_says_so_and_goes_on_when_it_is_back(
    cast: Cast, noor: Client, settings: Any, tmp_path: Path
) -> None:
    listen(settings, str(tmp_path / "clamd"))
    made = [add(cast, files.pdf()) for _number in range(7)]
    jobs.run_all()
    page = noor.get(reverse("guidance:documents", args=[cast.samira.pk]))
    assert all(row["is_unanswered"] and not row["is_ready"] for row in page.context["rows"])
    look_at_documents()
    assert not Job.objects.filter(state="queued").exists()  # not again at once
    Document.objects.update(unanswered_at=now().replace(year=2025))
    with clamd.running(tmp_path):
        look_at_documents()
        assert jobs.run_all() == len(made)  # the first ones are asked for, and each that is answered asks for the next
    assert Document.objects.filter(state="ready", unanswered_at=None).count() == len(made)


def test_what_came_before_the_scanner_is_closed_until_it_looked(
    cast: Cast, noor: Client, settings: Any, tmp_path: Path
) -> None:
    made = add(cast, files.pdf())
    jobs.run_all()
    assert opens(noor, made)
    listen(settings, str(tmp_path / "clamd"))
    assert not opens(noor, made)
    with clamd.running(tmp_path):
        look_at_documents()
        jobs.run_all()
    assert opens(noor, made)


def test_a_paper_that_was_tampered_with_is_not_scanned_and_stays_closed(
    cast: Cast, noor: Client, settings: Any, tmp_path: Path
) -> None:
    made, other = add(cast, files.pdf()), add(cast, files.pdf())
    sealed = Document.objects.values_list("content", flat=True).get(pk=other.pk)
    Document.objects.filter(pk=made.pk).update(content=sealed)
    with clamd.running(tmp_path) as address:
        listen(settings, address)
        jobs.run_all()
    assert not opens(noor, made) and opens(noor, other)


def test_a_large_file_goes_over_in_pieces(tmp_path: Path) -> None:
    with clamd.running(tmp_path) as address:
        assert scan(b"x" * 1_000_000, address, seconds=5) == ""
        assert scan(b"x" * 100_000 + clamd.EICAR, address, seconds=5) == "Eicar-Test-Signature"
    with pytest.raises(NoAnswer):
        scan(b"x", "127.0.0.1:1", seconds=1)
