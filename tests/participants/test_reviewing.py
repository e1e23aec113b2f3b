"""The privacy officer sees what stands out; each number is the list behind it, and a sample is signed off."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import now, today
from foundation.models import ReadEvent
from foundation.refused import Refused
from participants.law import reviewing, shielding
from participants.law.reviewing import BY_KEY, SIGNALS
from participants.models import LogReview
from tests import factories as make
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def opened(cast: Cast, person: Any, member: Any, **more: Any) -> ReadEvent:
    """A row of the log of this moment."""
    values = {"action": "view", "what": "guidance:person", "role": "coach", "participant_ids": [person.pk], **more}
    made = ReadEvent(provider_id=cast.provider.pk, staff_member_id=member.pk, staff_name=member.name, **values)
    made.save(force_insert=True)
    return made


def found(cast: Cast, key: str) -> list[int]:
    events = reviewing.events_in({cast.provider.pk}, reviewing.recent(today()))
    return sorted(BY_KEY[key].narrow(events).values_list("pk", flat=True))


def test_an_ordinary_day_gives_no_signal(cast: Cast) -> None:
    opened(cast, cast.samira, cast.noor)
    assert {signal.key: found(cast, signal.key) for signal in SIGNALS} == {signal.key: [] for signal in SIGNALS}


def test_each_signal_finds_its_own(cast: Cast, clock: Any) -> None:
    shielding.shield_file(by=cast.piet, participant=cast.rosa, kind="known", reason="Bekend.", readers=[cast.chris])
    family = make.StaffMemberFactory(name="Karim El Amrani", coach=cast.unit)
    elsewhere = opened(cast, cast.samira, cast.chris)
    same = opened(cast, cast.samira, family)
    shielded = opened(cast, cast.rosa, cast.chris)
    reason = opened(cast, cast.samira, cast.noor, what="participants:emergency")
    taken = opened(cast, cast.samira, cast.noor, action="export", what="reporting:export_figure")
    refused = opened(cast, cast.samira, cast.bo, action="denied", outcome="denied", participant_ids=[])
    clock.move_to(now().replace(hour=23))
    night = opened(cast, cast.samira, cast.noor)
    assert {signal.key: found(cast, signal.key) for signal in SIGNALS} == {
        "peaks": [],
        "no_link": [elsewhere.pk],
        "night": [night.pk],
        "surname": [same.pk],
        "shielded": [shielded.pk],
        "with_reason": [reason.pk],
        "too_much": [],
        "taken": [taken.pk],
        "refused": [refused.pk],
    }


def test_a_peak_is_many_different_files_not_many_looks(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "MANY_FILES_A_DAY", 2)
    for _again in range(5):
        opened(cast, cast.samira, cast.bo)
    rows = [opened(cast, make.ParticipantFactory(provider=cast.provider, unit=cast.unit), cast.noor) for _n in range(3)]
    assert found(cast, "peaks") == [row.pk for row in rows]


def test_another_provider_is_nothing_of_theirs(cast: Cast) -> None:
    ReadEvent(provider_id=cast.other_provider.pk, action="export", what="x", role="coach").save(force_insert=True)
    assert found(cast, "taken") == []


def test_each_number_is_the_length_of_its_list_and_looking_is_written_down(cast: Cast) -> None:
    opened(cast, cast.samira, cast.chris)
    piet = Client()
    piet.force_login(cast.piet)
    page = piet.get(reverse("participants:log_review"))
    for one in page.context["numbers"]:
        address = reverse("participants:log_signal", args=[one["signal"].key])
        assert len(piet.get(address).context["lines"]) == one["number"], one["signal"].key
    assert ReadEvent.objects.filter(staff_member_id=cast.piet.pk, action="log_read").count() > len(SIGNALS)


def test_a_sample_is_drawn_by_lot_and_signed_off_once(cast: Cast) -> None:
    period = reviewing.recent(today())
    with pytest.raises(Refused):
        reviewing.draw_sample(by=cast.piet, provider=cast.provider, period=period)
    for _n in range(30):
        opened(cast, cast.samira, cast.noor)
    review = reviewing.draw_sample(by=cast.piet, provider=cast.provider, period=period, seed=1)
    items = list(review.items.all())
    assert len(items) == reviewing.SAMPLE
    with pytest.raises(Refused):
        reviewing.sign_off(by=cast.piet, review=review, verdicts={}, conclusion="Niets bijzonders.")
    verdicts = {item.pk: "fine" for item in items}
    reviewing.sign_off(by=cast.piet, review=review, verdicts=verdicts, conclusion="Niets bijzonders.")
    with pytest.raises(Refused):
        reviewing.sign_off(by=cast.piet, review=review, verdicts=verdicts, conclusion="Nog eens.")
    signed = LogReview.objects.get()
    assert (signed.signed_by, signed.conclusion) == (cast.piet, "Niets bijzonders.")


def test_the_sample_is_signed_on_its_page(cast: Cast) -> None:
    opened(cast, cast.samira, cast.noor)
    review = reviewing.draw_sample(by=cast.piet, provider=cast.provider, period=reviewing.recent(today()))
    piet = Client()
    piet.force_login(cast.piet)
    address = reverse("participants:log_sample", args=[review.pk])
    assert piet.post(address, {"conclusion": "Goed."}).status_code == 200
    answers = {f"item-{item.pk}": "fine" for item in review.items.all()}
    assert piet.post(address, {**answers, "conclusion": "Goed."}).status_code == 302
    assert LogReview.objects.get().signed_at is not None
