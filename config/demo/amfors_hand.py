"""Trajectories written by hand, on days that count from today."""

from datetime import date, timedelta

from config.demo.days import is_workday, workday_from, workday_until
from config.demo.life import Course, Person, Session, enrol

NOOR = "noor@amfors.voorbeeld.test"
FATIMA = "fatima@amfors.voorbeeld.test"
FITS = "De werkbegeleider, de deelnemer en ik vinden alle drie dat het team past."


def born(today: date, age: int) -> str:
    """A birth date of somebody of this age, whose birthday was four months ago."""
    return (date(today.year - age, today.month, min(today.day, 28)) - timedelta(days=120)).isoformat()


def ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def worked(today: date, days: int) -> date:
    """A working day so many days ago; for a Saturday the Friday, for a Sunday the Monday."""
    day = ago(today, days)
    return day if is_workday(day) else workday_until(day) if day.weekday() == 5 else workday_from(day)


def running(person: Person, agreement: str, started_on: date, question: str) -> Course:
    course = Course(
        person,
        "AE-D",
        agreement,
        NOOR,
        started_on,
        None,
        started_on + timedelta(days=89),
        workday_until(ago(started_on, 13)),
        question=question,
    )
    course.is_made_by_hand = True
    return enrol(person, course)


def by_hand(
    on: date, minutes: int, kind: str, attendance: str = "", note: str = "", plan: str = "", coach: str = NOOR
) -> Session:
    return Session(on, minutes, kind, attendance, coach, note, plan, is_made_by_hand=True)


def soon(today: date, days: int) -> date:
    """An appointment today stays today, whatever day it is; later ones are on working days."""
    return today if days == 0 else workday_from(today + timedelta(days=days))
