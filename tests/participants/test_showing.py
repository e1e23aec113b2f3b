"""Who asks for their file gets all of it, and nothing of anybody else."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from foundation import jobs
from foundation.clock import now
from foundation.models import OutgoingMail, ReadEvent
from foundation.refused import Refused
from guidance.models import Document
from participants.law import requesting, showing
from participants.law.exporting import ask_export, content_of, forget_exports, paper_of, pdf_of
from participants.law.words import COLUMNS, PARTS
from participants.models import Disclosure, LegalHold, PersonExport
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.participants.planting import NOT_TOLD, Planted, personal_models, plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def mine(cast: Cast) -> Planted:
    return plant(cast.trajectory, cast.noor, mark="eigenwoord")


def exported(cast: Cast, **more: Any) -> PersonExport:
    made = ask_export(by=cast.piet, participant=cast.samira, **more)
    jobs.run_all()
    made.refresh_from_db()
    assert made.made_at
    return made


def told(cast: Cast, **more: Any) -> dict[str, Any]:
    """The content of an export, without typesetting it."""
    return content_of(PersonExport(provider=cast.provider, participant=cast.samira, asked_by=cast.piet, **more))


def test_every_kind_of_row_and_every_column_has_its_word() -> None:
    models = personal_models()
    assert {model._meta.label for model in models} == set(PARTS)
    assert set(showing.personal_models()) == set(models)
    wordless = [
        f"{model._meta.label}.{each.name}"
        for model in models
        for each in showing.told_fields(model)
        if showing.word_for(each) == str(each.verbose_name) and isinstance(each.verbose_name, str)
        and each.name not in COLUMNS
    ]  # fmt: skip
    assert wordless == []


def test_every_word_of_the_person_is_in_it_and_nobody_elses(cast: Cast, mine: Planted) -> None:
    plant(cast.other_unit_trajectory, cast.chris, mark="anderwoord")
    made = exported(cast)
    wanted = {word for word, place in mine.words.items() if place not in NOT_TOLD}
    pdf = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_of(made))).pages)
    for text in (made.json, pdf):
        assert {mine.words[word] for word in wanted if word not in text} == set()
        assert "anderwoord" not in text and "Lammers" not in text


def test_what_was_changed_or_taken_away_is_in_it_too(cast: Cast) -> None:
    session = make.SessionFactory(trajectory=cast.trajectory, note="Eerst stond dit er.")
    session.note = "Nu staat dit er."
    session.save()
    contact = make_contact(cast)
    contact.delete()
    text = json.dumps(told(cast), ensure_ascii=False)
    assert [word for word in ("Eerst stond dit er.", "Nu staat dit er.", "Tineke Prins") if word not in text] == []


def make_contact(cast: Cast) -> Any:
    return cast.samira.contacts.create(provider=cast.provider, name="Tineke Prins", role="Werkbegeleider")


def test_it_tells_who_looked_by_role_unless_somebody_decides_otherwise(cast: Cast) -> None:
    coach = Client()
    coach.force_login(cast.noor)
    coach.get(reverse("guidance:person", args=[cast.samira.pk]))
    (by_role,), (by_name,) = told(cast)["who_looked"], told(cast, with_names=True)["who_looked"]
    assert by_role["who"] != "Noor de Wit" and by_role["organisation"] == "Werk & Groen"
    assert by_name["who"] == "Noor de Wit"


def test_only_who_asked_takes_it_along_and_that_is_written_down(cast: Cast) -> None:
    made = exported(cast, kind="who_looked")
    other, own = Client(), Client()
    other.force_login(make.StaffMemberFactory(privacy_officer=cast.provider))
    own.force_login(cast.piet)
    address = reverse("participants:download_export", args=[made.pk])
    assert other.post(address, {"type": "pdf"}).status_code == 404
    answer = own.post(address, {"type": "json"})
    assert json.loads(answer.content)["name"] == "Samira el Amrani"
    assert answer["Content-Disposition"].startswith("attachment") and "Amrani" not in answer["Content-Disposition"]
    assert Disclosure.objects.get().participant == cast.samira
    assert ReadEvent.objects.filter(action="download", participant_ids=[cast.samira.pk]).count() == 1
    assert "Amrani" not in OutgoingMail.objects.get().body


def test_papers_go_along_as_they_are_when_they_were_looked_at(cast: Cast) -> None:
    of_samira = {"provider": cast.provider, "participant": cast.samira, "recorded_by": cast.noor, "kind": "letter"}
    letter = {**of_samira, "title": "Brief", "format": "pdf", "size": 6, "content": "UGFwaWVy"}
    ready = Document.objects.create(**letter, dated_on=make.days_ago(2), state="ready")
    waiting = Document.objects.create(**letter, dated_on=make.days_ago(1))
    made = PersonExport.objects.create(
        provider=cast.provider, participant=cast.samira, asked_by=cast.piet, json="{}", made_at=now()
    )
    piet = Client()
    piet.force_login(cast.piet)
    assert piet.get(reverse("participants:export", args=[made.pk])).context["papers"] == [ready]
    address = reverse("participants:download_export", args=[made.pk])
    assert piet.post(address, {"type": str(ready.pk)}).content == b"Papier"
    assert piet.post(address, {"type": str(waiting.pk)}).status_code == 302
    made.kind = "who_looked"
    made.save()
    assert piet.post(address, {"type": str(ready.pk)}).status_code == 302


def test_after_a_week_it_is_gone(cast: Cast, clock: Any) -> None:
    made = ask_export(by=cast.piet, participant=cast.samira)
    forget_exports()
    assert PersonExport.objects.filter(pk=made.pk).exists()
    clock.shift(8 * 24 * 3600)
    forget_exports()
    assert not PersonExport.objects.exists()


def test_granted_access_makes_the_file_ready_at_once(cast: Cast) -> None:
    row = record(cast, "access")
    requesting.decide_request(by=cast.piet, request=row, state="granted", decision="Ja.")
    assert PersonExport.objects.get().request == row


def record(cast: Cast, kind: str) -> Any:
    return requesting.record_request(
        by=cast.piet,
        participant=cast.samira,
        kind=kind,
        words="Graag.",
        received_on=make.days_ago(0),
        identity_checked="x",
    )


def test_a_month_is_a_month_also_at_its_end() -> None:
    assert requesting.months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert requesting.months_after(date(2025, 12, 15), 3) == date(2026, 3, 15)


def test_erasure_is_done_after_it_was_granted(cast: Cast) -> None:
    row = record(cast, "erasure")
    with pytest.raises(Refused):
        requesting.erase_as_asked(by=cast.piet, request=row)
    requesting.decide_request(by=cast.piet, request=row, state="granted", decision="Ja.")
    left = requesting.erase_as_asked(by=cast.piet, request=row)
    assert (left.asked_on, left.decided_by) == (make.days_ago(0), cast.piet)


def test_who_looked_alone_holds_nothing_of_the_file(cast: Cast, mine: Planted) -> None:
    LegalHold.objects.all().delete()
    data = told(cast, kind="who_looked")
    assert data["parts"] == [] and paper_of(data)["parts"]
