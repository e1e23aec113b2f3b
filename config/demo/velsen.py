"""Welzijn Velsen: Pak je Kans. Guidance and day activities side by side; people may come by themselves."""

from datetime import date, timedelta
from random import Random

from config.demo.contacts import Way
from config.demo.cut import see_today
from config.demo.finishing import finish, refer, waiting_room
from config.demo.life import Course, World
from config.demo.people import Register
from config.demo.rows import agreements, code_lists, municipalities, programmes, staff, targets, units
from config.demo.steady import arrivals, give_insight, leave, start, ups_and_downs
from config.demo.words.telling import Teller

COACH, COLLEAGUE = "dorien@welzijnvelsen.voorbeeld.test", "amir@welzijnvelsen.voorbeeld.test"
MEASURES = ("ladder", "djg6", "who5")
WAYS = {
    "PJK-T": Way("PJK-T", 16, {"individual": 55, "visit": 30, "phone": 15}, measures=MEASURES),
    "PJK-D": Way("PJK-D", 48, {"group": 60, "individual": 40}, ((0, "pm"), (2, "am"), (3, "pm")), measures=MEASURES),
}
ROUTES = {"VRW": 36, "HULP": 16, "DAG": 14, "ZORG": 12, "OPL": 7, "WERK": 6, "GEEN": 6, "VERH": 3}
REFERRERS = {"consulent Participatie Velsen": 40, "zichzelf": 34, "UWV": 8, "huisarts": 8, "zorgorganisatie": 10}


def make(today: date) -> World:
    """The world of Pak je Kans as it stands today."""
    teller, rng = Teller(), Random("Pak je Kans")
    register = Register("PJ", 101)
    until = today + timedelta(days=30)
    world = World("WVE", "Welzijn Velsen", "velsen", fixed_rows())
    for on in arrivals(Random("Pak je Kans: who comes when"), until, (date(2020, 1, 16), 110), (date(2025, 1, 1), 40)):
        person = register.newcomer(municipality="0453", year=on.year)
        person.step, person.mood = rng.choice((1, 1, 2)), min(person.mood, 8)
        which = rng.choices(("both", "guidance", "activities"), (62, 24, 14))[0]
        if which != "activities":
            live(start(person, "PJK-T", "WVE-0453", COACH, on, rng.randint(140, 340), 270), teller, until)
        if which != "guidance":
            begin = on + timedelta(days=rng.randint(21, 75) if which == "both" else 0)
            live(start(person, "PJK-D", "WVE-0453", COLLEAGUE, begin, rng.randint(150, 520), 365), teller, until)
    world.people = list(register.people)
    waiting_room(
        world,
        Register("PJ", 901),
        teller,
        today=today,
        programme="PJK-T",
        agreement="WVE-0453",
        town="0453",
        referrers=REFERRERS,
        decisions=(("new", 1), ("waiting", 9), ("declined", 130)),
    )
    finish(world, WAYS, teller, today=today, aftercare=0.5, colleagues=())
    see_today(world, COACH, today, 3)
    return world


def live(course: Course, teller: Teller, until: date) -> None:
    leave(course, ROUTES, teller)
    give_insight(course, 0.3 if course.programme == "PJK-T" else 0.1, teller, until=until)
    ups_and_downs(course, teller, until=until, relapse=0.14, pause=0.1)
    refer(course, teller, REFERRERS, longest=50)


def fixed_rows() -> dict[str, list[dict[str, str]]]:
    return {
        **code_lists(),
        "municipalities": municipalities("0453; Velsen"),
        "units": units("PK; Pak je Kans"),
        "staff": staff(
            f"{COACH}; Dorien Goede; coach; PK",
            f"{COLLEAGUE}; Amir Naderi; coach; PK",
            "henny@welzijnvelsen.voorbeeld.test; Henny Plantinga; unit_manager; PK",
            "els@velsen.voorbeeld.test; Els Zwaan; municipal_officer; ; 0453",
        ),
        "programmes": programmes(
            "PJK-T; Pak je Kans Trajectbegeleiding; PK; guidance; participation; participatiewet; ; 39; 1; 40",
            "PJK-D; Pak je Kans Dagactiviteiten; PK; day_activity; participation; participatiewet; ; 52; 2; 49",
        ),
        "agreements": agreements("WVE-0453; 0453; PJK-T|PJK-D; 2019-10-01; ; Pak je Kans!; 25; 1900.00; 5"),
        "targets": targets("WVE-0453; participants; 50", "WVE-0453; other_route; 30"),
    }
