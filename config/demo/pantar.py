"""Pantar: Ik Werk! in Diemen. No outflow target; a broker who knows every club; loneliness is measured."""

from datetime import date, timedelta
from random import Random

from config.demo.contacts import Way
from config.demo.cut import see_today
from config.demo.finishing import finish, refer, waiting_room
from config.demo.life import World
from config.demo.people import Register
from config.demo.places import place_people, row_of_slots
from config.demo.rows import agreements, code_lists, hosts, municipalities, programmes, staff, units
from config.demo.steady import arrivals, give_insight, leave, start, ups_and_downs
from config.demo.words.telling import Teller

COACH, BROKER = "yvette@pantar.voorbeeld.test", "jurre@pantar.voorbeeld.test"
WAYS = {
    "IKW": Way(
        "IKW",
        15,
        {"individual": 60, "visit": 25, "phone": 15},
        ((1, "am"), (3, "am"), (3, "pm")),
        measures=("ladder", "djg6", "who5"),
    )
}
ROUTES = {"VRW": 34, "ZORG": 16, "HULP": 14, "DAG": 14, "WERK": 8, "OPL": 8, "GEEN": 4, "VERH": 2}
REFERRERS = {"gemeente Diemen": 70, "huisarts": 8, "Huis van de Buurt": 14, "zichzelf": 8}
HOSTS = {
    "DIER": "Dierenambulance De Pleister",
    "BAL": "Voetbalclub Diemer Boys",
    "VOED": "Voedselbank De Mand",
    "ZORG": "Woonzorgcentrum Vaartzicht",
    "HUIS": "Huis van de Buurt De Vuurvlieg",
    "BOER": "Boerderij De Overtoom",
    "BIEB": "Bibliotheek Diemen",
    "KRIN": "Kringloop Het Rad",
    "TUIN": "Buurttuin De Bonen",
    "FIETS": "Fietswerkplaats Punt",
}


def make(today: date) -> World:
    """The world of Ik Werk! as it stands today."""
    teller, rng = Teller(), Random("Ik Werk!")
    register = Register("IW", 101)
    until = today + timedelta(days=30)
    world = World("PAN", "Pantar", "pantar", fixed_rows())
    for on in arrivals(Random("Ik Werk!: who comes when"), until, (date(2020, 1, 13), 95), (date(2025, 1, 1), 26)):
        person = register.newcomer(municipality="0384", year=on.year)
        person.mood = min(person.mood, 9)
        course = start(person, "IKW", "PAN-0384", COACH, on, rng.randint(105, 195), 182)
        if rng.random() < 0.16 and course.ended_on:
            start(
                person,
                "IKW",
                "PAN-0384",
                COACH,
                course.ended_on + timedelta(days=rng.randint(60, 300)),
                rng.randint(90, 160),
                182,
            )
        for course in person.courses:
            leave(course, ROUTES, teller)
            give_insight(course, 0.4, teller, until=until)
            ups_and_downs(course, teller, until=until, relapse=0.14, pause=0.08)
            refer(course, teller, REFERRERS, longest=55)
    world.people = list(register.people)
    for host in HOSTS:
        world.slots += row_of_slots("IKW", 1, starts_on=date(2020, 1, 6), hours=12, hosts=(host,), code=f"IKW-{host}")
    place_people(world, shortest=30, gap=9)
    waiting_room(
        world,
        Register("IW", 901),
        teller,
        today=today,
        programme="IKW",
        agreement="PAN-0384",
        town="0384",
        referrers=REFERRERS,
        decisions=(("new", 2), ("waiting", 12), ("declined", 95)),
    )
    finish(world, WAYS, teller, today=today, aftercare=0.5, colleagues=(BROKER,))
    see_today(world, COACH, today, 3)
    return world


def fixed_rows() -> dict[str, list[dict[str, str]]]:
    return {
        **code_lists(),
        "municipalities": municipalities("0384; Diemen"),
        "units": units("IW; Ik Werk!"),
        "staff": staff(
            f"{COACH}; Yvette Martina; coach; IW",
            f"{BROKER}; Jurre Smits; coach; IW",
            "ellen@pantar.voorbeeld.test; Ellen Kramer; unit_manager; IW",
            "bas@diemen.voorbeeld.test; Bas Terlouw; municipal_officer; ; 0384",
        ),
        "hosts": hosts(*(f"{code}; {name}" for code, name in HOSTS.items())),
        "programmes": programmes("IKW; Ik Werk!; IW; volunteering; participation; participatiewet; ; 26; 3; 43"),
        "agreements": agreements("PAN-0384; 0384; IKW; 2020-01-01; ; Ik Werk!; 15; 3100.00; 5"),
    }
