"""The thread of a trajectory: trial, relapse and picking up again, pause, extension, aftercare."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from config.demo.days import state_on, workday_from, workday_until, workday_within
from config.demo.life import Course, Event, Person
from config.demo.words.telling import Teller


def add_event(course: Course, on: date, event: str, teller: Teller) -> None:
    course.events.append(Event(on, event, teller.say(course.person, f"event {event}")))


def is_free(course: Course, first: date, last: date) -> bool:
    """Whether nothing happened on the trajectory from ``first`` to ``last``."""
    return not any(first <= event.on <= last for event in course.events)


def pass_trial(course: Course, weeks: int, teller: Teller) -> None:
    """Let a trial of so many weeks be passed; somebody who was here before knows the team after one."""
    days = 6 if course.previous and course.previous.programme == course.programme else weeks * 7 - 1
    on = workday_from(course.started_on + timedelta(days=days))
    if course.ended_on is None or on < course.ended_on:
        add_event(course, on, "trial_passed", teller)


def fail_trial(course: Course, weeks: int, teller: Teller) -> None:
    """Let the trial end without a match: that day is the last of the trajectory."""
    course.ended_on = workday_within(
        course.started_on + timedelta(days=weeks * 7 - 2),
        course.started_on,
        course.started_on + timedelta(days=weeks * 7),
    )
    course.end_reason, course.destination = "PROEF", course.person.rng.choice(("GEM", "HULP"))
    add_event(course, course.ended_on, "trial_failed", teller)


def relapses_in(
    courses: Iterable[Course], first: date, last: date, gaps: list[int], rng: Random, teller: Teller
) -> None:
    """Let one trajectory after another relapse within the period, each picked up after one of ``gaps`` days."""
    waiting = list(gaps)
    for course in shuffled(courses, rng):
        if waiting and go_away(course, "relapse", first, last, waiting[0], rng, teller):
            waiting.pop(0)


def pauses_in(courses: Iterable[Course], first: date, last: date, number: int, rng: Random, teller: Teller) -> None:
    """Let so many trajectories pause within the period for two to five weeks."""
    for course in shuffled(courses, rng):
        if number and go_away(course, "paused", first, last, rng.randint(12, 34), rng, teller):
            number -= 1


def go_away(course: Course, event: str, first: date, last: date, gap: int, rng: Random, teller: Teller) -> bool:
    """Add a relapse or pause, picked up again after ``gap`` days (0: not), if it fits; say whether it did."""
    begin = max([first, course.started_on + timedelta(days=21), *(e.on + timedelta(days=10) for e in course.events)])
    end = min(last, (course.ended_on or last) - timedelta(days=(gap or 12) + 6))
    if begin > end or state_on(course, begin) != "running":
        return False
    on = workday_within(begin + timedelta(days=rng.randint(0, (end - begin).days)), begin, end)
    add_event(course, on, event, teller)
    if gap:
        add_event(course, workday_until(on + timedelta(days=gap)), "resumed", teller)
    return True


def extend(course: Course, teller: Teller) -> None:
    """Write the extensions of a trajectory that ran on after its planned end: on which day it got which later end."""
    planned = course.planned_end_on
    while planned and course.ended_on and course.ended_on > planned + timedelta(days=7):
        on = workday_from(planned - timedelta(days=course.person.rng.randint(2, 9)))
        if (
            state_on(course, on) == "running"
            and is_free(course, on, on)
            and on > course.started_on + timedelta(days=25)
        ):
            add_event(course, on, "extended", teller)
        planned += timedelta(days=42)
        course.later_ends.append((on, planned))


def give_aftercare(person: Person, teller: Teller, *, chance: float) -> None:
    """Ask after people who left, until they come back; more often after those who went to work."""
    last_end = max((course.ended_on or date.max for course in person.courses), default=date.max)
    for course in person.courses:
        if course.ended_on is None or course.is_made_by_hand or is_followed(course, last_end):
            continue
        works = any(outcome.kind == "paid_work" for outcome in course.outcomes)
        if person.rng.random() > (0.9 if works else chance):
            continue
        back = next(
            (
                c.started_on
                for c in sorted(person.courses, key=lambda c: c.started_on)
                if c.started_on > course.ended_on
            ),
            date.max,
        )
        for after in (45, 205, 390) if works else (42, 185):
            on = workday_from(course.ended_on + timedelta(days=after + person.rng.randint(-9, 9)))
            if on < back:
                aftercare(course, on, teller)


def is_followed(course: Course, last_end: date) -> bool:
    """Whether another trajectory of the person was running when this one ended."""
    if course.ended_on == last_end:
        return False
    return any(
        other is not course and course.ended_on and other.runs_on(course.ended_on + timedelta(days=21))
        for other in course.person.courses
    )


def aftercare(course: Course, on: date, teller: Teller) -> None:
    result = course.person.rng.choices(("reached", "not_reached", "refused"), (74, 20, 6))[0]
    at_work = [o for o in course.outcomes if o.starts_on and o.starts_on <= on and not o.ended_on]
    if result == "reached" and at_work:
        note = teller.say(course.person, "event aftercare_works")
        course.events.append(Event(on, "aftercare_reached", note))
        for outcome in at_work:
            outcome.last_seen_on = on
    else:
        add_event(course, on, f"aftercare_{result}", teller)


def shuffled(courses: Iterable[Course], rng: Random) -> list[Course]:
    found = list(courses)
    rng.shuffle(found)
    return found
