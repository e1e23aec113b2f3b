"""Changing a session: the earlier version is kept, and two people do not overwrite each other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from guidance.models import Session
from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast

SignIn = Callable[[StaffMember], Client]


@pytest.fixture
def session(cast: Cast) -> Session:
    made: Session = make.SessionFactory(trajectory=cast.trajectory, note="Eerste tekst.", plan="Bellen.")
    return made


def address(session: Session) -> str:
    return reverse("guidance:edit_session", args=[session.pk])


def answers(session: Session, **more: Any) -> dict[str, Any]:
    return {
        "token": str(session.pk),
        "version": session.version,
        "held_on": session.held_on.isoformat(),
        "minutes": "45",
        "kind": "individual",
        "attendance": "attended",
        "note": "Tweede tekst.",
        "plan": "Bellen.",
        "next_meeting": "none",
        **more,
    }


def test_a_change_keeps_the_version_before_and_shows_it(noor: Client, session: Session) -> None:
    assert noor.post(address(session), answers(session)).status_code == 302
    session.refresh_from_db()
    assert (session.note, session.version) == ("Tweede tekst.", 2)
    page = noor.get(reverse("guidance:session", args=[session.pk]))
    assert [version["note"] for version in page.context["versions"]] == ["Eerste tekst."]
    assert "Eerste tekst." in page.content.decode()


def test_who_changed_it_stands_beside_the_version(noor: Client, session: Session) -> None:
    noor.post(address(session), answers(session))
    noor.post(address(session), answers(session, version=2, note="Derde tekst."))
    versions = noor.get(address(session)).context["versions"]
    assert [(version["note"], version["by"]) for version in versions] == [
        ("Tweede tekst.", "Noor de Wit"),
        ("Eerste tekst.", ""),
    ]


def test_a_stale_version_is_refused_and_both_texts_are_shown(
    noor: Client, cast: Cast, session: Session, sign_in: SignIn
) -> None:
    sign_in(cast.bo).post(address(session), answers(session, note="Tekst van Bo."))
    response = noor.post(address(session), answers(session, note="Tekst van Noor."))
    assert response.status_code == 409
    text = response.content.decode()
    assert "Tekst van Bo." in text
    assert "Tekst van Noor." in text
    assert "Bo Kuiper" in text
    assert Session.objects.get().note == "Tekst van Bo."


@pytest.mark.parametrize(
    ("keep", "note"),
    [
        ("both", "Tekst van Bo.\n\nTekst van Noor."),
        ("mine", "Tekst van Noor."),
        ("theirs", "Tekst van Bo."),
    ],
)
def test_after_a_conflict_one_chooses_what_to_keep(
    noor: Client, cast: Cast, session: Session, sign_in: SignIn, keep: str, note: str
) -> None:
    sign_in(cast.bo).post(address(session), answers(session, note="Tekst van Bo."))
    conflict = noor.post(address(session), answers(session, note="Tekst van Noor."))
    again = {**dict(conflict.context["answers"]), "version": conflict.context["session"].version, "keep": keep}
    assert noor.post(address(session), again).status_code == 302
    assert Session.objects.get().note == note


def test_sent_twice_it_is_no_conflict(noor: Client, session: Session) -> None:
    for _ in range(2):
        assert noor.post(address(session), answers(session)).status_code == 302
    assert Session.objects.get().version == 2


def test_the_report_of_an_appointment_makes_it_a_session(noor: Client, cast: Cast) -> None:
    planned = make.SessionFactory(trajectory=cast.trajectory, held_on=today(), attendance="", note="", plan="")
    form = noor.get(address(planned)).context["form"]
    assert form["attendance"].value() == ""
    noor.post(address(planned), answers(planned, attendance="late"))
    planned.refresh_from_db()
    assert (planned.attendance, planned.note, planned.recorded_by) == ("late", "Tweede tekst.", cast.noor)


def test_a_restricted_note_survives_a_colleague(cast: Cast, session: Session, sign_in: SignIn) -> None:
    session.restricted_note = "Alleen voor Noor."
    session.save()
    bo = sign_in(cast.bo)
    for name in ("guidance:session", "guidance:edit_session"):
        assert "Alleen voor Noor." not in bo.get(reverse(name, args=[session.pk])).content.decode()
    bo.post(address(session), answers(session))
    session.refresh_from_db()
    assert (session.note, session.restricted_note) == ("Tweede tekst.", "Alleen voor Noor.")
    noor = sign_in(cast.noor)
    assert "Alleen voor Noor." in noor.get(reverse("guidance:session", args=[session.pk])).content.decode()


def test_bad_input_keeps_the_text_and_writes_nothing(noor: Client, session: Session) -> None:
    response = noor.post(address(session), answers(session, attendance=""))
    assert response.context["form"].errors["attendance"]
    assert response.context["form"]["note"].value() == "Tweede tekst."
    assert Session.objects.get().note == "Eerste tekst."


def test_another_unit_and_another_provider_do_not_exist_here(noor: Client, cast: Cast) -> None:
    for trajectory in (cast.other_unit_trajectory, cast.foreign_trajectory):
        other = make.SessionFactory(trajectory=trajectory)
        for name in ("guidance:session", "guidance:edit_session", "guidance:move_appointment"):
            assert noor.get(reverse(name, args=[other.pk])).status_code == 404
        assert noor.post(address(other), answers(other)).status_code == 404


def test_a_manager_reads_a_session_and_changes_none(cast: Cast, session: Session, sign_in: SignIn) -> None:
    ineke = sign_in(cast.ineke)
    page = ineke.get(reverse("guidance:session", args=[session.pk]))
    assert page.status_code == 200
    assert address(session) not in page.content.decode()
    assert ineke.get(address(session)).status_code == 403
    assert ineke.post(address(session), answers(session)).status_code == 403
