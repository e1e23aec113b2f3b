"""The measurements of a person: ladder, ZRM, loneliness and well-being, at the moments a coach takes them."""

from datetime import date, timedelta
from random import Random

from config.demo.days import workday_from, workday_within
from config.demo.life import Assessment, Course, Person

ZRM_DOMAINS = (
    "finances",
    "work_education",
    "daytime",
    "housing",
    "domestic_relations",
    "mental_health",
    "physical_health",
    "substance_use",
    "basic_adl",
    "instrumental_adl",
    "social_network",
    "participation",
    "justice",
)
BETWEEN = 112
"""Days between two measurements of a person whose trajectory goes on."""


def measure(person: Person, instruments: tuple[str, ...], *, until: date) -> None:
    """Take the measurements of a person over all trajectories, up to ``until``."""
    for course in sorted(person.courses, key=lambda c: c.started_on):
        last = min(course.ended_on or until, until)
        if last < course.started_on:
            continue
        for on, moment in moments(person, course, last):
            take_all(person, course, on, moment, instruments)


def moments(person: Person, course: Course, last: date) -> list[tuple[date, str]]:
    rng = person.rng
    on = workday_within(
        course.started_on + timedelta(days=rng.randint(-2, 12)),
        course.started_on - timedelta(days=4),
        max(last, course.started_on),
    )
    found = [] if is_measured_near(person, course.started_on) else [(on, "interim" if person.assessments else "intake")]
    on = max(on, course.started_on)
    while (on := workday_from(on + timedelta(days=BETWEEN + rng.randint(-14, 14)))) < last - timedelta(days=20):
        found.append((on, "interim"))
    if course.ended_on == last and rng.random() < 0.8 and last - course.started_on > timedelta(days=25):
        found.append((workday_within(last, course.started_on, last), "exit"))
    return found


def is_measured_near(person: Person, day: date) -> bool:
    return any(a.instrument == "ladder" and abs((a.on - day).days) <= 28 for a in person.assessments)


def take_all(person: Person, course: Course, on: date, moment: str, instruments: tuple[str, ...]) -> None:
    if any(a.on == on for a in person.assessments):
        return
    step_along(person, course, moment)
    for instrument in instruments:
        values = answers(person, instrument, moment)
        if values:
            person.assessments.append(Assessment(instrument, on, moment, values, course))


def step_along(person: Person, course: Course, moment: str) -> None:
    """Move somebody along: mostly the same step, sometimes up, now and then down; a job says the step itself."""
    rng = person.rng
    if moment == "intake":
        return
    if moment == "exit" and course.destination == "WERK":
        person.step = rng.choice((5, 5, 6))
    else:
        change = rng.choices((-1, 0, 1), (12, 64, 24))[0]
        person.step = min(4, max(1, person.step + change))
    person.mood = min(22, max(4, person.mood + rng.choice((-2, -1, 0, 1, 2, 3, 4))))


def answers(person: Person, instrument: str, moment: str) -> dict[str, str]:
    rng = person.rng
    if instrument == "ladder":
        return {"step": str(person.step)}
    if instrument == "zrm2017":
        return zrm(person) if moment != "interim" else {}
    if rng.random() < 0.1:
        return {}
    return well_being(rng, person.mood) if instrument == "who5" else loneliness(rng, person.mood)


def zrm(person: Person) -> dict[str, str]:
    """Only the domains that matter for somebody's goals: the same ones each time."""
    chosen = Random(f"{person.reference} zrm").sample(ZRM_DOMAINS, 7)
    around = 2 + person.step / 2
    return {
        domain: str(min(5, max(1, round(person.rng.gauss(around, 0.7))))) for domain in ZRM_DOMAINS if domain in chosen
    }


def well_being(rng: Random, mood: int) -> dict[str, str]:
    """WHO-5: five items from 0 to 5 that together come near ``mood`` (0-25)."""
    return {str(item): str(min(5, max(0, round(rng.gauss(mood / 5, 0.6))))) for item in range(1, 6)}


def loneliness(rng: Random, mood: int) -> dict[str, str]:
    """De Jong Gierveld, six items: the better somebody feels, the fewer lonely answers."""
    lonely = max(0.08, 0.95 - mood / 22)
    found = {}
    for item in range(1, 7):
        is_lonely = rng.random() < lonely
        middle = rng.random() < 0.35
        if item <= 3:
            found[str(item)] = ("more_or_less" if middle else "yes") if is_lonely else "no"
        else:
            found[str(item)] = ("more_or_less" if middle else "no") if is_lonely else "yes"
    return found
