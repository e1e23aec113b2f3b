"""The small omissions of any real file, so that the quality checks have something to find."""

from datetime import date, timedelta
from random import Random
from typing import TypeVar

from config.demo.life import Course, World

T = TypeVar("T")


def leave_flaws(world: World, today: date) -> None:
    """Leave out a destination, a first measurement, a session's attendance: two or three of each in the last year."""
    rng = Random(f"{world.code} flaws")
    number = 3 if len(world.people) > 100 else 1
    since = today - timedelta(days=330)
    ended = [
        c
        for c in world.courses()
        if c.ended_on and since < c.ended_on < today - timedelta(days=20) and not c.is_made_by_hand
    ]
    for course in pick(rng, [c for c in ended if c.destination != "WERK"], number):
        course.destination = ""
    for course in pick(
        rng, [c for c in ended if c.destination != "WERK" and not has_event(c, "trial_failed")], number - 1
    ):
        course.end_reason = ""
    begun = [c for c in world.courses() if since < c.started_on < today - timedelta(days=40) and not c.is_made_by_hand]
    for course in pick(rng, begun, number):
        course.referred_on = None
    for course in pick(rng, [c for c in begun if c.previous is None], number):
        forget_first_ladder(course)
    for session in pick(
        rng,
        [s for c in begun for s in c.sessions if s.attendance == "attended" and s.on < today - timedelta(days=12)],
        number,
    ):
        session.attendance = session.note = session.plan = ""
    for course in pick(rng, [c for c in begun if has_event(c, "relapse")], 2 if number > 1 else 0):
        leave_alone(course)
    for course in pick(
        rng, [c for c in ended if any(o.kind == "paid_work" for o in c.outcomes)], 2 if number > 1 else 0
    ):
        forget_start_of_work(course)
    if number > 1:
        overstay(world, ended)


def pick(rng: Random, found: list[T], number: int) -> list[T]:
    return rng.sample(found, min(number, len(found)))


def has_event(course: Course, event: str) -> bool:
    return any(e.event == event for e in course.events)


def forget_first_ladder(course: Course) -> None:
    course.person.assessments = [
        a for a in course.person.assessments if a.instrument != "ladder" or abs((a.on - course.started_on).days) > 31
    ]


def leave_alone(course: Course) -> None:
    """Let nothing follow a relapse for two weeks."""
    on = next(e.on for e in course.events if e.event == "relapse")
    until = on + timedelta(days=15)
    if any(on < e.on <= until for e in course.events) or (course.ended_on and course.ended_on <= until):
        return
    course.sessions = [s for s in course.sessions if not on <= s.on <= until]


def forget_start_of_work(course: Course) -> None:
    for outcome in course.outcomes:
        if outcome.kind == "paid_work":
            outcome.starts_on = outcome.ended_on = outcome.last_seen_on = None


def overstay(world: World, ended: list[Course]) -> None:
    """Leave one placement standing a week longer than its trajectory, where the slot stood empty."""
    for course in ended:
        for placement in course.placements:
            until = (placement.ends_on or date.max - timedelta(days=9)) + timedelta(days=8)
            later = [
                p
                for c in world.courses()
                for p in c.placements
                if p.slot == placement.slot and p.starts_on > placement.starts_on
            ]
            if placement.ends_on == course.ended_on and all(p.starts_on > until for p in later):
                placement.ends_on = until
                return
