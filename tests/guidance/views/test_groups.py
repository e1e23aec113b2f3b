"""Groups: who was there on a half-day, all at once, and who is in the group."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from foundation.models import ReadEvent
from guidance.models import Group, HalfDayAttendance
from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast
from tests.factories import days_ago

SignIn = Callable[[StaffMember], Client]


@pytest.fixture
def jan(cast: Cast) -> Any:
    return make.TrajectoryFactory(
        participant__given_names="Jan", participant__prefix="", participant__surname="Zwart", programme=cast.programme,
        agreement=cast.agreement, coach=cast.noor,
    )  # fmt: skip


@pytest.fixture
def group(cast: Cast, jan: Any) -> Group:
    """It meets on Tuesday morning and afternoon; it is Tuesday ten o'clock."""
    made: Group = make.GroupFactory(
        unit=cast.unit, name="Atelier", coach=cast.noor, trajectories=[cast.trajectory, jan]
    )
    return made


def address(group: Group, **query: str) -> str:
    url = reverse("guidance:group_day", args=[group.pk])
    return url + "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else url


def answers(**by_person: tuple[Any, str, str]) -> dict[str, str]:
    given = {}
    for trajectory, status, remark in by_person.values():
        given[f"{trajectory.pk}-status"] = status
        given[f"{trajectory.pk}-remark"] = remark
    return given


def statuses() -> dict[str, str]:
    return {row.participant.given_names: row.status for row in HalfDayAttendance.objects.select_related("participant")}


def test_the_half_day_that_is_going_on_is_shown_with_its_members(noor: Client, group: Group) -> None:
    context = noor.get(address(group)).context
    assert (context["sitting"].on, context["sitting"].half_day) == (today(), "am")
    assert [row["person"].given_names for row in context["form"].rows] == ["Samira", "Jan"]
    assert context["before"].endswith(f"day={days_ago(7).isoformat()}&half=pm")
    assert context["after"].endswith(f"day={today().isoformat()}&half=pm")


def test_attendance_is_saved_at_once_and_changed_later(noor: Client, cast: Cast, jan: Any, group: Group) -> None:
    first = answers(samira=(cast.trajectory, "present", ""), jan=(jan, "absent_notice", "Tandarts"))
    assert noor.post(address(group), first).status_code == 302
    assert statuses() == {"Samira": "present", "Jan": "absent_notice"}
    row = HalfDayAttendance.objects.get(trajectory=jan)
    assert (row.remark, row.recorded_by, row.group, row.half_day) == ("Tandarts", cast.noor, group, "am")
    noor.post(address(group), answers(samira=(cast.trajectory, "present", ""), jan=(jan, "sick", "Griep")))
    assert statuses() == {"Samira": "present", "Jan": "sick"}
    assert row.history.count() == 2  # type: ignore[attr-defined]
    form = noor.get(address(group)).context["form"]
    assert [(row["status"].value(), row["remark"].value()) for row in form.rows] == [("present", ""), ("sick", "Griep")]


def test_who_is_left_out_stays_unrecorded(noor: Client, cast: Cast, jan: Any, group: Group) -> None:
    noor.post(address(group), answers(samira=(cast.trajectory, "present", ""), jan=(jan, "", "")))
    assert statuses() == {"Samira": "present"}


def test_a_remark_is_not_lost_for_want_of_an_answer(noor: Client, cast: Cast, jan: Any, group: Group) -> None:
    given = answers(samira=(cast.trajectory, "present", ""), jan=(jan, "", "Belde af"))
    form = noor.post(address(group), given).context["form"]
    assert set(form.errors) == {f"{jan.pk}-remark"}
    assert not HalfDayAttendance.objects.exists()
    noor.post(address(group), {**given, "cancelled": "yes"})
    assert HalfDayAttendance.objects.get(trajectory=jan).remark == "Belde af"


def test_everybody_present_fills_in_what_is_open_and_saves_nothing(
    noor: Client, cast: Cast, jan: Any, group: Group
) -> None:
    given = answers(samira=(cast.trajectory, "", ""), jan=(jan, "sick", "Griep"))
    form = noor.post(address(group), {**given, "fill": "present"}).context["form"]
    assert [row["status"].value() for row in form.rows] == ["present", "sick"]
    assert not HalfDayAttendance.objects.exists()


def test_a_group_that_did_not_meet_is_nobodys_absence(noor: Client, group: Group) -> None:
    noor.post(address(group), {"cancelled": "yes"})
    assert statuses() == {"Samira": "cancelled", "Jan": "cancelled"}
    assert noor.get(address(group)).context["is_cancelled"]


def test_another_half_day_is_asked_by_address(noor: Client, cast: Cast, group: Group) -> None:
    asked = address(group, day=days_ago(7).isoformat(), half="pm")
    noor.post(asked, answers(samira=(cast.trajectory, "present", "")))
    row = HalfDayAttendance.objects.get()
    assert (row.dated_on, row.half_day) == (days_ago(7), "pm")
    for nonsense in ({"day": "ooit"}, {"day": "2026-02-31"}, {"half": "nacht"}):
        assert noor.get(address(group, **nonsense)).context["sitting"].on == today()


def test_a_half_day_to_come_is_refused_and_the_answers_stay(noor: Client, cast: Cast, group: Group) -> None:
    response = noor.post(
        address(group, day=days_ago(-7).isoformat(), half="am"), answers(samira=(cast.trajectory, "present", "Al vast"))
    )
    form = response.context["form"]
    assert form.non_field_errors()
    assert form.rows[0]["remark"].value() == "Al vast"
    assert not HalfDayAttendance.objects.exists()


def test_who_was_not_there_yet_or_any_more_is_not_on_the_list(noor: Client, cast: Cast, group: Group) -> None:
    common = {"programme": cast.programme, "agreement": cast.agreement}
    late = make.TrajectoryFactory(started_on=days_ago(3), **common)
    gone = make.TrajectoryFactory(ended_on=days_ago(8), **common)
    group.trajectories.set([cast.trajectory, late, gone])
    form = noor.get(address(group, day=days_ago(7).isoformat(), half="am")).context["form"]
    assert [row["person"].given_names for row in form.rows] == ["Samira"]


@pytest.mark.parametrize("wrong", [{"status": "dronken"}, {"remark": "x" * 201, "status": "present"}])
def test_bad_input_writes_nothing(noor: Client, cast: Cast, jan: Any, group: Group, wrong: dict[str, str]) -> None:
    given = answers(samira=(cast.trajectory, "present", ""), jan=(jan, "present", ""))
    given |= {f"{jan.pk}-{part}": value for part, value in wrong.items()}
    assert noor.post(address(group), given).context["form"].errors
    assert not HalfDayAttendance.objects.exists()


def test_somebody_outside_the_group_cannot_be_slipped_in(noor: Client, cast: Cast, group: Group) -> None:
    noor.post(address(group), answers(rosa=(cast.other_unit_trajectory, "present", "")))
    assert not HalfDayAttendance.objects.exists()


def test_today_shows_the_own_groups(noor: Client, cast: Cast, group: Group, sign_in: SignIn) -> None:
    rows = noor.get("/vandaag/").context["rows"]
    assert [row["at"].hour for row in rows if "group" in row] == [9, 13]
    noor.post(address(group), {"cancelled": "yes"})
    assert [row["filled"] for row in noor.get("/vandaag/").context["rows"] if "group" in row] == [2, 0]
    assert not [row for row in sign_in(cast.bo).get("/vandaag/").context["rows"] if "group" in row]


def test_the_list_of_groups_has_the_own_ones_first(noor: Client, cast: Cast, group: Group) -> None:
    make.GroupFactory(unit=cast.unit, name="Aardappelploeg", coach=cast.bo)
    make.GroupFactory(unit=cast.unit, name="Oud", ends_on=days_ago(1))
    make.GroupFactory(unit=cast.other_unit, name="Elders")
    rows = noor.get("/groepen/").context["rows"]
    assert [row["name"] for row in rows] == ["Atelier", "Aardappelploeg"]
    assert "2" in rows[0]["members"]


def test_members_are_chosen_among_who_is_underway(noor: Client, cast: Cast, jan: Any, group: Group) -> None:
    url = reverse("guidance:edit_group", args=[group.pk])
    group.programme = cast.programme
    group.save()
    make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, ended_on=days_ago(2))
    shown = noor.get(url).context["form"].fields["members"].choices
    assert {key for key, _name in shown} == {str(cast.trajectory.pk), str(jan.pk)}
    noor.post(url, {"members": [str(jan.pk)]})
    assert list(group.trajectories.all()) == [jan]
    assert noor.post(url, {"members": [str(cast.other_unit_trajectory.pk)]}).context["form"].errors["members"]
    noor.post(url, {})
    assert noor.get(address(group)).status_code == 200


def test_groups_of_another_unit_or_provider_are_not_there(noor: Client, cast: Cast, sign_in: SignIn) -> None:
    for unit in (cast.other_unit, cast.foreign_unit):
        other = make.GroupFactory(unit=unit)
        for name in ("group_day", "edit_group"):
            assert noor.get(reverse(f"guidance:{name}", args=[other.pk])).status_code == 404
            assert noor.post(reverse(f"guidance:{name}", args=[other.pk])).status_code == 404
    own = make.GroupFactory(unit=cast.unit)
    for member in (cast.ineke, cast.omar, cast.fenna):
        assert sign_in(member).get(address(own)).status_code == 403


def test_everybody_on_the_list_is_in_the_read_log(noor: Client, cast: Cast, jan: Any, group: Group) -> None:
    noor.get(address(group))
    assert set(ReadEvent.objects.get().participant_ids) == {cast.samira.pk, jan.participant_id}
