"""Buurtbanen Amsterdam West: a paid place of 32 hours for at most two years, then offered to the next resident."""

from datetime import date, timedelta
from random import Random

from config.demo.contacts import Way
from config.demo.cut import see_today
from config.demo.days import workday_from
from config.demo.finishing import finish, refer, waiting_room
from config.demo.life import Placement, Slot, World
from config.demo.people import Register
from config.demo.rows import agreements, code_lists, hosts, municipalities, programmes, staff, targets, units
from config.demo.steady import give_insight, leave, start, ups_and_downs
from config.demo.words.telling import Teller

COACH, COLLEAGUE = "naomi@buurtbanen.voorbeeld.test", "sem@buurtbanen.voorbeeld.test"
WAYS = {"BUURT": Way("BUURT", 30, {"individual": 60, "three_way": 25, "visit": 15})}
ROUTES = {"WERK": 55, "OPL": 10, "VRW": 12, "GEM": 12, "HULP": 6, "VERH": 5}
REFERRERS = {"buurtorganisatie": 55, "zichzelf": 30, "gemeente Amsterdam": 15}
HOSTS = {
    "KOL": "Huis van de Wijk Kolenkit",
    "BOS": "Buurtkamer Bos en Lommer",
    "BAAR": "Taalhuis De Baarsjes",
    "KINK": "Speeltuin Kinker",
    "LAND": "Moedercentrum Landlust",
    "WEST": "Jongerenpunt Westerpark",
    "SPAAR": "Buurtcoöperatie Spaarndam",
    "ERAS": "Participatiehuis Erasmus",
}
TWO_YEARS = timedelta(days=729)
SECOND_RULE = date(2024, 1, 1)


def make(today: date) -> World:
    """The world of the Buurtbanen as it stands today: slot by slot, one resident after another."""
    teller, rng = Teller(), Random("Buurtbanen")
    register = Register("BB", 101)
    until = today + timedelta(days=30)
    world = World("BBW", "Buurtbanen Amsterdam West", "buurtbanen", fixed_rows())
    for number, host in enumerate(HOSTS, start=1):
        slot = Slot(
            f"BUURT-{number:02}",
            "BUURT",
            host,
            date(2020, 1, 1) + timedelta(days=rng.choice((5, 60, 120, 200))),
            None,
            32,
        )
        world.slots.append(slot)
        fill(slot, register, rng, teller, until)
    world.people = list(register.people)
    waiting_room(
        world,
        Register("BB", 901),
        teller,
        today=today,
        programme="BUURT",
        agreement="BBW-B",
        town="0363",
        referrers=REFERRERS,
        decisions=(("new", 5), ("waiting", 40), ("waiting", 26), ("withdrawn", 90), ("declined", 150)),
    )
    finish(world, WAYS, teller, today=today, aftercare=0.7, colleagues=(COLLEAGUE,))
    see_today(world, COACH, today, 3)
    return world


def fill(slot: Slot, register: Register, rng: Random, teller: Teller, until: date) -> None:
    """Offer a slot again each time it comes free."""
    on = workday_from(slot.starts_on)
    while on <= until:
        person = register.newcomer(municipality="0363", year=on.year)
        person.step = max(3, person.step)
        agreement = "BBW-A" if on < SECOND_RULE else "BBW-B"
        days = rng.choice((rng.randint(260, 540), rng.randint(560, 729), 729))
        course = start(person, "BUURT", agreement, COACH if rng.random() < 0.65 else COLLEAGUE, on, days, 729)
        course.placements.append(Placement(slot.code, course.started_on, course.ended_on, 32))
        leave(course, ROUTES, teller)
        give_insight(course, 0.12, teller, until=until)
        ups_and_downs(course, teller, until=until, relapse=0.1, pause=0.12)
        refer(course, teller, REFERRERS, longest=60)
        on = workday_from((course.ended_on or until) + timedelta(days=rng.randint(12, 75)))


def fixed_rows() -> dict[str, list[dict[str, str]]]:
    return {
        **code_lists(),
        "municipalities": municipalities("0363; Amsterdam"),
        "units": units("BB; Buurtbanen West"),
        "staff": staff(
            f"{COACH}; Naomi Pinas; coach; BB",
            f"{COLLEAGUE}; Sem Verkerk; coach; BB",
            "loes@buurtbanen.voorbeeld.test; Loes ter Horst; unit_manager; BB",
            "iris@amsterdam.voorbeeld.test; Iris van Dijk; municipal_officer; ; 0363",
        ),
        "hosts": hosts(*(f"{code}; {name}" for code, name in HOSTS.items())),
        "programmes": programmes("BUURT; Buurtbaan; BB; neighbourhood_job; work; other; ; 104; 4; 29"),
        "agreements": agreements(
            "BBW-A; 0363; BUURT; 2020-01-01; 2023-12-31; Subsidieregeling Buurtbanen 1; 8; 38000.00; 5",
            "BBW-B; 0363; BUURT; 2024-01-01; ; Subsidieregeling Buurtbanen 2; 8; 41000.00; 5",
        ),
        "targets": targets("BBW-A; paid_work; 8", "BBW-A; participants; 16"),
    }
