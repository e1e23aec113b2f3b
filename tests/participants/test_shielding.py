"""A shielded file is found by its named readers only; who cannot wait says why, for three hours, and is heard of."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from foundation.models import OutgoingMail, ReadEvent
from foundation.refused import Refused
from organisations.roles import Permission
from participants.law import requesting, shielding
from participants.models import AccessReason, Participant, Shield
from tests import factories as make
from tests.cast import Cast, make_cast
from trajectories.models import Agreement

P = Permission
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def shield(cast: Cast) -> Shield:
    """Of Samira's file; Noor reads it, Bo of the same team does not."""
    return shielding.shield_file(
        by=cast.piet, participant=cast.samira, kind="staff", reason="Werkte hier.", readers=[cast.noor]
    )


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def sees(member: Any, permission: P = P.FILE_READ) -> bool:
    member = type(member).objects.get(pk=member.pk)
    return Participant.objects.visible_to(member, permission).filter(given_names="Samira").exists()


def test_it_stands_in_no_list_and_no_search_of_others(cast: Cast, shield: Shield) -> None:
    make.SessionFactory(trajectory=cast.trajectory, held_on=make.days_ago(0), attendance="")
    make.GroupFactory(unit=cast.unit, coach=cast.noor, name="Atelier", trajectories=[cast.trajectory])
    group = cast.trajectory.groups.get()
    pages = [
        reverse("guidance:people") + "?tab=team",
        reverse("guidance:people") + "?q=samira",
        reverse("guidance:people") + "?q=AE-2041",
        reverse("guidance:today"),
        reverse("guidance:group_day", args=[group.pk]),
        reverse("guidance:edit_group", args=[group.pk]),
        reverse("reporting:signals"),
    ]
    bo, noor = signed_in(cast.bo), signed_in(cast.noor)
    assert [page for page in pages if "Amrani" in bo.get(page).content.decode()] == []
    assert "Amrani" in noor.get(pages[0]).content.decode()
    assert bo.get(reverse("guidance:person", args=[cast.samira.pk])).status_code == 404


def test_whom_a_privacy_officer_looks_up_stands_in_no_address(cast: Cast) -> None:
    page, piet = reverse("participants:find_file"), signed_in(cast.piet)
    there = piet.post(page, {"q": "Amrani"}).headers["Location"]
    assert "amrani" not in there.lower()
    assert "Samira el Amrani" in piet.get(there).content.decode()
    assert piet.post(page, {"q": " "}).headers["Location"] == page


def test_somebody_who_does_not_see_a_member_does_not_take_them_out_of_the_group(cast: Cast, shield: Shield) -> None:
    group = make.GroupFactory(unit=cast.unit, coach=cast.bo, trajectories=[cast.trajectory])
    signed_in(cast.bo).post(reverse("guidance:edit_group", args=[group.pk]), {"members": []})
    assert list(group.trajectories.all()) == [cast.trajectory]


def test_in_an_emergency_a_colleague_reads_it_for_three_hours(cast: Cast, shield: Shield, clock: Traveller) -> None:
    bo = signed_in(cast.bo)
    answers = {"reference": "ae-2041", "reason": "Zij staat nu aan de deur, in paniek."}
    answer = bo.post(reverse("participants:emergency"), answers)
    assert answer.status_code == 302
    page = bo.get(answer["Location"]).content.decode()
    assert "Amrani" in page
    assert sees(cast.bo) and not sees(cast.bo, P.SESSION_LOG)
    reason = AccessReason.objects.get()
    assert (reason.staff_member, reason.reason) == (cast.bo, answers["reason"])
    mail = OutgoingMail.objects.get()
    assert mail.to == cast.piet.email and "Amrani" not in mail.body + mail.subject
    assert ReadEvent.objects.filter(what="participants:emergency", participant_ids=[cast.samira.pk]).exists()
    clock.shift(3 * 3600 - 60)
    assert sees(cast.bo)
    clock.shift(120)
    assert not sees(cast.bo)


@pytest.mark.parametrize("reason", ["", "   ", "even kijk"])
def test_without_a_reason_nothing_opens(cast: Cast, shield: Shield, reason: str) -> None:
    signed_in(cast.bo).post(reverse("participants:emergency"), {"reference": "AE-2041", "reason": reason})
    assert not AccessReason.objects.exists() and not sees(cast.bo)


def test_of_another_team_or_not_shielded_or_not_there_sounds_the_same(cast: Cast, shield: Shield) -> None:
    shielding.shield_file(by=cast.piet, participant=cast.rosa, kind="known", reason="Bekend.", readers=[cast.chris])
    open_file = make.ParticipantFactory(provider=cast.provider, unit=cast.unit)
    words = set()
    for reference in (cast.rosa.reference, open_file.reference, "BESTAAT-NIET"):
        with pytest.raises(Refused) as refused:
            shielding.open_in_emergency(by=cast.bo, reference=reference, reason="Het kan niet wachten.")
        words.add(str(refused.value))
    assert len(words) == 1 and not OutgoingMail.objects.exists()


def test_after_it_is_lifted_the_team_finds_it_again(cast: Cast, shield: Shield) -> None:
    shielding.lift_shield(by=cast.piet, shield=shield)
    assert sees(cast.bo)


def test_a_restricted_file_is_read_by_its_coach_and_changed_by_nobody(cast: Cast) -> None:
    restriction = requesting.restrict(by=cast.piet, participant=cast.samira, ground="accuracy", reason="Klopt niet.")
    assert [sees(cast.noor), sees(cast.bo), sees(cast.ineke)] == [True, False, False]
    assert not any(sees(cast.noor, p) for p in (P.PARTICIPANT_EDIT, P.SESSION_LOG, P.TRAJECTORY_MOVE))
    requesting.lift_restriction(by=cast.piet, restriction=restriction)
    assert sees(cast.bo) and sees(cast.noor, P.SESSION_LOG)


def test_a_bsn_is_masked_and_shown_once_with_a_reason(cast: Cast) -> None:
    cast.samira.bsn = "111222333"
    cast.samira.save()
    noor = signed_in(cast.noor)
    data, reveal = (reverse(name, args=[cast.samira.pk]) for name in ("guidance:data", "participants:reveal_bsn"))
    page = noor.get(data).content.decode()
    assert "•" not in page and "111222333" not in page and noor.get(reveal).status_code == 404
    Agreement.objects.filter(pk=cast.agreement.pk).update(bsn_ground="Participatiewet art. 7")
    page = noor.get(data).content.decode()
    assert "••••••333" in page and "111222333" not in page
    assert "111222333" not in noor.post(reveal, {"reason": ""}).content.decode()
    assert not AccessReason.objects.exists()
    assert "111222333" in noor.post(reveal, {"reason": "Nodig voor de loonkostensubsidie."}).content.decode()
    assert AccessReason.objects.get().kind == "bsn"
    assert ReadEvent.objects.filter(what="participants:reveal_bsn", action="view").count() == 1
