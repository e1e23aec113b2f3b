"""What every provider's years have in common, once it is known who was there from when to when."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from config.demo.contacts import Way, hold_sessions, keep_presence
from config.demo.cut import cut
from config.demo.days import workday_until
from config.demo.flaws import leave_flaws
from config.demo.life import Course, Person, Referral, World
from config.demo.measuring import measure
from config.demo.people import Register
from config.demo.threads import extend, give_aftercare
from config.demo.words.moments import REFUSALS
from config.demo.words.telling import Teller

PRESENCE_SINCE = timedelta(days=70)


def finish(
    world: World,
    ways: Mapping[str, Way],
    teller: Teller,
    *,
    today: date,
    aftercare: float,
    colleagues: tuple[str, ...] = (),
) -> None:
    """Fill the trajectories with what was done and said, then let the world stop at today."""
    until = today + timedelta(days=30)
    for person in world.people:
        for course in person.courses:
            extend(course, teller)
        give_aftercare(person, teller, chance=aftercare)
        for course in person.courses:
            if not course.sessions:
                hold_sessions(course, ways[course.programme], teller, colleagues=colleagues, until=until)
            keep_presence(course, ways[course.programme], since=today - PRESENCE_SINCE, until=today)
        measure(person, instruments_for(person, ways), until=until)
    cut(world, today)
    leave_flaws(world, today)


def instruments_for(person: Person, ways: Mapping[str, Way]) -> tuple[str, ...]:
    used = {name: None for course in person.courses for name in ways[course.programme].measures}
    if "zrm2017" in used and Random(f"{person.reference} uses zrm").random() > 0.35:
        del used["zrm2017"]
    return tuple(used)


def refer(course: Course, teller: Teller, referrers: Mapping[str, int], *, longest: int = 40) -> None:
    """Write who sent somebody, when and with which question."""
    rng = course.person.rng
    days = round(rng.triangular(1, longest, 13)) if course.previous is None else rng.randint(1, 14)
    course.referred_on = workday_until(course.started_on - timedelta(days=days))
    course.referrer = rng.choices(list(referrers), list(referrers.values()))[0]
    if course.previous and rng.random() < 0.7:
        course.referrer = course.previous.referrer
    course.question = teller.question(course.person) if course.previous is None or rng.random() < 0.4 else ""


def waiting_room(
    world: World,
    register: Register,
    teller: Teller,
    *,
    today: date,
    programme: str,
    agreement: str,
    town: str,
    referrers: Mapping[str, int],
    decisions: tuple[tuple[str, int], ...],
) -> None:
    """Add people who are referred and not placed: per decision, and how many days ago they were referred."""
    for decision, days_ago in decisions:
        person = register.newcomer(municipality=town, year=today.year)
        world.people.append(person)
        rng = person.rng
        referred_on = workday_until(today - timedelta(days=days_ago))
        referral = Referral(
            person, programme, agreement, referred_on, rng.choice(list(referrers)), teller.question(person), decision
        )
        if decision in REFUSALS:
            referral.decided_on = min(today, referred_on + timedelta(days=rng.randint(3, 12)))
            referral.reason = rng.choice(REFUSALS[decision])
        elif decision == "waiting":
            referral.decided_on = min(today, referred_on + timedelta(days=rng.randint(1, 5)))
        world.referrals.append(referral)
