from tests.reporting.figures.story import Story


def test_the_first_ladder_counts_from_thirty_days_before_the_start() -> None:
    story = Story()
    trajectory = story.trajectory("2023-03-03")
    person = trajectory.participant_id
    story.measured(person, "2023-01-31", step=1)  # 31 days before
    story.measured(person, "2023-02-01", step=2)
    story.measured(person, "2023-12-31", step=4)
    story.measured(person, "2024-01-01", step=6)
    figure = story.figure("ladder")
    assert figure.number("matrix.2.4") == 1
    assert (figure.value["up"], figure.value["same"], figure.value["down"], figure.value["no_second"]) == (1, 0, 0, 0)
    assert figure.value["matrix"][1] == [0, 0, 0, 1, 0, 0]


def test_the_earliest_trajectory_that_runs_opens_the_window() -> None:
    story = Story()
    person = story.person()
    story.trajectory("2022-06-01", None, person)
    story.trajectory("2023-06-01", None, person)
    story.measured(person.id, "2022-06-01", step=3)
    story.measured(person.id, "2023-06-01", step=2)
    assert story.count("ladder")["down"] == 1


def test_who_was_measured_once_or_never_has_no_second_measurement() -> None:
    story = Story()
    once = story.trajectory("2023-01-01")
    story.measured(once.participant_id, "2023-02-01", step=2)
    story.trajectory("2023-01-01")
    assert story.count("ladder")["no_second"] == 2


def test_loneliness_stands_in_three_classes() -> None:
    story = Story()
    person = story.trajectory("2023-01-01").participant_id
    lonely = {f"item_{number}": 2 for number in (1, 2, 3)} | {f"item_{number}": 0 for number in (4, 5, 6)}
    better = {f"item_{number}": 0 for number in (1, 2, 3)} | {f"item_{number}": 2 for number in (4, 5)}
    story.measured(person, "2023-01-01", "djg6", **lonely)
    story.measured(person, "2023-06-01", "djg6", **better)  # five of six: a total, no social score
    found = story.count("loneliness")
    assert found["n"] == 1
    assert (found["first"]["strongly"], found["last"]["not"]) == (1, 1)
    change = story.count("instrument_change")["djg6"]
    assert change["total"]["better"] == 1
    assert "social" not in change


def test_ten_points_of_well_being_are_a_change_and_eight_are_not() -> None:
    story = Story()
    for last in (4, 5):
        person = story.trajectory("2023-01-01").participant_id
        story.measured(person, "2023-01-01", "who5", item_1=2, item_2=2, item_3=2, item_4=2, item_5=2)
        story.measured(person, "2023-06-01", "who5", item_1=last, item_2=2, item_3=2, item_4=2, item_5=2)
    assert story.count("instrument_change")["who5"]["total"] == {"n": 2, "better": 1, "same": 1, "worse": 0}


def test_each_life_domain_is_compared_by_itself() -> None:
    story = Story()
    person = story.trajectory("2023-01-01").participant_id
    story.measured(person, "2023-01-01", "zrm2017", housing=2, finances=3)
    story.measured(person, "2023-06-01", "zrm2017", housing=3)
    story.measured(person, "2023-07-01", "zrm2017", finances=2)
    found = story.count("instrument_change")["zrm2017"]
    assert (found["housing"]["better"], found["finances"]["worse"]) == (1, 1)
