"""What each action does besides moving the state."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation

from foundation.clock import today
from participants.models import ParticipantUnit, SupportNeed
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.factories import days_ago
from trajectories import actions, answers
from trajectories.models import Decision, EventKind, OutcomeKind, Referral, State, Trajectory
from trajectories.slots import free_slots
from trajectories.workflow import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def plan(cast: Cast, **more: object) -> Trajectory:
    given = {
        "participant": cast.samira,
        "programme": cast.programme,
        "agreement": cast.agreement,
        "starts_on": today(),
        "coach": cast.noor,
        **more,
    }
    return actions.plan_trajectory(by=cast.noor, **given)  # type: ignore[arg-type]


def reload(trajectory: Trajectory) -> Trajectory:
    return Trajectory.objects.get(pk=trajectory.pk)


def test_a_trajectory_planned_for_today_starts_at_once(cast: Cast) -> None:
    trajectory = plan(cast)
    assert trajectory.state == State.RUNNING
    assert [event.kind for event in trajectory.events.all()] == [EventKind.STARTED]
    assert trajectory.coaches.get().starts_on == today()


def test_a_trajectory_planned_for_later_starts_when_its_day_has_come(cast: Cast, clock: time_machine.Traveller) -> None:
    trajectory = plan(cast, starts_on=today() + timedelta(days=2))
    assert actions.start_due() == 0
    clock.shift(timedelta(days=2))
    assert actions.start_due() == 1
    assert reload(trajectory).state == State.RUNNING
    assert trajectory.events.get().recorded_by is None


def test_a_start_that_was_undone_waits_for_a_person(cast: Cast) -> None:
    trajectory = plan(cast)
    actions.void_event(by=cast.noor, event=trajectory.events.get(), reason="Niet gekomen.")
    assert reload(trajectory).state == State.PLANNED
    assert actions.start_due() == 0


def test_a_programme_with_trial_weeks_starts_with_its_trial_and_its_norm_gives_the_goal(cast: Cast) -> None:
    programme = make.ProgrammeFactory(unit=cast.unit, trial_weeks=3, norm_weeks=13)
    cast.agreement.programmes.add(programme)
    trajectory = plan(cast, programme=programme)
    assert trajectory.state == State.TRIAL
    assert trajectory.planned_end_on == today() + timedelta(days=90)


def test_who_returns_gets_a_new_trajectory_that_points_back(cast: Cast) -> None:
    actions.end_trajectory(by=cast.noor, trajectory=cast.trajectory, ending=answers.Ending(on=days_ago(5)))
    again = plan(cast)
    assert again.previous_id == cast.trajectory.pk
    assert reload(cast.trajectory).state == State.ENDED


def test_planning_from_a_referral_places_it(cast: Cast) -> None:
    referral = make.ReferralFactory(participant=cast.samira, programme=cast.programme)
    trajectory = plan(cast, referral=referral)
    assert trajectory.referral_id == referral.pk
    assert Referral.objects.get(pk=referral.pk).decision == Decision.PLACED
    with pytest.raises(MoveRefused, match="led to a trajectory already"):
        plan(cast, referral=Referral.objects.get(pk=referral.pk))


@pytest.mark.parametrize("days", [-20000, 20000])
def test_nobody_starts_outside_the_dates_of_the_agreement(cast: Cast, days: int) -> None:
    cast.agreement.ends_on = days_ago(-30)
    cast.agreement.save()
    with pytest.raises(MoveRefused) as refused:
        plan(cast, starts_on=today() + timedelta(days=days))
    assert refused.value.field == "on"


def test_an_agreement_pays_only_for_its_own_programmes(cast: Cast) -> None:
    other = make.ProgrammeFactory(unit=cast.unit)
    with pytest.raises(MoveRefused, match="does not pay for"):
        plan(cast, programme=other)
    foreign = cast.foreign_trajectory
    with pytest.raises(MoveRefused, match="another organisation"):
        plan(cast, programme=foreign.programme, agreement=foreign.agreement)


def test_a_programme_that_lasts_two_years_at_most_is_not_planned_for_longer(cast: Cast) -> None:
    cast.programme.longest_weeks = 104
    cast.programme.save()
    with pytest.raises(MoveRefused, match="104 weeks at most"):
        plan(cast, planned_end_on=today() + timedelta(weeks=104))
    last_day = today() + timedelta(weeks=104, days=-1)
    assert plan(cast, planned_end_on=last_day).planned_end_on == last_day


def test_a_unit_sees_a_person_from_the_referral_until_a_year_after_the_end(cast: Cast) -> None:
    person = actions.register_participant(
        by=cast.noor,
        provider=cast.provider,
        person=answers.Person(surname="Nieuw", home_municipality=cast.municipality),
    )
    assert not ParticipantUnit.objects.filter(participant=person).exists()
    actions.open_referral(by=cast.noor, participant=person, programme=cast.programme, referred_on=days_ago(9))
    link = ParticipantUnit.objects.get(participant=person)
    assert (link.unit, link.starts_on, link.ends_on) == (cast.unit, days_ago(9), None)
    referral = person.referrals.get()
    trajectory = plan(cast, participant=person, referral=referral, starts_on=days_ago(3))
    actions.end_trajectory(by=cast.noor, trajectory=trajectory, ending=answers.Ending(on=days_ago(1)))
    link.refresh_from_db()
    assert link.ends_on == days_ago(0), "the referral was placed today"
    actions.void_event(by=cast.noor, event=trajectory.events.get(kind=EventKind.ENDED), reason="Toch niet.")
    link.refresh_from_db()
    assert link.ends_on is None


def test_numbers_of_new_files_and_trajectories_are_the_next_free_ones(cast: Cast) -> None:
    person = answers.Person(surname="Nieuw", home_municipality=cast.municipality)
    make.ParticipantFactory(provider=cast.provider, reference=f"D-{today().year}-0002")
    numbers = [
        actions.register_participant(by=cast.noor, provider=cast.provider, person=person).reference for _ in range(2)
    ]
    assert numbers == [f"D-{today().year}-0003", f"D-{today().year}-0004"]
    with pytest.raises(MoveRefused, match="Another participant has number"):
        actions.register_participant(by=cast.noor, provider=cast.provider, person=person, reference=numbers[0])


def test_ending_writes_outcomes_insight_and_frees_the_place(cast: Cast) -> None:
    slot = make.SlotFactory(programme=cast.programme)
    placement = make.PlacementFactory(trajectory=cast.trajectory, slot=slot)
    reason = make.EndReasonFactory(provider=cast.provider)
    destination = make.DestinationFactory(provider=cast.provider)
    assert not free_slots(cast.programme, today()).exists()
    actions.end_trajectory(
        by=cast.noor,
        trajectory=cast.trajectory,
        ending=answers.Ending(
            on=days_ago(1),
            reason=reason,
            destination=destination,
            outcomes=[OutcomeKind.PAID_WORK, OutcomeKind.BUDDY],
            job=answers.Job(employer="Groen BV", starts_on=today()),
            insight=answers.Insight(turned_out="Rust in geldzaken.", help_followed="Schuldhulp."),
            aftercare_until=today() + timedelta(days=90),
        ),
    )
    ended = reload(cast.trajectory)
    assert (ended.state, ended.ended_on, ended.end_reason, ended.destination) == (
        State.ENDED, days_ago(1), reason, destination,
    )  # fmt: skip
    assert ended.coaches.get().ends_on == days_ago(1)
    kinds = set(ended.outcomes.values_list("kind", flat=True))
    assert kinds == {OutcomeKind.PAID_WORK, OutcomeKind.BUDDY, OutcomeKind.HELP_QUESTION_INSIGHT}
    assert ended.outcomes.get(kind=OutcomeKind.PAID_WORK).employer == "Groen BV"
    assert ended.outcomes.get(kind=OutcomeKind.BUDDY).employer == ""
    need = SupportNeed.objects.get(participant=cast.samira)
    assert (need.insight_on, need.turned_out) == (days_ago(1), "Rust in geldzaken.")
    placement.refresh_from_db()
    assert placement.ends_on == days_ago(1)
    assert list(free_slots(cast.programme, today())) == [slot]


def test_insight_is_written_at_the_help_question_that_is_there(cast: Cast) -> None:
    need = SupportNeed.objects.create(
        provider=cast.provider, participant=cast.samira, asked="Werk vinden.", asked_on=days_ago(50)
    )
    actions.record_outcome(
        by=cast.noor, trajectory=cast.trajectory, kind=OutcomeKind.HELP_QUESTION_INSIGHT, on=days_ago(2)
    )
    need.refresh_from_db()
    assert (need.insight_on, need.asked) == (days_ago(2), "Werk vinden.")
    assert SupportNeed.objects.count() == 1


def test_an_outcome_stands_once_on_a_day_and_not_long_before_the_start(cast: Cast) -> None:
    actions.record_outcome(by=cast.noor, trajectory=cast.trajectory, kind=OutcomeKind.CARE, on=days_ago(2))
    with pytest.raises(MoveRefused, match="recorded on this day already"):
        actions.record_outcome(by=cast.noor, trajectory=cast.trajectory, kind=OutcomeKind.CARE, on=days_ago(2))
    with pytest.raises(MoveRefused, match="more than 30 days before"):
        actions.record_outcome(by=cast.noor, trajectory=cast.trajectory, kind=OutcomeKind.CARE, on=days_ago(91))


def test_events_are_recorded_in_the_order_in_which_they_happened(cast: Cast) -> None:
    actions.record_relapse(by=cast.noor, trajectory=cast.trajectory, on=days_ago(10), note="Zoon ziek.")
    with pytest.raises(MoveRefused, match="Something happened after this day: relapse"):
        actions.resume_trajectory(by=cast.noor, trajectory=cast.trajectory, on=days_ago(11))
    actions.resume_trajectory(by=cast.noor, trajectory=cast.trajectory, on=days_ago(10))
    assert reload(cast.trajectory).state == State.RUNNING
    assert cast.trajectory.events.get(kind=EventKind.RELAPSE).note == "Zoon ziek."


def test_only_the_last_turn_of_the_thread_can_be_undone(cast: Cast) -> None:
    relapse = actions.record_relapse(by=cast.noor, trajectory=cast.trajectory, on=days_ago(10))
    resumed = actions.resume_trajectory(by=cast.noor, trajectory=cast.trajectory, on=days_ago(3))
    with pytest.raises(MoveRefused, match="Undo that first"):
        actions.void_event(by=cast.noor, event=relapse, reason="Vergissing.")
    undoing = actions.void_event(by=cast.noor, event=resumed, reason="Toch niet.")
    assert undoing.note == "Toch niet."
    assert reload(cast.trajectory).state == State.RELAPSE
    with pytest.raises(MoveRefused, match="undone already"):
        actions.void_event(by=cast.noor, event=resumed, reason="Nog eens.")


def test_an_extension_that_is_undone_gives_the_old_goal_date_back(cast: Cast) -> None:
    trajectory = plan(cast, planned_end_on=today() + timedelta(days=90))
    first = actions.extend_trajectory(
        by=cast.noor, trajectory=trajectory, on=today(), planned_end_on=today() + timedelta(days=120)
    )
    assert first.planned_end_on == today() + timedelta(days=120)
    with pytest.raises(MoveRefused, match="not later than the present one"):
        actions.extend_trajectory(
            by=cast.noor, trajectory=reload(trajectory), on=today(), planned_end_on=today() + timedelta(days=120)
        )
    actions.void_event(by=cast.noor, event=first, reason="Vergissing.")
    assert reload(trajectory).planned_end_on == today() + timedelta(days=90)


def test_each_coach_has_the_days_that_were_theirs(cast: Cast) -> None:
    changed = actions.change_coach(by=cast.ineke, trajectory=cast.trajectory, on=days_ago(10), coach=cast.bo)
    rows = [(row.staff_member, row.starts_on, row.ends_on) for row in cast.trajectory.coaches.order_by("starts_on")]
    assert rows == [(cast.noor, days_ago(60), days_ago(11)), (cast.bo, days_ago(10), None)]
    with pytest.raises(MoveRefused, match="The present coach started later"):
        actions.change_coach(by=cast.ineke, trajectory=cast.trajectory, on=days_ago(20), coach=cast.noor)
    actions.void_event(by=cast.ineke, event=changed, reason="Bo is ziek.")
    row = cast.trajectory.coaches.get()
    assert (row.staff_member, row.ends_on) == (cast.noor, None)
    assert reload(cast.trajectory).coach == cast.noor


def test_who_never_starts_is_cancelled_and_nobody_coached(cast: Cast) -> None:
    trajectory = plan(cast, starts_on=today() + timedelta(days=5))
    actions.cancel_trajectory(by=cast.noor, trajectory=trajectory, reason="Verhuisd.")
    assert reload(trajectory).state == State.CANCELLED
    assert not trajectory.coaches.exists()


def test_a_place_is_taken_by_one_person(cast: Cast) -> None:
    slot = make.SlotFactory(programme=cast.programme)
    actions.place_in_slot(by=cast.noor, trajectory=cast.trajectory, slot=slot, starts_on=today())
    other = plan(cast)
    with pytest.raises(MoveRefused, match="is taken"):
        actions.place_in_slot(by=cast.noor, trajectory=other, slot=slot, starts_on=today())
    with pytest.raises(ObjectDoesNotExist):
        other.placements.get()


def test_aftercare_is_dated_after_the_end_and_keeps_the_file_in_sight(cast: Cast) -> None:
    actions.end_trajectory(by=cast.noor, trajectory=cast.trajectory, ending=answers.Ending(on=days_ago(30)))
    with pytest.raises(MoveRefused, match="Something happened after this day: ended"):
        actions.record_aftercare(by=cast.noor, trajectory=cast.trajectory, on=days_ago(31), result="reached")
    actions.record_aftercare(by=cast.noor, trajectory=cast.trajectory, on=days_ago(2), result="reached", note="Goed.")
    assert ParticipantUnit.objects.get(participant=cast.samira).ends_on == days_ago(2)
    assert reload(cast.trajectory).state == State.ENDED
