"""The scales: scores, classes and changes at their borders, by the published rules."""

import pytest

from guidance.scoring import LONELINESS, SCALES, WELL_BEING, Change, loneliness_class

LONELY = SCALES[LONELINESS]
WELL = SCALES[WELL_BEING]


def lonely(*words: str) -> dict[str, int]:
    given = {str(number): LONELY.answer(word) for number, word in enumerate(words, start=1) if word}
    return {item: value for item, value in given.items() if value is not None}


def test_a_loneliness_scale_counts_more_or_less_on_both_sides() -> None:
    answers = lonely("yes", "more_or_less", "no", "yes", "more_or_less", "no")
    assert LONELY.score(answers) == {"total": 4, "emotional": 2, "social": 2}


def test_a_loneliness_total_needs_five_items_and_a_sub_scale_all_three() -> None:
    assert LONELY.score(lonely("yes", "yes", "", "no", "no", "no")) == {"total": 5, "social": 3}
    assert LONELY.score(lonely("yes", "yes", "yes", "no")) == {"emotional": 3}


@pytest.mark.parametrize(
    ("total", "name"), [(0, "not"), (1, "not"), (2, "somewhat"), (4, "somewhat"), (5, "strongly"), (6, "strongly")]
)
def test_the_classes_of_loneliness_meet_at_their_borders(total: int, name: str) -> None:
    assert loneliness_class(total) == name


def test_a_well_being_total_is_four_times_the_sum_and_needs_all_items() -> None:
    assert WELL.score({"1": 5, "2": 4, "3": 3, "4": 0, "5": 1}) == {"total": 52}
    assert WELL.score({"1": 5, "2": 4, "3": 3, "4": 0}) == {}


@pytest.mark.parametrize(
    ("slug", "before", "after", "change"),
    [
        ("ladder", 2, 3, Change.BETTER),
        ("ladder", 3, 3, Change.SAME),
        ("zrm2017", 4, 3, Change.WORSE),
        ("who5", 40, 48, Change.SAME),
        ("who5", 40, 52, Change.BETTER),
        ("who5", 52, 40, Change.WORSE),
        ("djg6", 4, 3, Change.SAME),
        ("djg6", 4, 2, Change.BETTER),
        ("djg6", 2, 4, Change.WORSE),
    ],
)
def test_a_change_starts_at_the_published_difference(slug: str, before: int, after: int, change: Change) -> None:
    assert SCALES[slug].change(before, after) == change


@pytest.mark.parametrize("wrong", ["0", "7", "2.5", "", "02", "yes", "-1"])
def test_a_step_of_the_ladder_is_one_to_six(wrong: str) -> None:
    assert SCALES["ladder"].answer(wrong) is None
    assert [SCALES["ladder"].answer(step) for step in SCALES["ladder"].allowed] == [1, 2, 3, 4, 5, 6]
