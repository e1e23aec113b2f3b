from uuid import uuid4

from foundation.periods import Period
from reporting.figures import count
from tests.reporting.figures.story import LATER, YEAR, Story, day


def test_sessions_to_which_somebody_came_count_with_their_minutes() -> None:
    story = Story()
    trajectory = story.trajectory("2023-01-01")
    story.session(trajectory, "2023-01-01", "attended", "phone", 10)
    story.session(trajectory, "2023-12-31", "late", "visit", 60)
    for attendance in ("absent_notice", "absent_no_notice", "not_held", ""):
        story.session(trajectory, "2023-06-01", attendance)
    story.session(trajectory, "2024-01-01")
    found = story.count("sessions")
    assert (found["n"], found["minutes"], found["by_kind"]) == (2, 70, {"phone": 1, "visit": 1})
    assert found["by_attendance"] == {
        "attended": 1,
        "late": 1,
        "absent_notice": 1,
        "absent_no_notice": 1,
        "not_held": 1,
        "unrecorded": 1,
    }


def test_half_days_that_we_cancelled_do_not_lower_the_rate() -> None:
    story = Story()
    trajectory = story.trajectory("2023-01-01")
    for status in ("present", "present", "present", "sick", "cancelled"):
        story.half_day(trajectory, "2023-06-01", status)
    found = story.count("attendance")
    assert (found["planned"], found["cancelled"], found["rate"]) == (5, 1, 0.75)
    assert Story().count("attendance")["rate"] is None


def test_the_last_day_of_a_placement_and_of_a_slot_count() -> None:
    story = Story()
    slot = story.slot("2023-01-01", "2023-01-10")
    story.placed(story.trajectory("2023-01-01"), slot, "2023-01-06", "2023-01-10")
    january = Period.month(2023, 1)
    found = story.count("occupancy", january)
    assert (found["slot_days"], found["occupied_days"], found["rate"]) == (10, 5, 0.5)
    assert found["counts"] == {"2023-01-25": 0}


def test_the_occupied_places_are_counted_on_four_wednesdays() -> None:
    story = Story()
    story.placed(story.trajectory("2023-01-01"), story.slot(), "2023-01-26", "2023-07-26")
    assert story.count("occupancy")["counts"] == {
        "2023-01-25": 0,
        "2023-04-26": 1,
        "2023-07-26": 1,
        "2023-10-25": 0,
    }


def test_places_are_not_counted_for_one_coach() -> None:
    story = Story(coach=uuid4())
    assert "occupancy" not in count(story.facts, YEAR, LATER)


def test_a_place_taken_the_next_day_by_anyone_stood_empty_one_day() -> None:
    story = Story()
    slot, other = story.slot(), story.slot()
    story.placed(story.trajectory("2023-01-01"), slot, "2023-01-01", "2023-03-01")
    story.placed(story.trajectory("2023-01-01"), slot, "2023-03-02", "2023-04-01")
    story.placed(story.trajectory("2023-01-01"), other, "2023-01-01", "2023-05-01")
    stranger = story.trajectory("2023-01-01")
    story.placed(stranger, slot, "2023-04-11")
    story.rows["trajectories"].remove(stranger)
    assert story.count("slot_turnover") == {"n": 2, "median_days": 5.5}


def test_a_target_is_compared_over_the_whole_agreement_by_the_days_that_passed() -> None:
    story = Story()
    agreement = story.agreement("A", "2023-01-01", "2024-12-31")
    story.target(agreement, "participants", "20")
    story.target(agreement, "lead_time", "90")
    story.trajectory("2023-01-01", "2023-01-31")
    asked = Period(day("2023-12-01"), day("2023-12-31"))
    assert story.count("targets", asked) == [
        {
            "agreement": "A",
            "figure": "participants",
            "target": 20,
            "realised": 1,
            "expected": 20 * 365 / 731,
        }
    ]


def test_without_a_last_day_nothing_is_expected_and_before_the_first_there_is_no_row() -> None:
    story = Story()
    story.target(story.agreement("OPEN", "2020-01-01"), "inflow", "7.5")
    story.target(story.agreement("LATER", "2024-01-01"), "inflow", "9")
    rows = story.count("targets")
    assert [(row["agreement"], row["target"], row["expected"]) for row in rows] == [("OPEN", 7.5, None)]


def test_of_targets_that_follow_each_other_the_one_that_holds_counts() -> None:
    story = Story()
    agreement = story.agreement("A", "2020-01-01")
    story.target(agreement, "inflow", "10", None, "2023-06-30")
    story.target(agreement, "inflow", "20", "2023-07-01", None)
    assert [row["target"] for row in story.count("targets")] == [20]
