"""Each check of the statistic has a case that trips it, and a case just beside it that does not."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from foundation.periods import Period
from reporting.models import LaterEnds
from reporting.statistic.checks import check, errors
from reporting.statistic.fields import table_for
from reporting.statistic.findings import Looked
from reporting.statistic.restating import Sent
from reporting.statistic.rules import EVERY_RULE, explained
from reporting.statistic.selection import Month, Unrecorded
from tests.reporting.statistic.months import AFTER, OCTOBER, ids, looked, month, ran, somebody

DAY = date
YOUNG = {"birth_year": 1999, "birth_month": 9, "birth_day": 2}
SENT = Sent("40", DAY(2025, 9, 1), None)


def found(*lines: Any, around: Any = (), more: dict[str, Any] | None = None, **choices: Any) -> set[str]:
    return ids(check(looked(month(*lines, around=around, **choices), **(more or {}))))


def test_a_month_as_it_should_be_has_nothing_to_solve() -> None:
    assert found(ran(), ran(somebody(), kind="10", wage_value=60)) == set()


# What trips each check of one provision, and what just does not.
ON_ITS_OWN: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("formats", {"kind": "41"}, {"kind": "42"}),
    ("formats", {"registration": "x" * 16}, {"registration": "x" * 15}),
    ("formats", {"description": "تدريب"}, {"description": "Coördinatie – café Łódź"}),
    ("formats", {"ends_on": DAY(2025, 10, 2), "end_reason": "3"}, {"ends_on": DAY(2025, 10, 2), "end_reason": "2"}),
    ("formats", {"kind": "10", "wage_value": 1000}, {"kind": "10", "wage_value": 100}),
    ("ends_before_start", {"ends_on": DAY(2025, 8, 31)}, {"ends_on": DAY(2025, 9, 1)}),
    ("not_started", {"starts_on": DAY(2025, 11, 1)}, {"starts_on": DAY(2025, 10, 31)}),
    ("not_started", {"has_started": False}, {}),
    ("reason_without_end", {"end_reason": "2"}, {"end_reason": "2", "ends_on": DAY(2025, 10, 1)}),
    ("end_without_reason", {"ends_on": DAY(2025, 10, 31)}, {"ends_on": DAY(2025, 11, 1)}),
    (
        "no_successor",
        {"ends_on": DAY(2025, 10, 31), "end_reason": "1"},
        {"ends_on": DAY(2025, 10, 31), "end_reason": "2"},
    ),
    ("wage_value_misplaced", {"wage_value": 60}, {"kind": "21", "wage_value": 60, "has_decision": True}),
    ("wage_value_misplaced", {"kind": "10", "wage_value": 101}, {"kind": "10", "wage_value": 100}),
    ("wage_value_misplaced", {"kind": "10", "wage_value": 0}, {"kind": "10", "wage_value": 1}),
    ("flat_rate_too_long", {"kind": "11", "wage_value": 50}, {"kind": "11"}),
    ("flat_rate_too_long", {"kind": "11", "starts_on": DAY(2025, 4, 30)}, {"kind": "11", "starts_on": DAY(2025, 5, 1)}),
    ("trial_too_long", {"kind": "23", "starts_on": DAY(2025, 4, 30)}, {"kind": "29", "starts_on": DAY(2025, 4, 30)}),
    (
        "trial_too_long",
        {"kind": "23", "starts_on": DAY(2025, 4, 1), "ends_on": DAY(2025, 10, 1), "end_reason": "2"},
        {"kind": "23", "starts_on": DAY(2025, 4, 2), "ends_on": DAY(2025, 10, 1), "end_reason": "2"},
    ),
    ("sheltered_without_decision", {"kind": "21"}, {"kind": "21", "has_decision": True}),
    ("closed_scheme", {"kind": "20"}, {"kind": "20", "starts_on": DAY(2003, 12, 31)}),
    ("rest_kind_unexplained", {"kind": "60", "description": "", "review_on": DAY(2026, 1, 1)}, {"kind": "59"}),
    ("rest_kind_unexplained", {"kind": "98"}, {"kind": "98", "review_on": DAY(2026, 1, 1)}),
    ("no_bsn_ground", {"has_bsn_ground": False}, {"has_bsn_ground": True}),
    ("outlives_trajectory", {"trajectory_ended_on": DAY(2025, 10, 31)}, {"trajectory_ended_on": DAY(2025, 11, 1)}),
    (
        "outlives_trajectory",
        {"trajectory_ended_on": DAY(2025, 9, 30), "ends_on": DAY(2025, 10, 2), "end_reason": "2"},
        {"trajectory_ended_on": DAY(2025, 10, 2), "ends_on": DAY(2025, 10, 2), "end_reason": "2"},
    ),
    (
        "outlives_trajectory",
        {"trajectory_ended_on": DAY(2025, 9, 30), "starts_on": DAY(2025, 10, 2)},
        {"starts_on": DAY(2025, 10, 2)},
    ),
    ("review_due", {"review_on": DAY(2025, 10, 31)}, {"review_on": DAY(2025, 11, 1)}),
]


@pytest.mark.parametrize(("rule", "trips", "passes"), ON_ITS_OWN)
def test_a_provision_trips_the_check_and_another_just_does_not(
    rule: str, trips: dict[str, Any], passes: dict[str, Any]
) -> None:
    assert rule in found(ran(**trips))
    assert rule not in found(ran(**passes))


OF_A_PERSON: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("bsn_wrong", {"bsn": ""}, {"bsn": "999990019"}),
    ("bsn_wrong", {"bsn": "999990018"}, {"bsn": "111222333"}),
    ("bsn_wrong", {"bsn": "12345"}, {"bsn": "11122233" + "3"}),
    ("born_in_future", {"birth_year": 2026}, {}),
    ("birth_doubtful", {"birth_day": None}, {"birth_day": 1}),
    ("birth_doubtful", {"birth_year": None, "birth_month": None, "birth_day": None}, {}),
    ("birth_doubtful", {"birth_year": 2009, "birth_month": 11}, {"birth_year": 2009, "birth_month": 10}),
    ("birth_doubtful", {"birth_year": 1957, "birth_month": 10}, {"birth_year": 1957, "birth_month": 11}),
    ("no_position", {"aim": "", "capacity": ""}, {"capacity": "40"}),
    ("formats", {"capacity": "50"}, {"capacity": "30"}),
    ("formats", {"aim": "3"}, {"aim": "2"}),
]


@pytest.mark.parametrize(("rule", "trips", "passes"), OF_A_PERSON)
def test_a_person_trips_the_check_and_another_just_does_not(
    rule: str, trips: dict[str, Any], passes: dict[str, Any]
) -> None:
    assert rule in found(ran(somebody(**trips)))
    assert rule not in found(ran(somebody(**passes)))


def test_under_27_on_a_participation_placement() -> None:
    placed = {"kind": "22", "starts_on": DAY(2025, 9, 1)}
    assert "placement_too_young" in found(ran(somebody(**{**YOUNG, "birth_year": 1998}), **placed))
    assert "placement_too_young" not in found(ran(somebody(**{**YOUNG, "birth_year": 1998, "birth_day": 1}), **placed))


def test_the_first_day_is_another_than_was_delivered() -> None:
    line = ran()
    changed = Sent("40", DAY(2025, 9, 2), None)
    assert "start_changed" in found(line, more={"sent": {line.registration: changed}})
    assert "start_changed" not in found(line, more={"sent": {line.registration: SENT}})


def test_an_end_after_the_month_is_sent_only_where_the_setting_says_so() -> None:
    line = ran(ends_on=DAY(2025, 11, 1))
    assert "ends_later" in found(line, later_ends=LaterEnds.SEND)
    assert "ends_later" not in found(line, later_ends=LaterEnds.LEAVE_OUT)
    assert "ends_later" not in found(ran(ends_on=DAY(2025, 10, 31), end_reason="2"), later_ends=LaterEnds.SEND)


def test_it_goes_on_the_next_day_under_another_number() -> None:
    person = somebody()
    ended = ran(person, ends_on=DAY(2025, 10, 31), end_reason="1")
    assert "no_successor" not in found(ended, around=[ran(person, starts_on=DAY(2025, 11, 1))])
    for other in (ran(person, starts_on=DAY(2025, 11, 2)), ran(person, starts_on=DAY(2025, 11, 1), kind="42"), ran()):
        assert "no_successor" in found(ended, around=[other])


def test_two_wage_cost_subsidies_at_the_same_time() -> None:
    person = somebody()
    first = ran(person, kind="10", ends_on=DAY(2025, 10, 10), end_reason="2")
    assert "subsidies_overlap" in found(first, ran(person, kind="12", starts_on=DAY(2025, 10, 10)))
    assert "subsidies_overlap" not in found(first, ran(person, kind="12", starts_on=DAY(2025, 10, 11)))
    assert "subsidies_overlap" not in found(first, ran(kind="12"))


def test_a_registration_number_is_one_provisions() -> None:
    assert "number_twice" in found(ran(registration="A1"), ran(registration="A1"))
    assert "number_twice" not in found(ran(registration="A1"), ran(registration="A2"))
    reused = Sent("29", DAY(2025, 9, 1), None)
    assert "number_twice" in found(ran(registration="A1"), more={"sent": {"A1": reused}})


def test_the_same_provision_twice_from_one_day() -> None:
    person = somebody()
    assert "recorded_twice" in found(ran(person), ran(person))
    assert "recorded_twice" not in found(ran(person), ran(person, starts_on=DAY(2025, 9, 2)), ran())


def test_a_trajectory_without_a_provision_is_listed_by_name_of_the_programme() -> None:
    lacks = Unrecorded(uuid4(), somebody(name="Jan Bakker"), "AE-team heren")
    [finding] = check(looked(month(), unrecorded=(lacks,)))
    assert finding.rule.id == "missing"
    assert not finding.is_error
    assert finding.person == lacks.person
    assert "AE-team heren" in finding.wrong


def test_the_delivery_as_a_whole() -> None:
    assert "no_reporter_code" in found(ran(), reporter_code="")
    assert "formats" in found(ran(), reporter_code="307")
    assert "month_not_over" in found(ran(), more={"today": DAY(2025, 10, 31)})
    assert "month_not_over" not in found(ran(), more={"today": DAY(2025, 11, 1)})


def test_a_month_before_the_first_verified_text_is_refused() -> None:
    december = Period.month(2024, 12)
    assert table_for(december) is None
    seen = Looked(Month(december, "0307", month().choices), table_for(december), AFTER, {})
    assert ids(errors(check(seen))) == {"no_field_table"}
    assert table_for(Period.month(2025, 1)) is not None


def test_a_month_after_the_compared_text_is_marked_as_not_compared() -> None:
    table = table_for(Period.month(2026, 1))
    assert table is not None
    assert not table.is_verified_for(Period.month(2026, 1))
    assert table.is_verified_for(Period.month(2025, 12))
    assert table.compare_first == "2026-01-01"


def test_every_check_has_a_case_here_and_every_number_of_the_list_is_there() -> None:
    told = {rule for rule, *_cases in (*ON_ITS_OWN, *OF_A_PERSON)}
    apart = {
        "placement_too_young", "start_changed", "ends_later", "subsidies_overlap", "number_twice", "recorded_twice",
        "missing", "no_reporter_code", "month_not_over", "no_field_table",
    }  # fmt: skip
    assert {rule.id for rule in EVERY_RULE} == told | apart
    assert {f"b{number}" for number in range(1, 19)} | {"a"} <= {rule.number for rule in EVERY_RULE}
    assert len(explained()) == len(EVERY_RULE)


def test_errors_come_before_warnings_and_what_is_of_the_whole_before_people() -> None:
    seen = check(looked(month(ran(somebody(aim="")), ran(kind="41"), reporter_code="")))
    assert [finding.rule.id for finding in seen] == ["no_reporter_code", "formats", "no_position"]
    assert OCTOBER.end < AFTER
