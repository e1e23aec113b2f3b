"""The people of Noor de Wit: who the screens open with.

Their days count from today, so there is always something to do.
"""

from datetime import date, timedelta
from typing import NamedTuple

from config.demo.amfors_hand import FITS, ago, born, by_hand, running, soon, worked
from config.demo.amfors_samira import samira
from config.demo.contacts import Way, hold_sessions
from config.demo.days import workday_from, workday_until
from config.demo.life import Event, Person
from config.demo.people import Register
from config.demo.words.telling import Teller


class Part(NamedTuple):
    """Somebody of the cast: name, age, town, which day of the trajectory it is today, and what happened (days ago)."""

    given: str
    surname: str
    age: int
    town: str
    day: int
    events: tuple[tuple[int, str, str], ...]
    last_contact: int
    appointments: tuple[tuple[int, str, int], ...]
    question: str
    blank: tuple[int, str, int] | None = None


PARTS = (
    Part(
        "Jolanda",
        "Bakker",
        51,
        "0307",
        63,
        ((42, "trial_passed", FITS),),
        7,
        ((0, "individual", 30), (8, "individual", 30)),
        "Ik wil weer een reden hebben om op te staan.",
    ),
    Part(
        "Petra",
        "van den Berg",
        39,
        "0307",
        19,
        (),
        5,
        ((0, "three_way", 45), (7, "individual", 30)),
        "Ik wil uitvinden of werken in een winkel bij mij past.",
    ),
    Part(
        "Mei Lin",
        "Chan",
        44,
        "0307",
        82,
        ((61, "trial_passed", FITS),),
        12,
        ((3, "individual", 30),),
        "Ik wil beter Nederlands leren, door te werken.",
        (4, "individual", 30),
    ),
    Part(
        "Aylin",
        "Demir",
        29,
        "0307",
        55,
        (
            (35, "trial_passed", FITS),
            (21, "relapse", "Het was te veel tegelijk. Ik bel elke week."),
            (6, "resumed", "Aylin begint met twee ochtenden."),
        ),
        6,
        ((0, "phone", 15), (5, "individual", 30)),
        "Ik wil leren omgaan met stress op het werk.",
    ),
    Part(
        "Kim",
        "de Graaf",
        33,
        "0307",
        38,
        ((18, "trial_passed", FITS), (8, "relapse", "Kim komt niet en stuurt af en toe een bericht. Ik blijf bellen.")),
        5,
        ((2, "phone", 15),),
        "Ik wil stoppen met steeds opnieuw beginnen.",
        (1, "phone", 10),
    ),
    Part(
        "Nadia",
        "Haddou",
        41,
        "0327",
        12,
        (),
        6,
        ((0, "individual", 30), (7, "individual", 30)),
        "Ik wil mijn post snappen en weten wie ik kan bellen.",
    ),
    Part("Rosa", "Lammers", 56, "0307", 71, ((51, "trial_passed", FITS),), 30, (), "Ik zit te veel alleen thuis."),
    Part(
        "Wilma",
        "Oosterhof",
        47,
        "0307",
        48,
        ((29, "trial_passed", FITS), (9, "paused", "Wilma zorgt drie weken voor haar moeder. Haar plek blijft.")),
        10,
        ((6, "individual", 30),),
        "Ik wil werk naast de zorg voor mijn moeder.",
    ),
    Part(
        "Tirza",
        "Şahin",
        26,
        "0307",
        64,
        ((44, "trial_passed", FITS),),
        4,
        ((1, "individual", 30), (13, "individual", 30)),
        "Ik ben gestopt met een opleiding en zoek iets anders.",
    ),
    Part(
        "Lotte",
        "Verhoef",
        36,
        "0327",
        33,
        ((13, "trial_passed", FITS),),
        5,
        ((2, "individual", 45), (9, "individual", 30)),
        "Ik wil voor mezelf leren opkomen.",
    ),
    Part(
        "Yvonne",
        "Zwart",
        59,
        "0307",
        88,
        ((67, "trial_passed", FITS),),
        8,
        ((4, "individual", 45),),
        "Ik wil collega's om me heen.",
    ),
)


def add_cast(register: Register, way: Way, teller: Teller, *, agreements: dict[str, str], today: date) -> list[Person]:
    """Make the people of Noor as they stand today."""
    people = [samira(register, agreements["0307"], today)]
    for part in PARTS:
        people.append(play(register, part, way, teller, agreements[part.town], today))
    people.append(planned(register, agreements["0307"], today))
    return people


def play(register: Register, part: Part, way: Way, teller: Teller, agreement: str, today: date) -> Person:
    person = register.known(part.given, part.surname, born=born(today, part.age), gender="f", municipality=part.town)
    course = running(person, agreement, ago(today, part.day - 1), part.question)
    course.referrer = "gemeente Amersfoort" if part.town == "0307" else "gemeente Leusden"
    course.events = [Event(ago(today, days), event, note) for days, event, note in part.events]
    hold_sessions(course, way, teller, colleagues=(), until=ago(today, part.last_contact))
    if part.blank:
        days, kind, minutes = part.blank
        course.sessions.append(by_hand(worked(today, days), minutes, kind))
    course.sessions += [by_hand(soon(today, days), minutes, kind) for days, kind, minutes in part.appointments]
    return person


def planned(register: Register, agreement: str, today: date) -> Person:
    """Somebody who starts the week after next."""
    person = register.known("Hatice", "Yıldız", born=born(today, 45), gender="f", municipality="0307")
    course = running(
        person, agreement, workday_from(today + timedelta(days=9)), "Ik wil iets maken waar een ander blij van wordt."
    )
    course.referred_on, course.referrer = workday_until(ago(today, 6)), "wijkteam"
    return person
