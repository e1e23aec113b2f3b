"""A folder that comes again after it was changed, or after the work went on in Draad."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from foundation.imports.running import Counts
from guidance.models import Assessment, Session
from organisations.models import StaffMember
from tests.support.folders import DATA, add, edit, load, only, refused
from trajectories.actions import end_trajectory, void_event
from trajectories.answers import Ending
from trajectories.models import (
    Destination,
    EndReason,
    EventKind,
    Placement,
    Referral,
    State,
    Trajectory,
    TrajectoryCoach,
    TrajectoryEvent,
)
from trajectories.workflow import replay

pytestmark = pytest.mark.django_db
E = EventKind


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small folder, loaded once, to change."""
    copy = Path(shutil.copytree(DATA / "small", tmp_path / "small"))
    load(copy)
    return copy


@pytest.fixture
def somebody() -> StaffMember:
    return StaffMember.objects.create_user("iemand@voorbeeld.test", name="Iemand")


def get(reference: str) -> Trajectory:
    return Trajectory.objects.get(reference=reference)


def thread(reference: str) -> list[tuple[str, str]]:
    """What holds on a thread; its state is always what that leads to."""
    trajectory = get(reference)
    events = list(TrajectoryEvent.objects.holding().filter(trajectory=trajectory))
    assert trajectory.state == replay(events, has_trial=trajectory.programme.trial_weeks > 0)
    return [(event.kind, event.dated_on.isoformat()) for event in events]


def test_an_event_that_was_forgotten_comes_in_its_place_on_the_thread(folder: Path) -> None:
    add(folder, "events", "T3,2023-09-15,relapse,")
    counts = load(folder).counts
    assert (counts["events.csv"], counts["trajectories.csv"]) == (Counts(1, 0, 7), Counts(0, 0, 4))
    assert thread("T3") == [("started", "2023-03-15"), ("relapse", "2023-09-15"), ("ended", "2023-09-15")]
    assert load(folder).counts["events.csv"] == Counts(0, 0, 8)


def test_a_trajectory_that_goes_on_is_ended_by_its_row(folder: Path) -> None:
    add(folder, "events", "T4,2023-08-01,relapse,")
    load(folder)
    assert get("T4").state == State.RELAPSE
    edit(folder, "trajectories", {"reference": "T4"}, ended_on="2023-08-31", end_reason="DOEL", destination="WERK")
    assert load(folder).counts["trajectories.csv"] == Counts(0, 1, 3)
    assert thread("T4")[-2:] == [("relapse", "2023-08-01"), ("ended", "2023-08-31")]
    assert get("T4").end_reason == EndReason.objects.get(code="DOEL")


def test_other_first_and_last_days_come_as_corrections_on_the_thread(folder: Path) -> None:
    edit(folder, "trajectories", {"reference": "T3"}, started_on="2023-03-20", ended_on="2023-10-01")
    edit(folder, "placements", {"trajectory": "T3"}, until="2023-09-16")
    edit(folder, "placements", {"trajectory": "T3"}, **{"from": "2023-03-20"})
    only_placements = Placement.objects.filter(trajectory__reference="T3")
    only_placements.delete()
    load(folder)
    assert thread("T3") == [("started", "2023-03-20"), ("ended", "2023-10-01")]
    voided = TrajectoryEvent.objects.filter(trajectory=get("T3"), kind=E.VOIDED)
    assert sorted(event.voids.kind for event in voided if event.voids) == ["ended", "started"]
    assert load(folder).counts["trajectories.csv"] == Counts(0, 0, 4)


def test_what_has_its_day_already_keeps_a_trajectory_from_moving_away_from_it(folder: Path) -> None:
    only(
        folder,
        "trajectories",
        "reference,participant,programme,agreement,started_on,ended_on",
        "T1,P1,AE-D,0307-A,2023-04-01,2023-09-30",
        "T3,P2,AE-D,0307-A,2023-04-20,2023-09-15",
        "T4,P3,AE-D,0327-A,2023-05-01,2023-06-04",
    )
    assert refused(folder) == [
        ("trajectories.csv", 2, "started_on"),  # relapse on 1 March
        ("trajectories.csv", 2, "ended_on"),  # aftercare on 15 August
        ("trajectories.csv", 2, "started_on"),  # placement from 1 February
        ("trajectories.csv", 2, "started_on"),  # session on 10 February
        ("trajectories.csv", 2, "started_on"),  # half-day on 6 February
        ("trajectories.csv", 2, "started_on"),  # assessment on 3 February
        ("trajectories.csv", 3, "started_on"),  # placement from 15 March
        ("trajectories.csv", 3, "started_on"),  # assessment on 20 March
        ("trajectories.csv", 4, "ended_on"),  # extended on 1 July
        ("trajectories.csv", 4, "ended_on"),  # placement from 1 July
        ("trajectories.csv", 4, "ended_on"),  # half-day on 5 June
    ]


def test_what_depends_on_an_agreement_or_a_slot_keeps_it_from_shrinking(folder: Path) -> None:
    only(
        folder,
        "agreements",
        "code,municipality,programmes,starts_on,ends_on",
        "0307-A,0307,AE-D,2023-03-01,2023-07-01",
    )
    found = refused(folder)
    assert set(found) == {("agreements.csv", 2, column) for column in ("programmes", "starts_on", "ends_on")}
    only(folder, "slots", "code,programme,from,until", "AE-1,LWG,2023-02-02,2023-12-31")
    assert set(refused(folder)) == {("slots.csv", 2, column) for column in ("programme", "from", "until")}


def test_what_was_agreed_here_keeps_the_days_of_a_row_in_order(folder: Path) -> None:
    Referral.objects.filter(trajectory__reference="T1").update(decided_on=date(2023, 1, 20))
    Trajectory.objects.filter(reference="T3").update(aftercare_until=date(2023, 12, 31))
    edit(folder, "trajectories", {"reference": "T1"}, referred_on="2023-01-21")
    edit(folder, "trajectories", {"reference": "T3"}, ended_on="2024-01-01")
    assert refused(folder) == [("trajectories.csv", 2, "referred_on"), ("trajectories.csv", 4, "ended_on")]


def test_a_slot_that_is_taken_in_draad_is_not_given_again(folder: Path) -> None:
    only(folder, "placements", "trajectory,slot,from,until", "T3,AE-1,2023-06-30,2023-06-30")
    assert refused(folder) == [("placements.csv", 2, "from")]


def test_a_note_may_be_filled_in_but_not_rewritten(folder: Path) -> None:
    edit(folder, "events", {"trajectory": "T1", "event": "relapse"}, note="Na het bericht")
    assert load(folder).counts["events.csv"] == Counts(0, 1, 6)
    assert TrajectoryEvent.objects.get(kind=E.RELAPSE).note == "Na het bericht"
    edit(folder, "events", {"trajectory": "T1", "event": "relapse"}, note="")
    assert load(folder).counts["events.csv"] == Counts(0, 0, 7)
    edit(folder, "events", {"trajectory": "T1", "event": "relapse"}, note="Iets anders")
    assert refused(folder) == [("events.csv", 2, "note")]


def test_an_event_that_was_undone_here_stays_undone(folder: Path, somebody: StaffMember) -> None:
    extended = TrajectoryEvent.objects.get(kind=E.EXTENDED)
    void_event(by=somebody, event=extended, reason="Was niet zo")
    assert load(folder).counts["events.csv"] == Counts(0, 0, 7)
    assert thread("T4") == [("started", "2023-05-01")]


def test_what_ended_here_stays_ended_and_what_was_decided_here_stays_decided(
    folder: Path, somebody: StaffMember
) -> None:
    ending = Ending(date(2024, 1, 31), EndReason.objects.get(code="DOEL"), Destination.objects.get(code="WERK"))
    end_trajectory(by=somebody, trajectory=get("T4"), ending=ending)
    Referral.objects.filter(reference="R1").update(decision="placed", decided_on=date(2024, 3, 1))
    assert sum(counts.added + counts.changed for counts in load(folder).counts.values()) == 0
    assert get("T4").ended_on == date(2024, 1, 31)


def test_a_planned_trajectory_starts_when_the_folder_comes_after_its_day(folder: Path) -> None:
    add(folder, "trajectories", "T5,P2,AE-D,0307-A,coach1@voorbeeld.test,,,,2026-04-01,,,,,")
    load(folder)
    assert (get("T5").state, thread("T5")) == (State.PLANNED, [])
    assert load(folder).counts["trajectories.csv"] == Counts(0, 0, 5)
    with time_machine.travel(date(2026, 4, 2)):
        assert load(folder).counts["trajectories.csv"] == Counts(0, 1, 4)
    assert thread("T5") == [("started", "2026-04-01")]


def test_another_coach_in_the_row_takes_over_unless_somebody_took_over_here(folder: Path) -> None:
    edit(folder, "trajectories", {"reference": "T1"}, coach="coach2@voorbeeld.test")
    assert load(folder).counts["trajectories.csv"] == Counts(0, 1, 3)
    coached = TrajectoryCoach.objects.get(trajectory__reference="T1")
    assert (coached.staff_member.email, coached.ends_on) == ("coach2@voorbeeld.test", date(2023, 6, 30))
    t2 = get("T2")
    manager = StaffMember.objects.get(email="manager@voorbeeld.test")
    TrajectoryCoach.objects.filter(trajectory=t2).update(ends_on=date(2024, 1, 1))
    TrajectoryCoach.objects.create(
        provider=t2.provider,
        participant=t2.participant,
        trajectory=t2,
        staff_member=manager,
        starts_on=date(2024, 1, 2),
    )
    Trajectory.objects.filter(pk=t2.pk).update(coach=manager)
    assert load(folder).counts["trajectories.csv"] == Counts(0, 0, 4)
    assert get("T2").coach == manager


def test_nothing_goes_over_to_another_person(folder: Path) -> None:
    edit(folder, "trajectories", {"reference": "T4"}, participant="P2")
    edit(folder, "referrals", {"reference": "R1"}, participant="P2")
    edit(folder, "sessions", {"reference": "S3"}, trajectory="T3")
    assert {place for place in refused(folder) if place[2] in {"participant", "trajectory"}} == {
        ("referrals.csv", 2, "participant"),
        ("trajectories.csv", 5, "participant"),
        ("sessions.csv", 5, "trajectory"),
    }


def test_a_changed_session_keeps_what_only_draad_knows(folder: Path) -> None:
    session = Session.objects.get(reference="S1")
    session.restricted_note = "Alleen voor ons"
    session.save()
    edit(folder, "sessions", {"reference": "S1"}, minutes="50", plan="Bellen")
    assert load(folder).counts["sessions.csv"] == Counts(0, 1, 3)
    session = Session.objects.get(reference="S1")
    assert (session.minutes, session.plan, session.restricted_note) == (50, "Bellen", "Alleen voor ons")
    assert session.version == 2


def test_the_rows_of_one_measurement_make_one_assessment(folder: Path) -> None:
    assert Assessment.objects.count() == 5
    lonely = Assessment.objects.get(version__slug="djg6")
    assert dict(lonely.scores.values_list("dimension", "value")) == {"1": 2, "4": 1}
    edit(folder, "assessments", {"instrument": "djg6", "dimension": "4"}, value="no", trajectory="")
    add(folder, "assessments", "P2,,djg6,2023-03-20,intake,5,no")
    assert load(folder).counts["assessments.csv"] == Counts(1, 1, 6)
    assert dict(lonely.scores.values_list("dimension", "value")) == {"1": 2, "4": 0, "5": 0}
    lonely.refresh_from_db()
    assert lonely.trajectory == get("T3")


def test_the_rows_of_one_measurement_name_one_trajectory_of_that_person(folder: Path) -> None:
    edit(folder, "assessments", {"instrument": "djg6", "dimension": "1"}, trajectory="T1")
    assert set(refused(folder)) == {("assessments.csv", 5, "trajectory"), ("assessments.csv", 6, "trajectory")}


def test_a_trajectory_that_was_cancelled_here_is_left_alone(folder: Path) -> None:
    later = date(2026, 3, 17) + timedelta(days=20)
    add(folder, "trajectories", f"T5,P2,AE-D,0307-A,,,,,{later},,,,,")
    load(folder)
    Trajectory.objects.filter(reference="T5").update(state=State.CANCELLED)
    assert load(folder).counts["trajectories.csv"] == Counts(0, 0, 5)
    add(folder, "events", f"T5,{later},relapse,")
    edit(folder, "trajectories", {"reference": "T5"}, ended_on=later.isoformat())
    assert refused(folder) == [("trajectories.csv", 6, "ended_on")]
