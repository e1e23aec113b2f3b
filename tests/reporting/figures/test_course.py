from foundation.periods import Period
from tests.reporting.figures.story import Story, day


def test_a_relapse_picked_up_on_the_last_day_of_the_window_counts() -> None:
    story = Story()
    for resumed in ("2023-03-29", "2023-03-30", "2023-05-24", "2023-05-25"):  # 28, 29, 84 and 85 days later
        trajectory = story.trajectory("2023-01-01")
        story.event(trajectory, "2023-03-01", "relapse")
        story.event(trajectory, resumed, "resumed")
    assert story.count("relapses") == 4
    assert story.count("picked_up_again") == {
        "within_28": 1,
        "within_84": 3,
        "too_early_28": 0,
        "too_early_84": 0,
    }


def test_picking_up_later_on_the_same_day_counts_and_earlier_does_not() -> None:
    story = Story()
    trajectory = story.trajectory("2023-01-01")
    story.event(trajectory, "2023-03-01", "resumed")
    story.event(trajectory, "2023-03-01", "relapse")
    assert story.count("picked_up_again")["within_28"] == 0
    story.event(trajectory, "2023-03-01", "resumed")
    assert story.count("picked_up_again")["within_28"] == 1


def test_a_young_relapse_that_was_not_picked_up_is_too_early_to_tell() -> None:
    story = Story()
    story.event(story.trajectory("2023-01-01"), "2023-12-31", "relapse")
    young = story.count("picked_up_again", reference="2024-01-27")
    assert (young["too_early_28"], young["too_early_84"]) == (1, 1)
    older = story.count("picked_up_again", reference="2024-01-28")
    assert (older["too_early_28"], older["too_early_84"]) == (0, 1)


def test_another_trajectory_does_not_pick_up_a_relapse() -> None:
    story = Story()
    person = story.person()
    story.event(story.trajectory("2023-01-01", None, person), "2023-03-01", "relapse")
    story.event(story.trajectory("2023-01-01", None, person), "2023-03-05", "resumed")
    assert story.count("picked_up_again")["within_84"] == 0


def test_the_gap_before_a_return_is_counted_from_the_latest_end() -> None:
    story = Story()
    for started in ("2023-01-02", "2023-07-02", "2023-07-03", "2024-01-01", "2024-01-02"):
        person = story.person()
        story.trajectory("2020-01-01", "2020-06-30", person)
        story.trajectory("2022-01-01", "2023-01-01", person)
        story.trajectory(started, None, person)
    two_years = Period(day("2023-01-01"), day("2024-12-31"))
    assert story.count("re_entries", two_years) == {"total": 5, "within_182": 2, "within_365": 2, "over_365": 1}


def test_a_start_on_the_day_of_the_end_is_no_return() -> None:
    story = Story()
    person = story.person()
    story.trajectory("2022-01-01", "2023-03-01", person)
    story.trajectory("2023-03-01", None, person)
    assert story.count("re_entries")["total"] == 0


def test_lead_time_is_of_those_that_ended_and_running_time_of_those_that_run() -> None:
    story = Story()
    for ended in ("2023-01-11", "2023-01-21", "2023-01-31", "2023-02-10"):
        story.trajectory("2023-01-01", ended)
    story.trajectory("2023-12-31")
    assert story.count("lead_time") == {"n": 4, "mean": 25.0, "median": 25.0, "q1": 17.5, "q3": 32.5}
    assert story.count("running_time") == {"n": 1, "mean": 1.0, "median": 1.0, "q1": 1.0, "q3": 1.0}


def test_without_trajectories_there_is_no_middle() -> None:
    assert Story().count("lead_time") == {"n": 0, "mean": None, "median": None, "q1": None, "q3": None}
    assert Story().count("waiting_time")["median"] is None


def test_waiting_is_from_referral_to_start() -> None:
    story = Story()
    for referred in ("2023-06-01", "2023-05-18", "2023-05-17", "2023-04-06", "2023-04-05", None):
        story.trajectory("2023-06-01", referred=referred)  # 0, 14, 15, 56 and 57 days
    assert story.count("waiting_time") == {"n": 5, "median": 15.0, "within_14": 2, "within_28": 3, "within_56": 4}
