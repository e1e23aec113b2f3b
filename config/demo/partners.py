"""Partners aan het Werk: more than one problem, own activities, demands per tranche, and money that ends."""

from datetime import date, timedelta
from random import Random

from config.demo.contacts import Way
from config.demo.cut import see_today
from config.demo.finishing import finish, refer, waiting_room
from config.demo.life import Course, Person, World
from config.demo.people import Register
from config.demo.rows import agreements, code_lists, municipalities, programmes, staff, targets, units
from config.demo.steady import arrivals, give_insight, leave, start, ups_and_downs
from config.demo.words.telling import Teller

COACH, COLLEAGUE = "marlies@partners.voorbeeld.test", "dave@partners.voorbeeld.test"
MEASURES = ("ladder", "zrm2017")
WAYS = {
    "PAHW-B": Way("PAHW-B", 17, {"individual": 64, "phone": 16, "visit": 20}, measures=MEASURES),
    "PAHW-S": Way(
        "PAHW-S", 34, {"group": 50, "individual": 40, "other": 10}, ((1, "pm"), (2, "am"), (4, "am")), measures=MEASURES
    ),
}
ROUTES = {"ZORG": 20, "HULP": 20, "VRW": 18, "DAG": 14, "WERK": 9, "OPL": 6, "GEM": 8, "GEEN": 5}
REFERRERS = {"gemeente": 66, "UWV": 12, "schuldhulp": 10, "zichzelf": 6, "wijkteam": 6}
FIRST, SECOND, THIRD = "PAH-T1", "PAH-T2", "PAH-T3"
SECOND_ENDS = date(2024, 6, 30)
"""The day on which the money of Amsterdam stopped: who was still there had to go."""


def make(today: date) -> World:
    """The world of Partners aan het Werk as it stands today."""
    teller, rng = Teller(), Random("Partners aan het Werk")
    register = Register("PA", 101)
    until = today + timedelta(days=30)
    world = World("PAH", "Partners aan het Werk", "partners", fixed_rows())
    for on in arrivals(
        Random("Partners aan het Werk: who comes when"), until, (date(2020, 1, 9), 100), (date(2025, 1, 1), 46)
    ):
        agreement = tranche(on)
        person = register.newcomer(municipality="0362" if agreement == THIRD else "0363", year=on.year)
        person.step = min(person.step, 2)
        live(person, agreement, on, rng, teller, until)
    world.people = list(register.people)
    waiting_room(
        world,
        Register("PA", 901),
        teller,
        today=today,
        programme="PAHW-B",
        agreement=THIRD,
        town="0362",
        referrers=REFERRERS,
        decisions=(("new", 4), ("waiting", 19), ("withdrawn", 80)),
    )
    finish(world, WAYS, teller, today=today, aftercare=0.9, colleagues=(COLLEAGUE,))
    see_today(world, COACH, today, 3)
    return world


def tranche(on: date) -> str:
    if on > SECOND_ENDS - timedelta(days=60):
        return THIRD
    return FIRST if on < date(2022, 1, 1) else SECOND


def live(person: Person, agreement: str, on: date, rng: Random, teller: Teller, until: date) -> None:
    """Guidance for most of a year, the own activities beside it, and for some a second time."""
    coach = COACH if rng.random() < 0.7 else COLLEAGUE
    start(person, "PAHW-B", agreement, coach, on, rng.randint(150, 400), 270)
    begin, days = on + timedelta(days=rng.randint(20, 70)), rng.randint(120, 380)
    if rng.random() < 0.65 and not (agreement == SECOND and tranche(begin) == THIRD):
        start(person, "PAHW-S", tranche(begin), COLLEAGUE, begin, days, 270)
    for course in person.courses:
        stop_when_money_ends(course)
        leave(course, ROUTES, teller)
        give_insight(course, 0.35 if course.programme == "PAHW-B" else 0.1, teller, until=until)
        ups_and_downs(course, teller, until=until, relapse=0.24, pause=0.1)
        refer(course, teller, REFERRERS, longest=70)


def stop_when_money_ends(course: Course) -> None:
    if course.agreement == SECOND and course.ended_on and course.ended_on > SECOND_ENDS:
        course.ended_on = SECOND_ENDS
        course.planned_end_on = min(course.planned_end_on or SECOND_ENDS, SECOND_ENDS)
        course.end_reason, course.destination = "GELD", "GEM"


def fixed_rows() -> dict[str, list[dict[str, str]]]:
    return {
        **code_lists(),
        "municipalities": municipalities("0363; Amsterdam", "0362; Amstelveen"),
        "units": units("PA; Partners aan het Werk"),
        "staff": staff(
            f"{COACH}; Marlies Oomen; coach; PA",
            f"{COLLEAGUE}; Dave Castelen; coach; PA",
            "jet@partners.voorbeeld.test; Jet Verwey; unit_manager; PA",
            "rob@amstelveen.voorbeeld.test; Rob de Koning; municipal_officer; ; 0362",
        ),
        "programmes": programmes(
            "PAHW-B; Begeleiding op maat; PA; guidance; participation; participatiewet; ; 39; 1; 49",
            "PAHW-S; Sociale firma; PA; social_firm; participation; participatiewet; ; 39; 3; 49",
        ),
        "agreements": agreements(
            f"{FIRST}; 0363; PAHW-B|PAHW-S; 2020-01-01; 2021-12-31; Tranche 1; 12; 3600.00; 5",
            f"{SECOND}; 0363; PAHW-B|PAHW-S; 2022-01-01; {SECOND_ENDS}; Tranche 2; 15; 3200.00; 5",
            f"{THIRD}; 0362; PAHW-B|PAHW-S; 2024-05-01; ; Tranche 3; 10; 3900.00; 5",
        ),
        "targets": targets(
            f"{FIRST}; paid_work; 4",
            f"{FIRST}; participants; 12",
            f"{SECOND}; paid_work; 6",
            f"{SECOND}; other_route; 10",
            f"{THIRD}; help_question_insight; 6",
        ),
    }
