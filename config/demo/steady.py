"""For providers where people come one by one and stay for a while: arrivals, ends and where people go."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from config.demo.days import workday_from, workday_until, workday_within
from config.demo.life import Course, Person, enrol
from config.demo.results import add_outcome, end_by_route, find_work
from config.demo.threads import go_away
from config.demo.words.telling import Teller


def arrivals(rng: Random, until: date, *paces: tuple[date, int]) -> list[date]:
    """Working days on which somebody comes: from each day on, every so many days or thereabouts."""
    found, day = [], paces[0][0]
    while day <= until:
        found.append(workday_from(day))
        every = next(every for since, every in reversed(paces) if since <= day)
        day += timedelta(days=rng.randint(every // 2, every + every // 2))
    return found


def start(
    person: Person, programme: str, agreement: str, coach: str, on: date, days: int | None, planned: int | None
) -> Course:
    """Start a trajectory of so many ``days`` (None: without end), planned for so many days."""
    ended_on = workday_until(on + timedelta(days=days)) if days is not None else None
    planned_end_on = on + timedelta(days=planned) if planned is not None else None
    return enrol(person, Course(person, programme, agreement, coach, workday_from(on), ended_on, planned_end_on))


def leave(course: Course, routes: Mapping[str, int], teller: Teller) -> None:
    """End a trajectory by one of the routes, by weight; ``WERK`` is a job."""
    if course.ended_on is None or course.destination:
        return
    rng = course.person.rng
    route = rng.choices(list(routes), list(routes.values()))[0]
    if route != "WERK":
        end_by_route(course, route, teller, until=course.ended_on + timedelta(days=8))
        return
    on = workday_within(
        course.ended_on - timedelta(days=rng.randint(-10, 12)), course.started_on, course.ended_on + timedelta(days=14)
    )
    find_work(course, on, teller, keeps=rng.random() < 0.75)
    course.destination, course.end_reason = "WERK", "DOEL"


def give_insight(course: Course, chance: float, teller: Teller, *, until: date) -> None:
    """With this chance, let a trajectory show what help is needed, somewhere in its second half."""
    rng = course.person.rng
    days = ((course.ended_on or until) - course.started_on).days
    if rng.random() < chance and days > 40:
        add_outcome(
            course,
            "help_question_insight",
            workday_from(course.started_on + timedelta(days=rng.randint(days // 2, days - 4))),
            teller,
        )


def ups_and_downs(course: Course, teller: Teller, *, until: date, relapse: float, pause: float) -> None:
    """With these chances, let a trajectory have a relapse (mostly picked up again) or a pause."""
    rng = course.person.rng
    if rng.random() < relapse:
        go_away(course, "relapse", course.started_on, until, rng.choice((5, 9, 12, 17, 23, 26, 40, 61, 0)), rng, teller)
    if rng.random() < pause:
        go_away(course, "paused", course.started_on, until, rng.randint(14, 40), rng, teller)
