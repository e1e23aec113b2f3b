"""What comes of a trajectory: outcomes, and how it ended."""

from datetime import date, timedelta
from random import Random

from config.demo.days import workday_within
from config.demo.life import Course, Outcome, Person
from config.demo.words.moments import EMPLOYERS
from config.demo.words.telling import Teller

DESTINATIONS = (
    ("WERK", "Betaald werk", "paid_work"),
    ("OPL", "Opleiding of cursus", "education"),
    ("VRW", "Vrijwilligerswerk", "volunteering"),
    ("VERV", "Volgend traject", "next_trajectory"),
    ("ZORG", "Zorg of behandeling", "care"),
    ("DAG", "Dagbesteding met werk", "day_activity"),
    ("HULP", "Andere hulp", "other_help"),
    ("GEM", "Terug naar de gemeente", "back_to_municipality"),
    ("VERH", "Verhuisd", "moved"),
    ("PENS", "Pensioen", "retired"),
    ("OVL", "Overleden", "deceased"),
    ("GEEN", "Geen bestemming", "none"),
    ("ONB", "Niet bekend", "unknown"),
)
END_REASONS = (
    ("DOEL", "Doel gehaald", "no"),
    ("TIJD", "Afgesproken tijd is om", "no"),
    ("STAP", "Stap naar iets anders", "no"),
    ("PROEF", "Proef niet gehaald", "no"),
    ("GELD", "De opdracht stopte", "no"),
    ("VERH", "Verhuisd", "no"),
    ("ZIEK", "Langdurig ziek", "yes"),
    ("WEG", "Niet meer gekomen", "yes"),
    ("WIL", "Wilde stoppen", "yes"),
)
ROUTES = {
    "VRW": ("volunteering", 24),
    "ZORG": ("care", 21),
    "OPL": ("education", 15),
    "DAG": ("day_activity", 13),
    "HULP": ("debt_help", 12),
    "GEM": ("", 8),
    "GEEN": ("", 6),
    "VERH": ("", 3),
}
"""Where people go who do not go to paid work: destination, the outcome that belongs to it, and how often."""


def add_outcome(course: Course, kind: str, on: date, teller: Teller) -> Outcome:
    outcome = Outcome(on, kind, teller.say(course.person, f"outcome {kind}"))
    course.outcomes.append(outcome)
    return outcome


def find_work(course: Course, on: date, teller: Teller, *, keeps: bool = True) -> Outcome:
    """Let somebody find a job on a day, found through this trajectory."""
    rng = course.person.rng
    outcome = add_outcome(course, "paid_work", on, teller)
    outcome.employer = rng.choice(EMPLOYERS)
    outcome.hours_per_week = rng.choice(("16", "20", "22.5", "24", "24", "28", "32", "36"))
    outcome.contract_form = rng.choices(("regular", "subsidised", "sheltered", "self_employed"), (55, 32, 10, 3))[0]
    outcome.starts_on = on + timedelta(days=rng.randint(0, 14))
    if not keeps:
        outcome.ended_on = outcome.starts_on + timedelta(days=rng.randint(60, 420))
    return outcome


def end_by_route(course: Course, route: str, teller: Teller, *, until: date) -> None:
    """Write where somebody went at the end of a trajectory, with its outcome dated not after ``until``."""
    rng = course.person.rng
    course.destination = route
    kind = ROUTES[route][0]
    if route in ("GEEN", "GEM"):
        course.end_reason = rng.choice(("WEG", "WIL", "ZIEK", "TIJD", "WEG"))
    elif route == "VERH":
        course.end_reason = "VERH"
    else:
        course.end_reason = rng.choice(("DOEL", "DOEL", "STAP", "TIJD"))
    if kind:
        day = workday_within(
            course.last_day - timedelta(days=rng.randint(-6, 25)),
            course.started_on,
            min(until, course.last_day + timedelta(days=8)),
        )
        add_outcome(course, kind if kind != "debt_help" or rng.random() < 0.6 else "buddy", day, teller)


def a_route(rng: Random) -> str:
    return rng.choices(list(ROUTES), [weight for _, weight in ROUTES.values()])[0]


def last_course(person: Person) -> Course:
    return max(person.courses, key=lambda course: (course.ended_on or date.max, course.started_on))


def close_courses(person: Person, year: int) -> None:
    """Write how trajectories ended in a year that were followed by another one, or have no ending yet."""
    rng = person.rng
    for course in person.courses:
        if course.destination or not course.ended_on or course.ended_on.year != year:
            continue
        soon = course.ended_on + timedelta(days=75)
        follows = any(
            other is not course and other.started_on <= soon and (other.ended_on or soon) > course.ended_on
            for other in person.courses
        )
        course.destination = "VERV" if follows else rng.choice(("HULP", "GEM", "GEM", "GEEN"))
        course.end_reason = rng.choices(
            ("DOEL", "TIJD", "STAP", "ZIEK", "WIL"), (42, 36, 14, 5, 3) if follows else (10, 40, 10, 20, 20)
        )[0]
