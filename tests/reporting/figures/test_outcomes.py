from tests.reporting.figures.story import Story


def test_a_job_found_after_the_end_counts_in_the_period_in_which_it_was_found() -> None:
    story = Story()
    ended = story.trajectory("2021-01-01", "2022-06-30")
    story.outcome(ended, "2023-01-01")
    story.outcome(story.trajectory("2021-01-01"), "2022-12-31")
    assert story.count("paid_work") == 1
    assert story.count("participants") == 1


def test_two_jobs_are_one_person_to_paid_work() -> None:
    story = Story()
    trajectory = story.trajectory("2023-01-01")
    story.outcome(trajectory, "2023-04-01")
    story.outcome(trajectory, "2023-12-31")
    assert story.count("paid_work") == 1
    assert [record.day.isoformat() for record in story.figure("paid_work").records if record.day] == ["2023-04-01"]


def test_work_and_insight_of_one_person_on_two_trajectories_is_both() -> None:
    story = Story()
    person = story.person()
    story.outcome(story.trajectory("2023-01-01", None, person), "2023-04-01")
    story.outcome(story.trajectory("2023-01-01", None, person), "2023-05-01", "help_question_insight")
    story.outcome(story.trajectory("2023-01-01"), "2023-05-01", "help_question_insight")
    assert story.count("both_outcomes") == 1
    assert story.count("help_question_insight") == 2


def test_any_other_outcome_is_another_route_once_per_person() -> None:
    story = Story()
    trajectory = story.trajectory("2023-01-01")
    for kind in ("volunteering", "care", "paid_work", "help_question_insight"):
        story.outcome(trajectory, "2023-04-01", kind)
    assert story.count("other_route") == 1
    assert story.count("outcomes_by_kind") == {
        "volunteering": 1,
        "care": 1,
        "paid_work": 1,
        "help_question_insight": 1,
    }


def test_a_blank_destination_or_reason_is_unrecorded() -> None:
    story = Story()
    story.trajectory("2023-01-01", "2023-02-01", destination="WERK", end_reason="DOEL", is_dropout=False)
    story.trajectory("2023-01-01", "2023-02-01", end_reason="WEG", is_dropout=True)
    story.trajectory("2023-01-01", "2024-02-01", destination="WERK")
    assert story.count("ended_by_destination") == {"WERK": 1, "unrecorded": 1}
    assert story.count("ended_by_reason") == {"DOEL": 1, "WEG": 1}
    assert story.count("dropout") == 1


def test_a_job_that_lasted_the_days_exactly_is_lasting_work() -> None:
    story = Story()
    for last in ("2023-07-02", "2023-07-01"):  # 182 and 181 days after the first day
        story.outcome(story.trajectory("2023-01-01"), "2023-01-01", starts="2023-01-01", ended=last)
    story.outcome(story.trajectory("2023-01-01"), "2023-01-01", starts="2023-01-01", last_seen="2023-07-02")
    story.outcome(story.trajectory("2023-01-01"), "2023-01-01", starts="2023-01-01", last_seen="2023-07-01")
    assert story.count("sustained_work")["182"] == {"employed": 2, "not_checked": 1, "not_employed": 1}


def test_a_job_that_started_too_recently_is_not_looked_at() -> None:
    story = Story()
    story.outcome(story.trajectory("2023-01-01"), "2023-06-01", starts="2023-07-02")
    assert story.count("sustained_work", reference="2023-12-30")["182"]["not_checked"] == 0
    assert story.count("sustained_work", reference="2023-12-31")["182"]["not_checked"] == 1


def test_of_two_jobs_the_best_counts() -> None:
    story = Story()
    trajectory = story.trajectory("2023-01-01")
    story.outcome(trajectory, "2023-01-01", starts="2023-01-01", ended="2023-02-01")
    story.outcome(trajectory, "2023-02-02", starts="2023-02-02", last_seen="2024-06-01")
    assert story.count("sustained_work")["365"] == {"employed": 1, "not_checked": 0, "not_employed": 0}


def test_the_last_aftercare_contact_in_the_period_counts() -> None:
    story = Story()
    ended = story.trajectory("2022-01-01", "2022-12-01")
    story.event(ended, "2023-01-10", "aftercare_not_reached")
    story.event(ended, "2023-03-10", "aftercare_reached")
    story.event(ended, "2023-03-10", "aftercare_refused")
    story.event(ended, "2024-01-01", "aftercare_reached")
    assert story.count("aftercare") == {"reached": 0, "not_reached": 0, "refused": 1}


def test_certificates_count_by_their_own_date() -> None:
    story = Story()
    trajectory = story.trajectory("2021-01-01", "2022-12-31")
    for on in ("2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01"):
        story.certificate(trajectory, on)
    assert story.count("certificates") == 2
