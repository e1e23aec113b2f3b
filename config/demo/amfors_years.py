"""The AE-teams year by year: who takes part, in how many trajectories, from when to when.

2020 and 2021 are the years of the published figures; the other years are like them. A person belongs to one town, and
each town gets its own numbers, so that both officers can be shown theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from config.demo.days import workday_from, workday_until
from config.demo.life import Course, Person, enrol
from config.demo.people import Register

FIRST_YEAR = 2019
"""Its autumn only: trajectories that run into 2020."""


class YearPlan(NamedTuple):
    participants: int
    trajectories: int
    paid_work: int
    insight: int
    both: int


AMERSFOORT, LEUSDEN = "0307", "0327"
PLANS = {
    AMERSFOORT: {
        2020: YearPlan(36, 92, 9, 11, 2),
        2021: YearPlan(39, 104, 8, 15, 3),
        2022: YearPlan(41, 108, 7, 13, 2),
        2023: YearPlan(39, 102, 6, 14, 2),
        2024: YearPlan(41, 106, 9, 12, 3),
        2025: YearPlan(40, 104, 7, 12, 2),
        2026: YearPlan(42, 108, 8, 15, 3),
    },
    LEUSDEN: {
        2020: YearPlan(15, 40, 0, 5, 0),
        2021: YearPlan(16, 42, 5, 6, 0),
        2022: YearPlan(16, 42, 5, 6, 0),
        2023: YearPlan(17, 43, 5, 6, 0),
        2024: YearPlan(17, 45, 5, 6, 0),
        2025: YearPlan(17, 44, 5, 5, 0),
        2026: YearPlan(16, 42, 5, 6, 0),
    },
}


def plan_for(town: str, year: int) -> YearPlan:
    """The numbers of a year; after the last written year the five before it come round again."""
    last = max(PLANS[town])
    return PLANS[town][year if year <= last else last - 4 + (year - last - 1) % 5]


@dataclass(slots=True)
class Town:
    """The people of one municipality in the AE-teams, in the agreement that pays for them."""

    code: str
    agreement: str
    register: Register
    rng: Random
    people: list[Person] = field(default_factory=list)
    moved_in: list[Person] = field(default_factory=list)

    def courses(self) -> list[Course]:
        return [course for person in self.people for course in person.courses if course.agreement == self.agreement]


def begin(town: Town, people: int) -> None:
    """Let the first people start in the autumn before the first year; all run into it."""
    for _ in range(people):
        person = town.register.newcomer(municipality=town.code, year=FIRST_YEAR)
        town.people.append(person)
        for lane in lanes_of(person)[: town.rng.choice((1, 1, 2))]:
            start = date(FIRST_YEAR, 9, 2) + timedelta(days=town.rng.randint(0, 110))
            add(town, person, lane, start, date(FIRST_YEAR + 1, 1, 6) + timedelta(days=town.rng.randint(0, 140)))


def live_year(town: Town, year: int, plan: YearPlan) -> list[Person]:
    """Let a town live one year by its plan; the people who took part come back, newcomers last."""
    new_year = date(year, 1, 1)
    running = [course for course in town.courses() if course.ended_on and course.ended_on >= new_year]
    staying = unique(course.person for course in running)
    arriving = plan.participants - len(staying)
    returning = who_return(town, new_year, round(arriving * 0.28), staying)
    newcomers = [town.register.newcomer(municipality=town.code, year=year) for _ in range(arriving - len(returning))]
    town.people += newcomers
    numbers = share_out(town.rng, plan.trajectories - len(running), staying, returning + newcomers)
    going_on = who_go_on(town, numbers, round(plan.participants * (0.5 if town.code == AMERSFOORT else 0.42)))
    for person, number in numbers:
        lay_out(town, person, number, year, goes_on=person in going_on, was_here=person in staying)
    return staying + returning + newcomers


def unique(people: Iterable[Person]) -> list[Person]:
    return list({person.reference: person for person in people}.values())


def who_return(town: Town, new_year: date, number: int, staying: list[Person]) -> list[Person]:
    """People who left in the last three years without a job and come back."""

    def may_return(person: Person) -> bool:
        last = max(course.ended_on or course.started_on for course in person.courses)
        works = any(outcome.kind == "paid_work" for course in person.courses for outcome in course.outcomes)
        return (
            person not in staying
            and new_year - timedelta(days=1100) < last < new_year - timedelta(days=3)
            and not works
        )

    found = [person for person in town.people if may_return(person) and person not in town.moved_in]
    moved_in, town.moved_in = town.moved_in, []
    return moved_in + town.rng.sample(found, min(number - len(moved_in), len(found)))


def share_out(rng: Random, total: int, staying: list[Person], arriving: list[Person]) -> list[tuple[Person, int]]:
    """Divide the new trajectories of a year: one at least for who arrives, at most four for anybody."""
    numbers = {person.reference: 0 for person in staying} | {person.reference: 1 for person in arriving}
    people = staying + arriving
    left = total - len(arriving)
    while left > 0:
        person = rng.choice(people)
        if numbers[person.reference] < (4 if person.gender != "x" else 2):
            numbers[person.reference] += 1
            left -= 1
    return [(person, numbers[person.reference]) for person in people]


def who_go_on(town: Town, numbers: list[tuple[Person, int]], number: int) -> list[Person]:
    """People whose last trajectory of the year runs into the next."""
    able = [person for person, new in numbers if new]
    return town.rng.sample(able, min(number, len(able)))


def lanes_of(person: Person) -> list[str]:
    """The programmes of a person, side by side: a team, and the computers crew."""
    return {"f": ["AE-D", "AE-C"], "m": ["AE-H", "AE-C"]}.get(person.gender, ["AE-C"])


def lay_out(town: Town, person: Person, number: int, year: int, *, goes_on: bool, was_here: bool) -> None:
    """Place the new trajectories of a person in the year."""
    rng = person.rng
    lanes = lanes_of(person) if number >= 3 or (number == 2 and rng.random() < 0.4) else lanes_of(person)[:1]
    per_lane = [number - number // 2, number // 2] if len(lanes) == 2 else [number]
    latest = 250 - 45 * max(per_lane)
    arrival = date(year, 1, 4) + timedelta(
        days=rng.randint(0, 40 if number > 2 else 150) if was_here else rng.randint(0, latest)
    )
    found = []
    for position, (lane, count) in enumerate(zip(lanes, per_lane, strict=True)):
        begin_on = max(arrival, free_from(person, lane) + timedelta(days=rng.randint(2, 24)))
        runs_on = goes_on and count > 0 and (position == 0 or rng.random() < 0.55)
        found += [(lane, *span) for span in spans(rng, begin_on, count, year, runs_on=runs_on)]
    for lane, start, end in sorted(found, key=lambda span: span[1]):
        add(town, person, lane, start, end)


def free_from(person: Person, lane: str) -> date:
    ends = [course.ended_on for course in person.courses if course.programme == lane and course.ended_on]
    return max(ends, default=date(2000, 1, 1)) + timedelta(days=1)


def spans(rng: Random, first: date, count: int, year: int, *, runs_on: bool) -> list[tuple[date, date]]:
    """Cut a stretch of the year into ``count`` trajectories with some days between them."""
    if not count:
        return []
    part = (date(year, 12, 18) - first).days / count
    found = []
    for index in range(count):
        start = workday_from(first + timedelta(days=int(part * index + rng.random() * part * 0.12)))
        length = min(int(part * rng.uniform(0.62, 0.86)), rng.randint(95, 190))
        found.append((start, workday_until(start + timedelta(days=max(length, 10)))))
    if runs_on:
        start = found[-1][0] if part < 120 else workday_from(date(year, 12, 10) - timedelta(days=rng.randint(5, 110)))
        found[-1] = (max(start, found[-1][0]), workday_from(date(year + 1, 1, 5) + timedelta(days=rng.randint(0, 140))))
    return found


def add(town: Town, person: Person, lane: str, start: date, end: date) -> Course:
    planned = start + timedelta(days=90 if lane != "AE-C" else 118)
    return enrol(person, Course(person, lane, town.agreement, "", workday_from(start), end, planned))
