"""A file is kept as long as the longest term in it, and destroyed only from a list that a named person approved."""

from datetime import date, timedelta
from typing import Any

import pytest
from time_machine import Traveller

from foundation import jobs
from foundation.clock import today
from foundation.refused import Refused
from participants.law.classes import take_usual_classes
from participants.law.erasing import erase_file
from participants.law.holding import lift_hold, place_hold
from participants.models import DestructionList, ErasedFile, ItemOutcome, Participant, RetentionClass
from tests import factories as make
from tests.cast import Cast, make_cast
from trajectories import destroying
from trajectories.models import Trajectory
from trajectories.retention import end_of, kept_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    take_usual_classes(by=found.piet, provider=found.provider)
    return found


def ended(cast: Cast, years_ago: int, **more: Any) -> Trajectory:
    last = today() - timedelta(days=366 * years_ago)
    return make.TrajectoryFactory(
        programme=cast.programme, agreement=cast.agreement, started_on=last - timedelta(days=90), ended_on=last, **more
    )


def over(cast: Cast) -> set[Any]:
    return {term.file_id for term in kept_files(cast.provider).over(today())}


def test_the_longest_term_of_what_is_in_a_file_holds(cast: Cast) -> None:
    short = ended(cast, 3, legal_ground="other")
    long = ended(cast, 3, legal_ground="participatiewet")
    both = ended(cast, 3, legal_ground="other")
    make.ProvisionFactory(trajectory=both, kind="21", ends_on=both.ended_on)
    assert over(cast) == {short.participant_id}
    terms = kept_files(cast.provider).terms
    assert terms[long.participant_id].kept_by.code == "TRAJ-PW"
    assert terms[both.participant_id].kept_by.code == "VZ-BW"


def test_an_open_file_has_no_end(cast: Cast) -> None:
    found = kept_files(cast.provider)
    assert cast.samira.pk in found.open and cast.samira.pk not in found.terms


def test_a_referral_that_came_to_nothing_has_its_own_term(cast: Cast) -> None:
    person = make.ParticipantFactory(provider=cast.provider)
    make.ReferralFactory(
        participant=person, programme=cast.programme, decision="withdrawn",
        referred_on=make.days_ago(900), decided_on=make.days_ago(400),
    )  # fmt: skip
    assert over(cast) == {person.pk}


def test_what_no_class_knows_is_never_listed(cast: Cast) -> None:
    RetentionClass.objects.filter(code="TRAJ").delete()
    odd = ended(cast, 30, legal_ground="other")
    found = kept_files(cast.provider)
    assert odd.participant_id in found.unknown and over(cast) == set()


def test_a_term_from_29_february_ends_on_28_february() -> None:
    assert end_of(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert end_of(date(2024, 2, 29), 4) == date(2028, 2, 29)


def make_list(cast: Cast) -> DestructionList:
    found = destroying.make_list(by=cast.ineke, provider=cast.provider)
    assert found is not None
    return found


def test_what_the_page_says_beforehand_is_what_is_done(cast: Cast) -> None:
    files = {name: ended(cast, 3, legal_ground="other").participant for name in ("go", "held", "kept", "back", "gone")}
    found = make_list(cast)
    place_hold(by=cast.piet, participant=files["held"], reason="Klacht")
    destroying.keep_file(by=cast.piet, item=found.items.get(file_id=files["kept"].pk), keep=True)
    make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, participant=files["back"])
    erase_file(by=cast.piet, participant=files["gone"], ground="request", basis="AVG art. 17")
    destroying.approve_list(by=cast.piet, found=found)
    found.refresh_from_db()
    said = {item.file_id: destroying.outcomes_of(found)[item.pk] for item in found.items.all()}
    jobs.run_all()
    found.refresh_from_db()
    done = {item.file_id: item.outcome for item in found.items.all()}
    assert done == said
    assert {name: done[pk] for name, pk in ((name, file.pk) for name, file in files.items())} == {
        "go": ItemOutcome.ERASED,
        "held": ItemOutcome.HELD,
        "kept": ItemOutcome.KEPT,
        "back": ItemOutcome.NOT_DUE,
        "gone": ItemOutcome.GONE,
    }
    assert not Participant.objects.filter(pk=files["go"].pk).exists()
    left = ErasedFile.objects.get(file_id=files["go"].pk)
    assert (left.ground, left.decided_by) == ("retention", cast.piet) and "AVG art. 5" in left.basis
    assert destroying.outcomes_of(found) == {item.pk: item.outcome for item in found.items.all()}


def test_who_made_a_list_does_not_approve_it(cast: Cast) -> None:
    ended(cast, 3, legal_ground="other")
    found = make_list(cast)
    with pytest.raises(Refused):
        destroying.approve_list(by=cast.ineke, found=found)
    destroying.approve_list(by=cast.piet, found=found)
    with pytest.raises(Refused):
        destroying.discard_list(by=cast.ineke, found=found)


def test_one_list_at_a_time_and_none_without_files(cast: Cast) -> None:
    assert destroying.make_list(by=cast.piet, provider=cast.provider) is None
    ended(cast, 3, legal_ground="other")
    destroying.make_due_lists()
    destroying.make_due_lists()
    assert DestructionList.objects.get().made_by is None
    with pytest.raises(Refused):
        make_list(cast)


def test_twelve_years_long_nothing_goes_before_its_day_or_stays_after_it(cast: Cast, clock: Traveller) -> None:
    file = ended(cast, 0, legal_ground="participatiewet").participant
    hold = place_hold(by=cast.piet, participant=file, reason="Controle")
    ended_on = file.trajectories.get().ended_on
    assert ended_on
    last = end_of(ended_on, 10)
    listed = {}
    for day in (last - timedelta(days=3000), last, last + timedelta(days=1), last + timedelta(days=700)):
        clock.move_to(day.isoformat() + "T12:00:00+01:00")
        listed[(day - last).days] = over(cast) == {file.pk}
    assert listed == {-3000: False, 0: False, 1: True, 700: True}
    found = make_list(cast)
    assert set(destroying.outcomes_of(found).values()) == {ItemOutcome.HELD}
    lift_hold(by=cast.piet, hold=hold)
    assert set(destroying.outcomes_of(found).values()) == {ItemOutcome.ERASED}
