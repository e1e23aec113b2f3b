"""The sessions and half-days of a trajectory, as a coach and a work supervisor would have written them down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.demo.days import is_workday, state_on, workday_from, workday_within
from config.demo.life import Course, Session
from config.demo.words.telling import Teller


@dataclass(frozen=True, slots=True)
class Way:
    """How a programme keeps in touch: every how many days, how, and on which half-days people come."""

    programme: str
    every: int
    kinds: dict[str, int]
    half_days: tuple[tuple[int, str], ...] = ()
    trial_weeks: int = 0
    measures: tuple[str, ...] = ("ladder",)


ATTENDANCE = {"attended": 84, "late": 5, "absent_notice": 6, "absent_no_notice": 3, "not_held": 2}
MINUTES = {
    "individual": (30, 45, 45, 60),
    "phone": (10, 15, 20),
    "visit": (60, 75),
    "three_way": (45, 60),
    "group": (90, 120),
    "other": (30,),
}


def hold_sessions(course: Course, way: Way, teller: Teller, *, colleagues: tuple[str, ...], until: date) -> None:
    """Write the sessions of a trajectory from its start to its end, or to ``until`` when it has no end."""
    last = min(course.ended_on or until, until)
    first = workday_within(course.started_on, course.started_on, last)
    for on in session_days(course, way, first, last):
        course.sessions.append(one_session(course, way, teller, on, first=first, last=last, colleagues=colleagues))


def session_days(course: Course, way: Way, first: date, last: date) -> list[date]:
    """The days of sessions; the last day of a trajectory is one when people work on it."""
    closes = course.ended_on == last and is_workday(last) and last > first
    days = [
        day for day in rhythm(course, way, first, last) if day == first or not closes or day < last - timedelta(days=4)
    ]
    return [*days, last] if closes else days


def rhythm(course: Course, way: Way, first: date, last: date) -> Iterator[date]:
    rng = course.person.rng
    day = first
    while day <= last:
        state = state_on(course, day)
        if state != "paused":
            yield day
        step = rng.randint(6, 10) if state == "relapse" else max(4, round(rng.gauss(way.every, way.every / 4)))
        following = workday_from(day + timedelta(days=step))
        relapse = next((e.on for e in course.events if e.event == "relapse" and day < e.on < following), None)
        day = workday_from(relapse + timedelta(days=rng.randint(2, 5))) if relapse else following


def one_session(
    course: Course, way: Way, teller: Teller, on: date, *, first: date, last: date, colleagues: tuple[str, ...]
) -> Session:
    rng = course.person.rng
    state = state_on(course, on)
    moment = moment_of(course, on, state, first=first, last=last)
    kind = "phone" if state == "relapse" else "individual"
    if moment in ("ordinary", "back_again"):
        kind = rng.choices(list(way.kinds), list(way.kinds.values()))[0]
    attendance = rng.choices(list(ATTENDANCE), list(ATTENDANCE.values()))[0] if moment == "ordinary" else "attended"
    coach = rng.choice(colleagues) if colleagues and rng.random() < 0.07 else course.coach
    session = Session(on, rng.choice(MINUTES[kind]), kind, attendance, coach)
    if attendance in ("attended", "late"):
        session.note = teller.note(course.person, moment, way.programme)
        session.plan = teller.say(course.person, "plan") if moment != "last" and rng.random() < 0.6 else ""
    elif attendance != "not_held":
        session.note = teller.say(course.person, attendance) if rng.random() < 0.7 else ""
    return session


def moment_of(course: Course, on: date, state: str, *, first: date, last: date) -> str:
    if on == first:
        return "first"
    if state == "relapse":
        return "in_relapse"
    if course.ended_on == last and on == last:
        return "last"
    if any(e.event == "resumed" and e.on <= on < e.on + timedelta(days=7) for e in course.events):
        return "back_again"
    return "ordinary"


PRESENCE = {"present": 86, "absent_notice": 5, "absent_no_notice": 3, "sick": 4, "cancelled": 2}


def keep_presence(course: Course, way: Way, *, since: date, until: date) -> None:
    """Write the half-days of a trajectory from ``since`` to ``until``, both included, while it runs."""
    rng = course.person.rng
    day = max(since, course.started_on)
    while day <= min(until, course.ended_on or until):
        if is_workday(day) and state_on(course, day) == "running":
            for weekday, half in way.half_days:
                if weekday == day.weekday():
                    course.half_days.append((day, half, rng.choices(list(PRESENCE), list(PRESENCE.values()))[0]))
        day += timedelta(days=1)
