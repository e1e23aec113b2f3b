"""The file on one page, and its timeline."""

from collections.abc import Callable
from datetime import time

from django.test import Client
from django.urls import reverse

from foundation.clock import today
from foundation.models import ReadEvent
from organisations.models import StaffMember
from participants.models import NetworkContact
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago
from trajectories import actions
from trajectories.models import EventKind
from trajectories.working_with import note_units

SignIn = Callable[[StaffMember], Client]


def file(cast: Cast) -> str:
    return reverse("guidance:person", args=[cast.samira.pk])


def timeline(cast: Cast) -> str:
    return reverse("guidance:timeline", args=[cast.samira.pk])


def test_everything_stands_on_one_page(noor: Client, cast: Cast) -> None:
    cast.samira.attention = "Bel vóór negen uur."
    cast.samira.save()
    make.SessionFactory(trajectory=cast.trajectory, note="Busabonnement is geregeld.")
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(-3), starts_at=time(9, 30), attendance="", note="")
    make.GoalFactory(participant=cast.samira, words="Ik snap mijn post.")
    make.measure(cast.samira, "ladder", days_ago(50), {"step": 2})
    make.measure(cast.samira, "ladder", days_ago(5), {"step": 3})
    NetworkContact.objects.create(
        provider=cast.provider, participant=cast.samira, name="Tineke Prins", role="Werkbegeleider"
    )
    response = noor.get(file(cast))
    text = response.content.decode()
    for words in ("Bel vóór negen uur.", "Busabonnement is geregeld.", "09:30", "Ik snap mijn post.", "Tineke Prins"):
        assert words in text
    assert response.context["ladder"]["step"] == 3
    assert response.context["ladder"]["first"] == 2
    assert 'class="thread"' in text


def test_only_what_may_happen_is_offered(noor: Client, cast: Cast) -> None:
    def offered() -> set[str]:
        return {item["url"].rstrip("/").rsplit("/", 1)[-1] for item in noor.get(file(cast)).context["menu"]}

    assert {"terugval", "pauzeren", "afsluiten", "verlengen"} <= offered()
    assert not {"weer-gestart", "starten", "proef", "nazorg"} & offered()
    actions.record_relapse(by=cast.noor, trajectory=cast.trajectory, on=days_ago(3))
    assert "weer-gestart" in offered()
    assert "terugval" not in offered()


def test_a_manager_moves_trajectories_and_logs_no_sessions(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.ineke).get(file(cast))
    urls = [item["url"] for item in response.context["menu"]]
    assert reverse("trajectories:pause", args=[cast.trajectory.pk]) in urls
    assert reverse("guidance:plan_appointment", args=[cast.samira.pk]) not in urls
    assert response.context["log_url"] == ""


def test_with_two_open_trajectories_each_has_its_own_steps(noor: Client, cast: Cast) -> None:
    second = make.TrajectoryFactory(
        participant=cast.samira, programme=cast.programme, agreement=cast.agreement, started_on=days_ago(5)
    )
    text = noor.get(file(cast)).content.decode()
    for trajectory in (cast.trajectory, second):
        assert reverse("guidance:end_trajectory", args=[trajectory.pk]) in text


def test_a_file_without_anything_invites_to_begin(noor: Client, cast: Cast) -> None:
    person = make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality, unit=cast.unit)
    for name in ("person", "timeline", "goals", "measurements", "data"):
        assert noor.get(reverse(f"guidance:{name}", args=[person.pk])).status_code == 200


def test_reading_a_file_is_written_down(noor: Client, cast: Cast) -> None:
    noor.get(file(cast))
    event = ReadEvent.objects.get()
    assert (event.what, event.participant_ids) == ("guidance:person", [cast.samira.pk])


def test_files_of_another_unit_or_provider_do_not_exist_here(noor: Client, cast: Cast) -> None:
    for person in (cast.rosa, cast.vera):
        for name in ("person", "timeline", "goals", "measurements", "data", "plan_appointment", "set_goal"):
            assert noor.get(reverse(f"guidance:{name}", args=[person.pk])).status_code == 404
    assert not ReadEvent.objects.exclude(action="denied").exists()


def test_the_thread_hangs_slack_between_relapse_and_picking_up(noor: Client, cast: Cast) -> None:
    actions.record_relapse(by=cast.noor, trajectory=cast.trajectory, on=days_ago(17), note="Zoon ziek.")
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(12), note="Gebeld.")
    actions.resume_trajectory(by=cast.noor, trajectory=cast.trajectory, on=days_ago(8))
    beads = noor.get(timeline(cast)).context["strands"][0]["beads"]
    assert [bead.css for bead in beads] == ["is-today", "is-slack is-knot", "is-open", ""]
    assert [small.text for small in beads[1].hanging] == ["Gebeld."]
    assert "9" in beads[1].text, "picked up after nine days"


def test_an_open_relapse_hangs_under_today(noor: Client, cast: Cast) -> None:
    actions.record_relapse(by=cast.noor, trajectory=cast.trajectory, on=days_ago(5))
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(2), note="Gebeld.")
    beads = noor.get(timeline(cast)).context["strands"][0]["beads"]
    assert [bead.css for bead in beads] == ["is-today is-slack", "is-open", ""]
    assert [small.text for small in beads[0].hanging] == ["Gebeld."]


def test_what_was_undone_stays_on_the_timeline_with_the_reason(noor: Client, cast: Cast) -> None:
    relapse = actions.record_relapse(by=cast.noor, trajectory=cast.trajectory, on=days_ago(5), note="Vergist.")
    actions.void_event(by=cast.noor, event=relapse, reason="Het was Rosa.")
    response = noor.get(timeline(cast))
    assert "Het was Rosa." in response.content.decode()
    assert [bead.css for bead in response.context["strands"][0]["beads"]] == ["is-today", "is-small", "is-small", ""]


def test_two_trajectories_are_two_strands_with_the_gap_between(noor: Client, cast: Cast) -> None:
    old = make.TrajectoryFactory(
        participant=cast.samira, programme=cast.programme, agreement=cast.agreement,
        started_on=days_ago(600), ended_on=days_ago(480),
    )  # fmt: skip
    note_units([cast.samira.pk])
    make.OutcomeFactory(trajectory=old, dated_on=days_ago(490), kind="help_question_insight", note="Rust in geldzaken.")
    strands = noor.get(timeline(cast)).context["strands"]
    assert [strand["trajectory"] for strand in strands] == [cast.trajectory, old]
    assert strands[0]["gap"]
    assert [bead.css for bead in strands[1]["beads"]] == ["", "is-result", ""]


def test_older_things_follow_on_the_next_page_without_gaps(noor: Client, cast: Cast) -> None:
    for n in range(59):
        make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(n // 2 + 1), note=f"Sessie {n}.")
    seen: list[str] = []
    page = ""
    for _ in range(2):
        response = noor.get(timeline(cast), {"part": "sessions", "page": page})
        seen += [bead.text for strand in response.context["strands"] for bead in strand["beads"]]
        page = response.context["following"]
    assert page == ""
    assert sorted(seen) == sorted(f"Sessie {n}." for n in range(59))


def test_a_part_and_a_page_that_do_not_exist_are_the_first(noor: Client, cast: Cast) -> None:
    for query in ({"part": "roddels"}, {"page": "x_y_z"}, {"page": "2026-01-01_een_"}):
        assert noor.get(timeline(cast), query).status_code == 200


def test_today_names_the_appointment_of_today(noor: Client, cast: Cast) -> None:
    make.SessionFactory(trajectory=cast.trajectory, held_on=today(), starts_at=time(9, 15), attendance="", note="")
    bead = noor.get(timeline(cast)).context["strands"][0]["beads"][0]
    assert "09:15" in bead.text


def test_the_last_turn_can_be_undone_from_the_timeline(noor: Client, cast: Cast) -> None:
    relapse = actions.record_relapse(by=cast.noor, trajectory=cast.trajectory, on=days_ago(5))
    beads = noor.get(timeline(cast)).context["strands"][0]["beads"]
    assert [bead.undo_url for bead in beads if bead.undo_url] == [reverse("trajectories:void", args=[relapse.pk])]
    assert relapse.kind == EventKind.RELAPSE
