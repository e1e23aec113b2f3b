"""Who may read a file reads who changed what in it."""

from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.models import ReadEvent
from guidance.models import Document
from guidance.screens import changes
from participants.models import NetworkContact
from tests import factories as make
from tests.cast import Cast


def page(client: Client, cast: Cast, query: str = "") -> Any:
    return client.get(reverse("guidance:changes", args=[cast.samira.pk]) + query)


def told(answer: Any) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    rows = answer.context["changes"]
    return [
        (row.kind, row.action, row.by, [(line.word, line.before, line.after) for line in row.lines]) for row in rows
    ]


def test_a_change_tells_what_stood_there_and_who_changed_it(noor: Client, cast: Cast) -> None:
    url = reverse("guidance:set_attention", args=[cast.samira.pk])
    noor.post(url, {"text": "Is bang voor honden."})
    noor.post(url, {"text": "Is bang voor honden en katten."})
    last = told(page(noor, cast))[0]
    assert last[:3] == ("Gegevens", "veranderd", cast.noor.name)
    assert ("Let op", "Is bang voor honden.", "Is bang voor honden en katten.") in last[3]


def test_the_restricted_note_is_for_coaches_of_the_person(noor: Client, cast: Cast, sign_in: Any) -> None:
    session = make.SessionFactory(trajectory=cast.trajectory, restricted_note="Alleen voor Noor.")
    session.restricted_note = "Alleen voor Noor, echt."
    session.save()
    assert "Alleen voor Noor, echt." in page(noor, cast).content.decode()
    colleague = page(sign_in(cast.bo), cast)
    assert "Alleen voor Noor" not in colleague.content.decode()
    assert told(colleague)[0][3] == []


def test_a_bsn_is_never_shown_and_what_was_removed_is(noor: Client, cast: Cast) -> None:
    cast.samira.bsn = "111222333"
    cast.samira.save()
    whose = {"provider": cast.provider, "participant": cast.samira}
    NetworkContact.objects.create(name="Tineke Prins", role="Werkbegeleider", **whose).delete()
    text = page(noor, cast).content.decode()
    assert "111222333" not in text
    assert ("Contact", "verwijderd") in {row[:2] for row in told(page(noor, cast))}
    assert "Tineke Prins" in text


def test_a_time_a_number_and_a_size_are_told_as_people_write_them(noor: Client, cast: Cast) -> None:
    make.SessionFactory(trajectory=cast.trajectory, starts_at=time(9))
    make.OutcomeFactory(trajectory=cast.trajectory, hours_per_week=Decimal("12.50"))
    Document.objects.create(
        provider=cast.provider, participant=cast.samira, kind="letter", title="Brief", dated_on=make.days_ago(9),
        format="pdf", size=250_000, content="R2VoZWlt", state="ready", recorded_by=cast.noor,
    )  # fmt: skip
    there = {after for *_about, lines in told(page(noor, cast)) for _word, _before, after in lines}
    assert {"09:00", "12,50", "244,1\xa0KB"} <= there
    assert {"09:00:00", "12.50", "250000"}.isdisjoint(there)


def test_the_pages_follow_each_other_without_a_gap(noor: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        make.SessionFactory(trajectory=cast.trajectory, note=f"Gesprek {number}")
    whole = told(page(noor, cast))
    monkeypatch.setattr(changes, "PAGE_SIZE", 3)
    found, query = [], ""
    while True:
        answer = page(noor, cast, query)
        found += told(answer)
        if not answer.context["following"]:
            break
        query = f"?page={answer.context['following']}".replace("+", "%2B")
    assert found == whole


def test_looking_at_it_is_noted(noor: Client, cast: Cast) -> None:
    page(noor, cast)
    event = ReadEvent.objects.latest("pk")
    assert (event.what, event.participant_ids) == ("guidance:changes", [cast.samira.pk])
