"""Amfors Werksupport: the AE-teams of Amersfoort and Leusden, with the published year 2021."""

from datetime import date, timedelta
from random import Random

from config.demo.amfors_cast import PARTS, add_cast
from config.demo.amfors_hand import FATIMA, NOOR
from config.demo.amfors_results import ended, results_of_year
from config.demo.amfors_years import AMERSFOORT, FIRST_YEAR, LEUSDEN, Town, YearPlan, begin, live_year, plan_for
from config.demo.contacts import Way
from config.demo.cut import see_today
from config.demo.finishing import finish, refer, waiting_room
from config.demo.life import Course, World
from config.demo.people import Register
from config.demo.places import place_people, row_of_slots
from config.demo.results import last_course
from config.demo.rows import agreements, code_lists, hosts, municipalities, programmes, staff, targets, units
from config.demo.threads import pass_trial, pauses_in, relapses_in
from config.demo.words.telling import Teller

KARIM, JOOST, LIEKE = (f"{name}@amfors.voorbeeld.test" for name in ("karim", "joost", "lieke"))
TRIAL_WEEKS = 3
MOVE_YEAR = 2024
WAYS = {
    "AE-D": Way(
        "AE-D",
        15,
        {"individual": 80, "phone": 8, "three_way": 6, "group": 6},
        ((1, "am"), (1, "pm"), (2, "am"), (3, "am")),
        TRIAL_WEEKS,
        ("ladder", "zrm2017"),
    ),
    "AE-H": Way(
        "AE-H",
        15,
        {"individual": 74, "phone": 10, "visit": 8, "three_way": 8},
        ((0, "am"), (0, "pm"), (2, "am"), (2, "pm"), (4, "am")),
        TRIAL_WEEKS,
        ("ladder", "zrm2017"),
    ),
    "AE-C": Way(
        "AE-C",
        18,
        {"individual": 82, "phone": 6, "three_way": 8, "other": 4},
        ((1, "am"), (3, "am"), (3, "pm")),
        TRIAL_WEEKS,
        ("ladder", "zrm2017"),
    ),
}
TAKEN = [(part.given, part.surname) for part in PARTS] + [
    ("Samira", "el Amrani"),
    ("Hatice", "Yıldız"),
    ("Karim", "Bouzid"),
]
REFERRERS = {
    "AMF-0307": {"gemeente Amersfoort": 62, "wijkteam": 14, "UWV": 6, "zichzelf": 10, "huisarts": 3, "schuldhulp": 5},
    "AMF-0327": {"gemeente Leusden": 70, "wijkteam": 18, "zichzelf": 12},
}
GAPS = (6, 9, 12, 14, 16, 19, 21, 24, 26, 27, 36, 45, 58, 74, 0, 0, 0, 0, 0)
"""After how many days the relapses of a year were picked up: ten within four weeks, four more within twelve."""


def make(today: date) -> World:
    """The world of Amfors as it stands today."""
    teller = Teller()
    register = Register("AE", 1001, bsn_from=999990000, taken=TAKEN)
    rng = Random("AE-teams")
    towns = [
        Town(AMERSFOORT, "AMF-0307", register, Random("Amersfoort")),
        Town(LEUSDEN, "AMF-0327", register, Random("Leusden")),
    ]
    begin(towns[0], 21)
    begin(towns[1], 8)
    for year in range(FIRST_YEAR + 1, (today + timedelta(days=45)).year + 1):
        live(towns, year, today, rng, teller)
    world = World("AMF", "Amfors Werksupport", "amfors", fixed_rows(today), people=list(register.people))
    for course in world.courses():
        course.coach = coach_of(course)
        refer(course, teller, REFERRERS[course.agreement])
    cast = Register("AE", 2042)
    world.people += add_cast(
        cast, WAYS["AE-D"], teller, agreements={AMERSFOORT: "AMF-0307", LEUSDEN: "AMF-0327"}, today=today
    )
    add_waiting(world, Register("AE", 3001, taken=TAKEN), teller, today)
    add_slots(world)
    finish(world, WAYS, teller, today=today, aftercare=0.6, colleagues=(JOOST, LIEKE, FATIMA))
    see_today(world, KARIM, today, 4)
    return world


def live(towns: list[Town], year: int, today: date, rng: Random, teller: Teller) -> None:
    """Let both towns live a year, then let relapses and pauses fall where they may."""
    if year == MOVE_YEAR:
        move_house(*towns)
    for town in towns:
        plan = plan_for(town.code, year)
        if year == today.year and town.code == AMERSFOORT:  # the cast of today comes on top
            plan = YearPlan(plan.participants - 9, plan.trajectories - 13, plan.paid_work, plan.insight, plan.both)
        people = live_year(town, year, plan)
        edges(town, year)
        results_of_year(town, year, plan, people, teller)
        if year == 2020:
            first_days_of_2021(town)
    courses = [course for town in towns for course in town.courses()]
    for course in courses:
        if not course.events:
            pass_trial(course, TRIAL_WEEKS, teller)
    begun = [course for course in courses if course.events and course.events[-1].event != "trial_failed"]
    gaps = rng.sample(GAPS, len(GAPS) if year == 2021 else rng.randint(14, 18))
    relapses_in(begun, date(year, 1, 2), date(year, 12, 30), gaps, rng, teller)
    pauses_in(begun, date(year, 1, 2), date(year, 12, 30), 7, rng, teller)


def move_house(amersfoort: Town, leusden: Town) -> None:
    """Let one person who left the team in Leusden come back as a resident of Amersfoort, paid by another agreement."""
    gone = [p for p in leusden.people if last_course(p).ended_on and ended(p).year == MOVE_YEAR - 2]
    person = next(p for p in gone if not any(o.kind == "paid_work" for c in p.courses for o in c.outcomes))
    leusden.people.remove(person)
    amersfoort.people.append(person)
    amersfoort.moved_in.append(person)
    person.municipality = AMERSFOORT


def edges(town: Town, year: int) -> None:
    """Put trajectories on the very edge of 2021: a first day on its last day, and a first day just after it."""
    if town.code != AMERSFOORT or year not in (2021, 2022):
        return
    if year == 2021:
        goes_on = [
            c
            for c in town.courses()
            if c.ended_on and c.ended_on > date(2022, 2, 10) and c.started_on > date(2021, 6, 1)
        ]
        move_start(max(goes_on, key=lambda c: c.started_on), date(2021, 12, 31))
    else:
        new = [p.courses[0] for p in town.people if len(p.courses) == 1 and p.courses[0].started_on.year == 2022]
        move_start(min(new, key=lambda c: c.started_on), date(2022, 1, 1))


def first_days_of_2021(town: Town) -> None:
    """Let one trajectory end on the last day of 2020 and one on the first of 2021."""
    if town.code != AMERSFOORT:
        return
    over = [c for c in town.courses() if c.ended_on and c.ended_on.year == 2021 and c.started_on < date(2020, 11, 1)]
    min(over, key=lambda c: c.ended_on or date.max).ended_on = date(2021, 1, 1)
    ended = [
        c
        for c in town.courses()
        if c.ended_on and c.ended_on.year == 2020 and c.destination != "WERK" and c.end_reason != "PROEF"
    ]
    last = max(ended, key=lambda c: c.ended_on or date.min)
    last.ended_on = date(2020, 12, 31)


def move_start(course: Course, day: date) -> None:
    course.started_on = day
    course.planned_end_on = day + timedelta(days=90)


def coach_of(course: Course) -> str:
    """Who guides whom: Noor came in 2022, Fatima was there before."""
    chance = Random(course.reference).random()
    if course.programme == "AE-D":
        return NOOR if course.started_on >= date(2022, 3, 1) and chance < 0.4 else FATIMA
    if course.programme == "AE-H":
        return KARIM if chance < 0.7 else JOOST
    return LIEKE if chance < 0.6 else JOOST


def add_waiting(world: World, register: Register, teller: Teller, today: date) -> None:
    waiting_room(
        world,
        register,
        teller,
        today=today,
        programme="AE-D",
        agreement="AMF-0307",
        town=AMERSFOORT,
        referrers={"gemeente Amersfoort": 1, "wijkteam": 1},
        decisions=(
            ("new", 3),
            ("waiting", 24),
            ("waiting", 17),
            ("waiting", 11),
            ("declined", 60),
            ("withdrawn", 45),
            ("declined", 200),
        ),
    )
    waiting_room(
        world,
        register,
        teller,
        today=today,
        programme="AE-H",
        agreement="AMF-0327",
        town=LEUSDEN,
        referrers={"gemeente Leusden": 1, "zichzelf": 1},
        decisions=(("new", 1), ("waiting", 14), ("waiting", 8), ("withdrawn", 120), ("declined", 300)),
    )


def add_slots(world: World) -> None:
    since = date(FIRST_YEAR, 7, 1)
    world.slots += row_of_slots("AE-D", 10, starts_on=since, hours=16, hosts=("ATELIER", "ATELIER", "KRING"))
    world.slots += row_of_slots("AE-H", 8, starts_on=since, hours=20, hosts=("PLOEG",))
    world.slots += row_of_slots("AE-C", 6, starts_on=since, hours=12, hosts=("BALIE", "WIJK"))
    place_people(world, shortest=30, gap=4)


def fixed_rows(today: date) -> dict[str, list[dict[str, str]]]:
    leusden_until = date(today.year + (today.month == 12), 12, 31)
    return {
        **code_lists(),
        "municipalities": municipalities("0307; Amersfoort", "0327; Leusden"),
        "units": units("AE; AE-teams"),
        "staff": staff(
            f"{NOOR}; Noor de Wit; coach; AE",
            f"{KARIM}; Karim Bouzid; coach; AE",
            f"{FATIMA}; Fatima Zahri; coach; AE",
            f"{JOOST}; Joost Hendriks; coach; AE",
            f"{LIEKE}; Lieke Vermeer; coach; AE",
            "ineke@amfors.voorbeeld.test; Ineke Vos; unit_manager; AE",
            "sanne@amfors.voorbeeld.test; Sanne Brouwer; functional_manager",
            "wim@amfors.voorbeeld.test; Wim Terpstra; privacy_officer",
            "omar@amersfoort.voorbeeld.test; Omar Idrissi; municipal_officer; ; 0307",
            "karin@leusden.voorbeeld.test; Karin Smeets; municipal_officer; ; 0327",
        ),
        "hosts": hosts(
            "ATELIER; Atelier aan de Eem",
            "KRING; Kringloop Noord",
            "PLOEG; Klussendienst Amersfoort",
            "BALIE; Computerbalie",
            "WIJK; Wijkcentrum De Schakel",
        ),
        "programmes": programmes(
            "AE-D; AE-team dames; AE; work_team; work; participatiewet; 3; 13; 3; 40",
            "AE-H; AE-team heren; AE; work_team; work; participatiewet; 3; 13; 3; 40",
            "AE-C; AE-team computers; AE; social_firm; work; participatiewet; 3; 17; 2; 40",
        ),
        "agreements": agreements(
            "AMF-0307; 0307; AE-D|AE-H|AE-C; 2019-07-01; 2028-12-31; Perceel 1, Amersfoort; 60; 2450.00; 5",
            f"AMF-0327; 0327; AE-D|AE-H|AE-C; 2019-07-01; {leusden_until}; Perceel 1, Leusden; 20; 2450.00; 5",
        ),
        "targets": targets(
            "AMF-0307; participants; 170",
            "AMF-0307; paid_work; 66",
            "AMF-0307; help_question_insight; 110",
            "AMF-0327; participants; 60",
            "AMF-0327; paid_work; 30",
            "AMF-0327; help_question_insight; 36",
        ),
    }
