"""Cohorts against an independent simple count on random facts; the intervals against published values."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from foundation.periods import Period
from organisations.models import StaffMember
from reporting.facts import PlainFacts
from reporting.facts.rows import OutcomeRow
from reporting.figures import CATALOGUE, Question
from reporting.figures.cohorts import (
    ANY,
    KINDS,
    MONTHS,
    OTHER,
    Comparison,
    cohorts,
    months_later,
    quarters_of,
    ways,
)
from reporting.figures.intervals import newcombe, wilson
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.factories import days_ago
from tests.reporting.figures.story import Story
from trajectories.models import OutcomeKind

REFERENCE = date(2024, 8, 15)
TOMORROW = REFERENCE + timedelta(days=1)
WHOLE = Period(date(2021, 1, 1), REFERENCE)


def asked(story: Story, reference: date = REFERENCE) -> Question:
    return Question(story.facts, Period(date(2021, 1, 1), reference), reference)


def random_story(seed: int) -> Story:
    """People with one to three trajectories in three programmes, and outcomes anywhere around them."""
    chance, story = random.Random(seed), Story()
    programmes = [story.programme(f"P{number}") for number in range(3)]
    story.agreement()
    for _number in range(40):
        person = story.person()
        for _again in range(chance.randint(1, 3)):
            started = date(2021, 1, 1) + timedelta(days=chance.randrange(1400))
            row = story.trajectory(f"{started}", person=person, programme=chance.choice(programmes))
            for _outcome in range(chance.choice((0, 0, 1, 2))):
                on = started + timedelta(days=chance.randrange(-30, 900))
                story.outcome(row, f"{on}", kind=chance.choice(OutcomeKind.values))
    return story


def matches(kind: str, row: OutcomeRow) -> bool:
    if kind == "any":
        return True
    return row.kind == kind if kind != "other_route" else row.kind not in ("paid_work", "help_question_insight")


def within(start: date, months: int, day: date) -> bool:
    """Whether a day lies within so many months of a start, by counting months off one by one."""
    year, month = start.year, start.month
    for _step in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    number = start.day
    while True:
        try:
            return day <= date(year, month, number)
        except ValueError:
            number -= 1


def simple(facts: PlainFacts, quarter: Period, kind: str, months: int) -> tuple[set[UUID], set[UUID]]:
    """Who first started in a quarter and who of them had the outcome in time, looked up the long way."""
    started, reached = set(), set()
    for person in {row.participant_id for row in facts.trajectories}:
        own = [row.started_on for row in facts.trajectories if row.participant_id == person]
        first = min(own)
        if not quarter.start <= first <= quarter.end or first > REFERENCE:
            continue
        started.add(person)
        running = {row.id for row in facts.trajectories if row.started_on <= REFERENCE}
        for outcome in facts.outcomes:
            mine = outcome.participant_id == person and outcome.trajectory_id in running
            known = outcome.dated_on <= REFERENCE and matches(kind, outcome)
            if mine and known and within(first, months, outcome.dated_on):
                reached.add(person)
    return started, reached


@pytest.mark.parametrize("seed", range(3))
def test_cohorts_equal_a_simple_count(seed: int) -> None:
    story = random_story(seed)
    facts = story.facts
    for cohort in cohorts(asked(story), quarters_of(WHOLE)):
        for months in MONTHS:
            for kind in KINDS:
                started, reached = simple(facts, cohort.quarter, kind, months)
                assert {record.id for record in cohort.started} == started
                found = cohort.reached(kind, months)
                assert (found is None) is within(cohort.quarter.end, months, TOMORROW)
                if found is not None:
                    assert {record.id for record in found} == reached
                    assert len(found) == len(reached)


@pytest.mark.parametrize("seed", range(2))
def test_programmes_equal_a_simple_count(seed: int) -> None:
    story = random_story(seed)
    facts = story.facts
    for way in ways(asked(story), WHOLE, OTHER, 12):
        own = [row for row in facts.trajectories if row.programme_id == way.programme and row.started_on <= REFERENCE]
        first = {
            person: min(r.started_on for r in own if r.participant_id == person)
            for person in {r.participant_id for r in own}
        }
        followed = {person for person, day in first.items() if not within(day, 12, TOMORROW)}
        ids = {row.id for row in own}
        reached = {
            row.participant_id
            for row in facts.outcomes
            if row.trajectory_id in ids and row.participant_id in followed
            if matches(OTHER, row) and within(first[row.participant_id], 12, row.dated_on)
        }
        assert way.people == followed
        assert {record.id for record in way.reached} == reached


def test_it_is_too_early_until_the_months_have_passed_for_the_last_day_of_the_quarter() -> None:
    story = Story()
    story.outcome(story.trajectory("2023-01-01"), "2023-05-01")
    quarter = Period.quarter(2023, 1)
    for reference, told in ((date(2023, 9, 29), False), (date(2023, 9, 30), True)):
        [cohort] = cohorts(asked(story, reference), [quarter])
        assert (cohort.reached(ANY, 6) is not None) is told
    assert months_later(date(2023, 8, 31), 6) == date(2024, 2, 29)


def test_who_comes_back_stays_in_the_first_cohort() -> None:
    story = Story()
    person = story.person()
    story.trajectory("2022-02-01", "2022-03-01", person=person)
    story.outcome(story.trajectory("2022-07-01", person=person), "2022-07-20")
    first, second, third = cohorts(asked(story), quarters_of(Period(date(2022, 1, 1), date(2022, 9, 30))))
    assert (len(first.started), len(second.started), len(third.started)) == (1, 0, 0)
    assert [len(first.reached(ANY, months) or ()) for months in MONTHS] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_that_of_newcombe_1998_table_1(
    part: int, whole: int, low: float, high: float
) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=0.00006)
    assert wilson(whole - part, whole) == pytest.approx((1 - high, 1 - low), abs=0.00006)


@pytest.mark.parametrize(
    ("groups", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_that_of_newcombe_1998(
    groups: tuple[int, int, int, int], low: float, high: float
) -> None:
    assert newcombe(*groups) == pytest.approx((low, high), abs=0.00006)


def compared(one: tuple[int, int], other: tuple[int, int]) -> Comparison:
    """Two programmes with so many people, so many of whom had an outcome."""
    story = Story()
    for reached, whole in (one, other):
        programme = story.programme()
        for number in range(whole):
            row = story.trajectory("2022-01-10", programme=programme)
            if number < reached:
                story.outcome(row, "2022-06-01")
    return Comparison(*ways(asked(story), WHOLE, ANY, 12))


def test_a_difference_tells_only_in_groups_that_are_large_enough() -> None:
    assert compared((20, 25), (8, 30)).tells
    assert not compared((12, 25), (13, 30)).tells, "it may be chance"
    small = compared((15, 15), (0, 30))
    assert small.is_small
    assert not small.tells


def test_it_is_no_figure_of_the_catalogue() -> None:
    assert not {"cohorts", "ways"} & CATALOGUE.keys()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def page(member: StaffMember, **query: str) -> Any:
    client = Client()
    client.force_login(member)
    return client.get("/overzicht/cohorten/", query)


@pytest.mark.django_db
def test_every_number_on_the_page_opens_as_many_people(cast: Cast) -> None:
    second = make.ProgrammeFactory(unit=cast.unit, aim="participation")
    for number in range(6):
        row = make.TrajectoryFactory(
            programme=second if number % 3 else cast.programme,
            agreement=cast.agreement,
            started_on=days_ago(500 + 20 * number),
            participant=make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality),
        )
        if number % 2:
            make.OutcomeFactory(trajectory=row, dated_on=days_ago(450))
    response = page(cast.ineke)
    charts = [response.context[name].numbers for name in ("cohort_chart", "way_chart")]
    tables = [response.context["cohort_table"], *charts]
    client = Client()
    client.force_login(cast.ineke)
    numbers: dict[str, set[str]] = {}
    for cell in (cell for table in tables for row in table.rows for cell in row.cells if cell.url):
        numbers.setdefault(cell.url, set()).add(str(cell.value).split(" ", 1)[0])
    assert len(numbers) > 8
    for url, shown in numbers.items():
        listed = client.get(url).context
        assert shown == {str(listed["number"])} == {str(len(listed["lines"].rows))}
    assert len(response.context["verdict"]["warnings"]) == 1, "they differ in aim"
    assert 'name="coach"' not in response.content.decode()


@pytest.mark.django_db
def test_what_is_not_there_is_not_found(cast: Cast) -> None:
    for query in ({"kind": "none"}, {"months": "7"}, {"cell": "2020-1.any.6.x"}, {"one": f"{cast.agreement.pk}"}):
        assert page(cast.ineke, **query).status_code == 404
    assert page(cast.ineke, kind="paid_work", months="24").status_code == 200
