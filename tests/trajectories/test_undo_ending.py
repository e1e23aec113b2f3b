"""An ending that is undone: everything is as it was, and the next end tells its own day."""

from datetime import date

import pytest

from participants.models import SupportNeed
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.factories import days_ago
from trajectories import actions
from trajectories.answers import Ending
from trajectories.models import Outcome, OutcomeKind, Placement, Provision, ProvisionEnd, TrajectoryEvent
from trajectories.workflow import MoveRefused


@pytest.fixture
def cast(db: None) -> Cast:
    return a_cast()


def a_cast() -> Cast:
    made = make_cast()
    made.programme.provision_type = "40"
    made.programme.save()
    return made


def add(cast: Cast, starts_on: date) -> Provision:
    given = {"trajectory": cast.trajectory, "programme": cast.programme, "starts_on": starts_on}
    return actions.add_provision(by=cast.noor, **given)  # type: ignore[arg-type]


def end(cast: Cast, on: date, **more: object) -> TrajectoryEvent:
    ending = Ending(on=on, **more)  # type: ignore[arg-type]
    return actions.end_trajectory(by=cast.noor, trajectory=cast.trajectory, ending=ending)


def undo(cast: Cast, event: TrajectoryEvent) -> None:
    actions.void_event(by=cast.noor, event=event, reason="Verkeerde persoon.")


def now(row: Provision) -> tuple[date | None, str]:
    row.refresh_from_db()
    return row.ends_on, row.end_reason


def test_a_provision_runs_on_and_the_next_end_tells_its_own_day(cast: Cast) -> None:
    provision = add(cast, days_ago(50))
    undo(cast, end(cast, days_ago(10)))
    assert now(provision) == (None, "")
    end(cast, days_ago(5))
    assert now(provision) == (days_ago(5), ProvisionEnd.REAL)


def test_an_end_that_was_planned_holds_again_and_one_from_before_stays(cast: Cast) -> None:
    planned, over = add(cast, days_ago(50)), add(cast, days_ago(40))
    Provision.objects.filter(pk=planned.pk).update(ends_on=days_ago(-30), end_reason=ProvisionEnd.ADMINISTRATIVE)
    actions.end_provision(by=cast.noor, provision=over, on=days_ago(20), reason=ProvisionEnd.REAL)
    ended = end(cast, days_ago(10))
    after = add(cast, days_ago(30))
    undo(cast, ended)
    assert now(planned) == (days_ago(-30), ProvisionEnd.ADMINISTRATIVE)
    assert now(over) == (days_ago(20), ProvisionEnd.REAL)
    assert now(after) == (None, ""), "it was recorded later and ended only with the trajectory"


@pytest.mark.django_db(transaction=True)
def test_what_a_coach_ended_on_that_very_day_stays_ended() -> None:
    cast = a_cast()
    own, other = add(cast, days_ago(50)), add(cast, days_ago(40))
    actions.end_provision(by=cast.noor, provision=own, on=days_ago(10), reason=ProvisionEnd.REAL)
    actions.record_outcome(by=cast.noor, trajectory=cast.trajectory, kind=OutcomeKind.CARE, on=days_ago(10))
    undo(cast, end(cast, days_ago(10), outcomes=[OutcomeKind.PAID_WORK]))
    assert (now(own), now(other)) == ((days_ago(10), ProvisionEnd.REAL), (None, ""))
    assert [row.kind for row in Outcome.objects.all()] == [OutcomeKind.CARE]


def test_the_place_is_held_again_unless_somebody_else_has_it(cast: Cast) -> None:
    kept, lost = (make.SlotFactory(programme=cast.programme) for _n in range(2))
    for slot in (kept, lost):
        actions.place_in_slot(by=cast.noor, trajectory=cast.trajectory, slot=slot, starts_on=days_ago(30))
    ended = end(cast, days_ago(10))
    other = make.TrajectoryFactory(programme=cast.programme)
    actions.place_in_slot(by=cast.noor, trajectory=other, slot=lost, starts_on=days_ago(2))
    undo(cast, ended)
    held = dict(Placement.objects.filter(trajectory=cast.trajectory).values_list("slot", "ends_on"))
    assert held == {kept.pk: None, lost.pk: days_ago(10)}


def test_a_place_for_later_is_promised_again(cast: Cast) -> None:
    slot = make.SlotFactory(programme=cast.programme)
    later = actions.place_in_slot(by=cast.noor, trajectory=cast.trajectory, slot=slot, starts_on=days_ago(-5))
    ended = end(cast, days_ago(1))
    assert not Placement.objects.exists()
    undo(cast, ended)
    assert Placement.objects.get() == later


def test_outcomes_told_with_the_end_go_with_it(cast: Cast) -> None:
    need = SupportNeed.objects.create(
        provider=cast.provider, participant=cast.samira, asked="Werk vinden.", asked_on=days_ago(50)
    )
    kinds = [OutcomeKind.PAID_WORK, OutcomeKind.HELP_QUESTION_INSIGHT]
    undo(cast, end(cast, days_ago(10), outcomes=kinds))
    assert not Outcome.objects.exists()
    need.refresh_from_db()
    assert need.insight_on is None
    end(cast, days_ago(10), outcomes=kinds)
    assert Outcome.objects.count() == 2


def test_a_trajectory_does_not_end_before_a_provision_of_it_began(cast: Cast) -> None:
    provision = add(cast, days_ago(3))
    with pytest.raises(MoveRefused) as refused:
        end(cast, days_ago(4))
    assert refused.value.field == "on"
    assert "Leerwerksetting Groen" in str(refused.value)
    end(cast, days_ago(3))
    assert now(provision) == (days_ago(3), ProvisionEnd.REAL)
