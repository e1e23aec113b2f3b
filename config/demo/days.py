"""Working days, and the stretches of a trajectory in which somebody is away."""

from datetime import date, timedelta

from config.demo.life import Course

CLOSED = {(1, 1), (4, 27), (12, 25), (12, 26)}
"""Days, as (month, day), on which nobody works whatever weekday it is."""


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in CLOSED


def workday_from(day: date) -> date:
    """The first working day on or after ``day``."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def workday_until(day: date) -> date:
    """The last working day on or before ``day``."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def workday_within(day: date, first: date, last: date) -> date:
    """A working day close to ``day`` from ``first`` to ``last``; ``first`` itself when there is none."""
    day = workday_from(min(max(day, first), last))
    if day > last:
        day = workday_until(last)
    return max(day, first)


def state_on(course: Course, day: date) -> str:
    """``relapse``, ``paused`` or ``running``, by the last such event on or before ``day``."""
    state = "running"
    for event in sorted(course.events, key=lambda e: e.on):
        if event.on <= day and event.event in ("relapse", "paused", "resumed"):
            state = "running" if event.event == "resumed" else event.event
    return state
