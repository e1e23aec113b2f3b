import pytest

from tests.reporting.figures.story import Story


def checked(story: Story, name: str, reference: str | None = None) -> tuple[int, int]:
    found = story.count("data_quality", reference=reference)[name]
    return found["total"], found["wrong"]


def test_an_end_needs_a_destination_and_a_reason_and_a_start_a_referral() -> None:
    story = Story()
    story.trajectory("2023-01-01", "2023-06-01", destination="WERK", referred="2022-12-01")
    story.trajectory("2023-01-01", "2023-06-01", end_reason="DOEL")
    assert checked(story, "ended_without_destination") == (2, 1)
    assert checked(story, "ended_without_reason") == (2, 1)
    assert checked(story, "started_without_referral_date") == (2, 1)


def test_a_first_ladder_is_due_thirty_days_after_the_start() -> None:
    story = Story()
    for measured_on in ("2022-12-02", "2022-12-01", "2023-01-31", "2023-02-01"):
        story.measured(story.trajectory("2023-01-01").participant_id, measured_on, step=2)
    story.trajectory("2023-01-01", "2023-01-30")  # ended before it was due
    story.trajectory("2023-12-02")  # due in the new year
    story.trajectory("2023-01-01", programme=story.programme("NONE", uses_ladder=False))
    assert checked(story, "no_first_ladder") == (4, 2)


@pytest.mark.parametrize(("measured_on", "wrong"), [("2023-07-03", 0), ("2023-07-02", 1), ("2023-12-31", 0)])
def test_who_runs_for_half_a_year_is_measured_in_the_last_182_days(measured_on: str, wrong: int) -> None:
    story = Story()
    story.measured(story.trajectory("2023-07-02").participant_id, measured_on, step=2)
    story.trajectory("2023-07-03")  # not half a year yet
    assert checked(story, "no_measurement_6_months") == (1, wrong)


def test_a_session_of_today_need_not_be_filled_in_yet() -> None:
    story = Story()
    trajectory = story.trajectory("2023-01-01")
    story.session(trajectory, "2023-06-01", "")
    story.session(trajectory, "2023-06-02", "")
    story.session(trajectory, "2023-05-01")
    assert checked(story, "session_not_filled_in", reference="2023-06-02") == (2, 1)


def test_paid_work_needs_a_first_day() -> None:
    story = Story()
    story.outcome(story.trajectory("2023-01-01"), "2023-06-01")
    story.outcome(story.trajectory("2023-01-01"), "2023-06-01", starts="2023-06-15")
    assert checked(story, "paid_work_without_start") == (2, 1)


def test_a_relapse_is_followed_up_within_fourteen_days() -> None:
    story = Story()
    for on, attendance in (("2023-03-15", "late"), ("2023-03-16", "attended"), ("2023-03-05", "absent_notice")):
        trajectory = story.trajectory("2023-01-01")
        story.event(trajectory, "2023-03-01", "relapse")
        story.session(trajectory, on, attendance)
    paused = story.trajectory("2023-01-01")
    story.event(paused, "2023-03-01", "relapse")
    story.event(paused, "2023-03-01", "paused")
    assert checked(story, "relapse_without_follow_up") == (4, 2)


def test_that_the_administration_went_on_is_no_follow_up() -> None:
    story = Story()
    trajectory = story.trajectory("2023-03-01", "2023-03-03")
    for on, kind in (("2023-03-01", "started"), ("2023-03-01", "relapse"), ("2023-03-03", "ended")):
        story.event(trajectory, on, kind)
    assert checked(story, "relapse_without_follow_up") == (1, 1)


def test_a_relapse_of_thirteen_days_ago_is_not_looked_at() -> None:
    story = Story()
    story.event(story.trajectory("2023-01-01"), "2023-03-01", "relapse")
    assert checked(story, "relapse_without_follow_up", reference="2023-03-14") == (0, 0)
    assert checked(story, "relapse_without_follow_up", reference="2023-03-15") == (1, 1)


def test_a_place_is_free_again_when_the_trajectory_ends() -> None:
    story = Story()
    slot = story.slot()
    for until in ("2023-06-01", "2023-06-02", None):
        story.placed(story.trajectory("2023-01-01", "2023-06-01"), slot, "2023-01-01", until)
    story.placed(story.trajectory("2023-01-01"), slot, "2023-01-01")
    assert checked(story, "slot_past_end") == (3, 2)


def test_what_was_imported_is_known_on_its_own_date() -> None:
    story = Story()
    trajectory = story.trajectory("2023-01-01")
    story.outcome(trajectory, "2023-06-01")
    story.outcome(trajectory, "2023-06-02", entered="2023-06-07")
    story.event(trajectory, "2023-06-02", "relapse", entered="2023-06-08")
    assert checked(story, "late_entry") == (2, 1)
