"""Provisions, and the work capacity: recorded by who coaches or manages, on the person's file."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from foundation.models import ReadEvent
from foundation.refused import Refused
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.factories import days_ago
from trajectories import actions
from trajectories.answers import Ending
from trajectories.models import LabourPosition, Provision, ProvisionAim, ProvisionEnd, State, WorkCapacity
from trajectories.provision_kinds import KIND_LABELS

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    made = make_cast()
    made.programme.provision_type = "40"
    made.programme.save()
    return made


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def url(name: str, row: Any) -> str:
    return reverse(f"trajectories:{name}", args=[row.pk])


def test_a_coach_records_what_somebody_uses_by_programme_and_never_by_code(cast: Cast) -> None:
    noor = signed_in(cast.noor)
    page = noor.get(url("provisions", cast.samira))
    assert url("add_provision", cast.trajectory) in page.content.decode()
    assert list(page.context["proposals"]) == [cast.trajectory]
    form = noor.get(url("add_provision", cast.trajectory))
    assert form.context["form"]["programme"].value() == cast.programme.pk
    assert [str(label) for _value, label in form.context["form"].fields["programme"].choices][1:] == [
        "Leerwerksetting Groen"
    ], "only programmes that count for the statistic"
    sent = {"programme": cast.programme.pk, "starts_on": cast.trajectory.started_on.isoformat()}
    assert noor.post(url("add_provision", cast.trajectory), sent).headers["Location"] == url("provisions", cast.samira)
    made = Provision.objects.get()
    assert (made.kind, made.description, made.ends_on, made.recorded_by) == (
        "40",
        "Leerwerksetting Groen",
        None,
        cast.noor,
    )
    assert len(made.registration) == 15
    position = LabourPosition.objects.get()
    assert (position.capacity, position.aim) == (WorkCapacity.UNKNOWN, ProvisionAim.REINTEGRATION)
    assert not noor.get(url("provisions", cast.samira)).context["proposals"]


def test_reading_the_provisions_of_somebody_is_logged(cast: Cast) -> None:
    signed_in(cast.ineke).get(url("provisions", cast.samira))
    assert ReadEvent.objects.get(what="trajectories:provisions").participant_ids == [cast.samira.pk]


def add(cast: Cast, **more: Any) -> Provision:
    given = {"trajectory": cast.trajectory, "programme": cast.programme, "starts_on": days_ago(50), **more}
    return actions.add_provision(by=cast.noor, **given)


def test_it_starts_while_the_trajectory_runs_and_not_in_the_future(cast: Cast) -> None:
    for ago in (-1, 61):
        with pytest.raises(Refused) as refused:
            add(cast, starts_on=days_ago(ago))
        assert refused.value.field == "starts_on"


def test_a_trajectory_that_never_started_has_no_provision(cast: Cast) -> None:
    planned = make.TrajectoryFactory(programme=cast.programme, state=State.PLANNED, started_on=days_ago(-3))
    with pytest.raises(Refused):
        add(cast, trajectory=planned, starts_on=days_ago(-3))


def test_a_programme_without_a_kind_and_a_closed_scheme_are_refused(cast: Cast) -> None:
    for code in ("", "20"):
        cast.programme.provision_type = code
        with pytest.raises(Refused) as refused:
            add(cast)
        assert refused.value.field == "programme"


def test_the_same_provision_is_not_recorded_twice(cast: Cast) -> None:
    add(cast)
    with pytest.raises(Refused):
        add(cast)


def test_on_a_trajectory_that_ended_it_ends_with_it(cast: Cast) -> None:
    ended = make.TrajectoryFactory(programme=cast.programme, ended_on=days_ago(5))
    made = add(cast, trajectory=ended, starts_on=days_ago(20))
    assert (made.ends_on, made.end_reason) == (days_ago(5), ProvisionEnd.REAL)


def test_ending_the_trajectory_ends_what_still_ran(cast: Cast) -> None:
    made = add(cast)
    reason = make.EndReasonFactory(provider=cast.provider)
    ending = Ending(on=days_ago(1), reason=reason, destination=make.DestinationFactory(provider=cast.provider))
    actions.end_trajectory(by=cast.noor, trajectory=cast.trajectory, ending=ending)
    made.refresh_from_db()
    assert (made.ends_on, made.end_reason) == (days_ago(1), ProvisionEnd.REAL)


def test_it_really_ended(cast: Cast) -> None:
    noor, made = signed_in(cast.noor), add(cast)
    noor.post(url("end_provision", made), {"on": days_ago(2).isoformat(), "reason": "2"})
    made.refresh_from_db()
    assert (made.ends_on, made.end_reason) == (days_ago(2), ProvisionEnd.REAL)
    again = noor.post(url("end_provision", made), {"on": days_ago(1).isoformat(), "reason": "2"})
    assert again.context["form"].non_field_errors()


def test_it_goes_on_under_another_number_the_next_day(cast: Cast) -> None:
    made = add(cast, description="Bij de kringloop", wage_value_percent=40)
    actions.end_provision(by=cast.noor, provision=made, on=days_ago(3), reason=ProvisionEnd.ADMINISTRATIVE)
    following = Provision.objects.exclude(pk=made.pk).get()
    assert following.starts_on == days_ago(2)
    assert (following.kind, following.description, following.wage_value_percent) == ("40", "Bij de kringloop", 40)
    assert following.registration != made.registration
    assert following.ends_on is None


def test_it_does_not_end_in_the_future_or_before_it_began(cast: Cast) -> None:
    made = add(cast)
    for ago in (-1, 51):
        with pytest.raises(Refused) as refused:
            actions.end_provision(by=cast.noor, provision=made, on=days_ago(ago), reason="2")
        assert refused.value.field == "on"


def changed(made: Provision, **more: Any) -> dict[str, Any]:
    details = {
        "starts_on": made.starts_on,
        "ends_on": "",
        "end_reason": "",
        "description": made.description,
        "version": made.version,
    }
    return {name: getattr(value, "isoformat", lambda value=value: value)() for name, value in (details | more).items()}


def test_a_date_is_corrected_and_the_number_stays(cast: Cast) -> None:
    noor, made = signed_in(cast.noor), add(cast)
    sent = changed(made, starts_on=days_ago(40), description="Anders")
    assert noor.post(url("change_provision", made), sent).status_code == 302
    now = Provision.objects.get()
    assert (now.starts_on, now.description, now.registration) == (days_ago(40), "Anders", made.registration)
    stale = noor.post(url("change_provision", made), sent)
    assert stale.context["form"].non_field_errors(), "somebody else changed it"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"ends_on": "2026-01-01", "end_reason": "2"}, "ends_on"),
    ({"ends_on": "2026-03-01"}, "end_reason"),
    ({"end_reason": "2"}, "ends_on"),
    ({"wage_value_percent": "101"}, "wage_value_percent"),
    ({"wage_value_percent": "veel"}, "wage_value_percent"),
    ({"starts_on": ""}, "starts_on"),
]


def test_what_cannot_be_is_refused_at_its_field(cast: Cast) -> None:
    noor, made = signed_in(cast.noor), add(cast)
    for more, field in WRONG:
        response = noor.post(url("change_provision", made), changed(made, **more))
        assert response.context["form"].errors[field], more
    assert Provision.objects.get().version == 1


def test_after_the_end_of_the_trajectory_nothing_runs(cast: Cast) -> None:
    ended = make.TrajectoryFactory(programme=cast.programme, ended_on=days_ago(5))
    made = add(cast, trajectory=ended, starts_on=days_ago(20))
    details = {"starts_on": made.starts_on, "ends_on": None, "end_reason": "", "description": ""}
    with pytest.raises(Refused) as refused:
        actions.change_provision(by=cast.noor, provision=made, version=1, details=details)
    assert refused.value.field == "ends_on"
    Provision.objects.update(end_reason="")
    with pytest.raises(Refused):
        actions.end_provision(by=cast.noor, provision=made, on=days_ago(6), reason=ProvisionEnd.ADMINISTRATIVE)


def test_what_was_never_used_is_taken_away_and_kept_in_the_history(cast: Cast) -> None:
    made = add(cast)
    signed_in(cast.noor).post(url("remove_provision", made))
    assert not Provision.objects.exists()
    assert Provision.history.rel.related_model.objects.filter(registration=made.registration).count() == 2  # type: ignore[attr-defined]


def test_the_work_capacity_holds_from_a_day_on(cast: Cast) -> None:
    noor = signed_in(cast.noor)
    sent = {"starts_on": days_ago(10).isoformat(), "capacity": "10", "aim": "2"}
    assert noor.post(url("record_position", cast.samira), sent).status_code == 302
    noor.post(url("record_position", cast.samira), {**sent, "capacity": "11"})
    position = LabourPosition.objects.get()
    assert (position.capacity, position.aim, position.recorded_by) == ("11", "2", cast.noor)
    late = noor.post(url("record_position", cast.samira), {**sent, "starts_on": (today() + ONE_DAY).isoformat()})
    assert late.context["form"].errors["starts_on"]
    form = noor.get(url("record_position", cast.samira)).context["form"]
    assert (form["capacity"].value(), form["aim"].value()) == ("11", "2")


def test_a_stranger_sees_nothing_and_changes_nothing(cast: Cast) -> None:
    made = add(cast)
    dina = signed_in(cast.dina)
    for name, row in (("provisions", cast.samira), ("change_provision", made), ("end_provision", made)):
        assert dina.get(url(name, row)).status_code == 404
    assert dina.post(url("remove_provision", made)).status_code == 404


def test_every_kind_has_words() -> None:
    assert all(len(code) == 2 and str(label) for code, label in KIND_LABELS.items())
