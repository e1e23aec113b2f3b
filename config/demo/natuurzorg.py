"""Natuurzorg Veluwe-Vallei: work in the wood and on the heath, on the ground of the Wmo, without an end date."""

from datetime import date, timedelta
from random import Random

from config.demo.contacts import Way
from config.demo.cut import see_today
from config.demo.finishing import finish, refer, waiting_room
from config.demo.life import World
from config.demo.people import Register
from config.demo.places import place_people, row_of_slots
from config.demo.results import add_outcome
from config.demo.rows import agreements, code_lists, hosts, municipalities, programmes, staff, units
from config.demo.steady import arrivals, give_insight, leave, start, ups_and_downs
from config.demo.words.telling import Teller

COACH, COLLEAGUE = "geke@natuurzorg.voorbeeld.test", "arend@natuurzorg.voorbeeld.test"
WAYS = {
    "NAT": Way("NAT", 42, {"individual": 45, "group": 35, "visit": 20}, ((1, "am"), (1, "pm"), (2, "am"), (4, "am")))
}
ROUTES = {"DAG": 24, "VRW": 30, "ZORG": 20, "WERK": 8, "VERH": 8, "GEEN": 10}
REFERRERS = {"Wmo-loket": 60, "ggz": 22, "zichzelf": 12, "huisarts": 6}
TOWNS = {"0228": "NVV-0228", "0203": "NVV-0203"}


def make(today: date) -> World:
    """The world of Natuurzorg as it stands today."""
    teller, rng = Teller(), Random("Natuurzorg")
    register = Register("NZ", 101, benefits="wia|participatiewet|wajong|none")
    until = today + timedelta(days=30)
    world = World("NVV", "Natuurzorg Veluwe-Vallei", "natuurzorg", fixed_rows())
    for on in arrivals(Random("Natuurzorg: who comes when"), until, (date(2020, 1, 7), 100)):
        town = "0228" if rng.random() < 0.6 else "0203"
        person = register.newcomer(municipality=town, year=on.year)
        course = start(
            person,
            "NAT",
            TOWNS[town],
            COACH if rng.random() < 0.6 else COLLEAGUE,
            on,
            rng.randint(300, 1300) if rng.random() < 0.6 else None,
            None,
        )
        leave(course, ROUTES, teller)
        give_insight(course, 0.2, teller, until=until)
        for _ in range(2):
            ups_and_downs(course, teller, until=until, relapse=0.2, pause=0.22)
        if rng.random() < 0.5:
            add_outcome(
                course,
                rng.choice(("buddy", "other", "volunteering")),
                course.started_on + timedelta(days=rng.randint(120, 290)),
                teller,
            )
        refer(course, teller, REFERRERS, longest=80)
    world.people = list(register.people)
    world.slots += row_of_slots("NAT", 14, starts_on=date(2020, 1, 6), hours=12, hosts=("HEIDE", "BOS"))
    place_people(world, shortest=30, gap=12)
    waiting_room(
        world,
        Register("NZ", 901),
        teller,
        today=today,
        programme="NAT",
        agreement="NVV-0228",
        town="0228",
        referrers=REFERRERS,
        decisions=(("waiting", 33), ("waiting", 20), ("declined", 110)),
    )
    finish(world, WAYS, teller, today=today, aftercare=0.4, colleagues=(COLLEAGUE,))
    see_today(world, COACH, today, 3)
    return world


def fixed_rows() -> dict[str, list[dict[str, str]]]:
    return {
        **code_lists(),
        "municipalities": municipalities("0228; Ede", "0203; Barneveld"),
        "units": units("NZ; Natuurzorg"),
        "staff": staff(
            f"{COACH}; Geke van Ommen; coach; NZ",
            f"{COLLEAGUE}; Arend Plomp; coach; NZ",
            "bram@natuurzorg.voorbeeld.test; Bram Huisman; unit_manager; NZ",
            "ria@ede.voorbeeld.test; Ria Bosch; municipal_officer; ; 0228",
            "wouter@barneveld.voorbeeld.test; Wouter Schut; municipal_officer; ; 0203",
        ),
        "hosts": hosts("HEIDE; Ploeg Ginkelse Heide", "BOS; Ploeg Edese Bos"),
        "programmes": programmes("NAT; Natuurzorg, werk in bos en heide; NZ; nature_work; participation; wmo; ; ; 3;"),
        "agreements": agreements(
            "NVV-0228; 0228; NAT; 2019-10-01; ; Wmo dagbesteding; 12; ; 5",
            "NVV-0203; 0203; NAT; 2019-10-01; ; Wmo dagbesteding; 8; ; 5",
        ),
    }
