from datetime import date
from uuid import uuid4

import pytest

from foundation.periods import Period
from reporting.facts.rows import Person
from reporting.figures import split
from reporting.figures.splits import age_band
from tests.reporting.figures.story import Story, day


def test_the_first_and_the_last_day_of_a_trajectory_count() -> None:
    story = Story()
    story.trajectory("2022-01-01", "2023-01-01")
    story.trajectory("2023-12-31")
    story.trajectory("2022-01-01", "2022-12-31")
    story.trajectory("2024-01-01")
    assert story.count("trajectories") == 2
    assert story.count("participants") == 2


def test_a_person_counts_once_however_many_trajectories() -> None:
    story = Story()
    person = story.person()
    story.trajectory("2023-01-01", "2023-02-01", person)
    story.trajectory("2023-02-01", None, person)
    assert story.count("participants") == 1
    assert story.count("trajectories") == 2


def test_what_runs_at_the_start_and_at_the_end_and_what_came_and_went() -> None:
    story = Story()
    story.trajectory("2022-12-31", "2023-01-01")
    story.trajectory("2023-01-01", "2023-12-31")
    story.trajectory("2023-06-01", "2024-01-01")
    found = {key: story.count(key) for key in ("stock_start", "inflow", "outflow", "stock_end")}
    assert found == {"stock_start": 1, "inflow": 2, "outflow": 2, "stock_end": 1}


def test_a_period_that_is_not_over_is_counted_up_to_the_reference_date() -> None:
    story = Story()
    story.trajectory("2023-03-01", "2023-10-01")
    story.trajectory("2023-07-01")
    assert story.count("trajectories", reference="2023-06-30") == 1
    assert story.count("outflow", reference="2023-06-30") == 0
    assert story.count("stock_end", reference="2023-09-30") == 2


def test_who_has_another_trajectory_at_the_end_did_not_leave() -> None:
    story = Story()
    stayer, leaver = story.person(), story.person()
    story.trajectory("2023-01-01", "2023-05-01", stayer)
    story.trajectory("2023-05-02", None, stayer)
    story.trajectory("2023-01-01", "2023-12-31", leaver)
    assert [record.id for record in story.figure("stayers").records] == [stayer.id]
    assert [record.id for record in story.figure("leavers").records] == [leaver.id]


def test_the_coach_on_the_last_day_of_the_period_or_of_the_trajectory_counts() -> None:
    first, second = uuid4(), uuid4()
    story = Story(coach=first)
    handed_over = story.trajectory("2023-01-01")
    story.coached(handed_over, first, "2023-01-01", "2023-12-30")
    story.coached(handed_over, second, "2023-12-31")
    ended = story.trajectory("2023-01-01", "2023-06-30")
    story.coached(ended, first, "2023-01-01", "2023-06-30")
    story.coached(ended, second, "2023-07-01")
    without_history = story.trajectory("2023-01-01", coach_id=first)
    assert {record.id for record in story.figure("trajectories").records} == {ended.id, without_history.id}
    story.coach = second
    assert [record.id for record in story.figure("trajectories").records] == [handed_over.id]


def test_participants_by_payer_and_programme_may_add_up_to_more() -> None:
    story = Story()
    person = story.person()
    story.trajectory(
        "2023-01-01", None, person, agreement=story.agreement("A", payer="0307"), programme=story.programme("X")
    )
    story.trajectory(
        "2023-01-01", None, person, agreement=story.agreement("B", payer="0327"), programme=story.programme("Y")
    )
    assert story.count("by_municipality") == {"0307": 1, "0327": 1}
    assert story.count("by_programme") == {"X": 1, "Y": 1}
    assert story.count("participants") == 1


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("1996-01-01", "27-34"),
        ("1996-01-02", "<27"),
        ("1958-01-01", "65+"),
        ("1958-01-02", "55-64"),
        ("1990-00-00", "27-34"),
        ("1996-00-00", "unknown"),
        ("1996-01-00", "unknown"),
        ("1995-12-00", "27-34"),
        ("0-0-0", "unknown"),
    ],
)
def test_the_age_on_the_first_day_of_the_period_counts(born: str, band: str) -> None:
    story = Story()
    story.trajectory("2023-01-01", None, story.person(born))
    assert story.count("age_bands") == {band: 1}


def test_a_month_of_thirty_days_leaves_no_day_open_on_its_last() -> None:
    born_in_april = Person(uuid4(), "", 1996, 4, None, "")
    assert age_band(born_in_april, date(2023, 4, 30)) == "27-34"
    assert age_band(born_in_april, date(2023, 4, 29)) == "unknown"


def test_gender_that_was_not_recorded_is_unknown() -> None:
    story = Story()
    story.trajectory("2023-01-01", None, story.person(gender=""))
    story.trajectory("2023-01-01", None, story.person(gender="x"))
    assert story.count("gender") == {"unknown": 1, "x": 1}


def test_target_groups_and_grounds_split_by_the_last_day_of_the_period() -> None:
    story = Story()
    person, other = story.person(benefit="wia"), story.person()
    story.trajectory("2023-01-01", None, person, legal_ground="wmo")
    story.trajectory("2023-01-01", None, other)
    story.flagged(person, "statushouder", "2023-12-31")
    story.flagged(person, "doelgroepregister", None, "2023-12-30")
    story.flagged(other, "doelgroepregister")
    asked = story.asked(Period(day("2023-01-01"), day("2023-12-31")))
    assert split(asked, "participants", "flag").value == {"statushouder": 1, "doelgroepregister": 1}
    assert split(asked, "trajectories", "legal_ground").value == {"participatiewet": 1, "wmo": 1}
    assert split(asked, "inflow", "benefit").value == {"unrecorded": 1, "wia": 1}
    assert split(asked, "outflow", "unit").value == {}
