"""Assessments of a person, around the window of first and last measurement."""

from __future__ import annotations

from datetime import date, timedelta

from tests.oracle.edges import Chance, anchors
from tests.oracle.folder import Row, Rows
from tests.oracle.terms import Question

INSTRUMENTS = ("ladder", "djg6", "who5", "zrm2017")
MOMENTS = ("intake", "interim", "exit", "aftercare")
# Per item the answers to choose from, so that scores stand on both sides of the borders of class and of change.
WELL_BEING = (("2", "3"),) * 5, (("0", "5"),) * 5, (("3",),) * 4 + (("2", "4", "5"),)
LONELINESS = (
    (("no",),) * 3 + (("yes",),) * 3,
    (("no",),) * 3 + (("yes", "no"),) * 3,
    (("yes", "more_or_less"),) * 3 + (("no", "more_or_less", "yes"),) * 3,
    (("yes", "more_or_less", "no"),) * 6,
)
DOMAINS = ("finances", "housing", "justice")


def measurements(chance: Chance, rows: Rows, asked: Question, participant: str, own: list[Row]) -> None:
    """The ladder for most, and up to two other instruments, from before the first start to after the period."""
    ladder = INSTRUMENTS[: chance.one((0, 1, 1))]
    for instrument in (*ladder, *chance.some(INSTRUMENTS[1:], 2)):
        taken = set()
        for _ in chance.up_to(4, keep_on=5):
            on, moment = measuring_day(chance, asked, own), chance.one(MOMENTS)
            if (on, moment) in taken:
                continue
            taken.add((on, moment))
            near = [row["reference"] for row in own if on >= days_before(row["started_on"], 30)]
            assessment = {
                "participant": participant,
                "trajectory": chance.one(("", *near)),
                "instrument": instrument,
                "on": on,
                "moment": moment,
            }
            for dimension, value in answers(chance, instrument).items():
                rows["assessments"].append({**assessment, "dimension": dimension, "value": value})


def measuring_day(chance: Chance, asked: Question, own: list[Row]) -> str:
    """Around 30 days before and after a start, the edges of the period, and half a year before its end."""
    starts = [date.fromisoformat(row["started_on"]) for row in own]
    first = [on + timedelta(days=number) for on in starts for number in (0, -30, 30)]
    half_a_year_ago = min(asked.last, asked.reference) - timedelta(days=181)
    return chance.near([*first, *anchors(asked), half_a_year_ago]).isoformat()


def days_before(on: str, number: int) -> str:
    return (date.fromisoformat(on) - timedelta(days=number)).isoformat()


def answers(chance: Chance, instrument: str) -> dict[str, str]:
    """The filled-in items of one assessment; lists of items often lack one or two."""
    if instrument == "ladder":
        return {"step": chance.one("123456")}
    if instrument == "zrm2017":
        return {domain: chance.one("12345") for domain in chance.some(DOMAINS, 3) or DOMAINS[:1]}
    numbers, moods = ("12345", WELL_BEING) if instrument == "who5" else ("123456", LONELINESS)
    missing = chance.some(numbers, chance.one((0, 0, 0, 1, 2)))
    mood = chance.one(moods)
    return {number: chance.one(mood[int(number) - 1]) for number in numbers if number not in missing}
