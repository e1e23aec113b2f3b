"""Lucrato: leerwerksetting Groen in Apeldoorn. Three weeks of trial, work in three months, certificates."""

from datetime import date, timedelta
from random import Random

from config.demo.contacts import Way
from config.demo.cut import see_today
from config.demo.days import workday_from
from config.demo.finishing import finish, refer, waiting_room
from config.demo.life import Course, World
from config.demo.people import Register
from config.demo.places import place_people, row_of_slots
from config.demo.rows import agreements, code_lists, hosts, municipalities, programmes, staff, targets, units
from config.demo.steady import arrivals, give_insight, leave, start, ups_and_downs
from config.demo.threads import fail_trial, pass_trial
from config.demo.words.telling import Teller

COACH, COLLEAGUE = "mehtap@lucrato.voorbeeld.test", "harm@lucrato.voorbeeld.test"
HALF_DAYS = ((0, "am"), (0, "pm"), (1, "am"), (1, "pm"), (3, "am"), (3, "pm"), (4, "am"))
WAYS = {"LWG": Way("LWG", 12, {"individual": 55, "three_way": 30, "visit": 15}, HALF_DAYS, 3, ("ladder",))}
ROUTES = {"WERK": 46, "OPL": 14, "VRW": 8, "ZORG": 8, "HULP": 10, "GEM": 9, "GEEN": 5}
REFERRERS = {"gemeente Apeldoorn": 80, "UWV": 12, "zichzelf": 8}
CERTIFICATES = (
    ("VCA basis", 10),
    ("Bosmaaier", 5),
    ("Motorzaag 1", 5),
    ("Veilig werken langs de weg", 3),
    ("Bladblazer en heggenschaar", 0),
    ("Aanhanger (BE)", 0),
)


def make(today: date) -> World:
    """The world of the leerwerksetting Groen as it stands today."""
    teller, rng = Teller(), Random("Leerwerksetting Groen")
    register = Register("LG", 101, benefits="participatiewet|ioaw|wajong", bsn_from=999995000)
    until = today + timedelta(days=30)
    world = World("LUC", "Lucrato", "lucrato", fixed_rows())
    for on in arrivals(
        Random("Leerwerksetting Groen: who comes when"), until, (date(2020, 1, 14), 130), (date(2025, 1, 1), 20)
    ):
        person = register.newcomer(municipality="0200", year=on.year)
        person.step = max(person.step, 2)
        course = start(
            person, "LWG", "LUC-0200", COACH if rng.random() < 0.6 else COLLEAGUE, on, rng.randint(70, 150), 91
        )
        live(course, rng, teller, until)
        if rng.random() < 0.12 and course.ended_on and course.destination != "WERK":
            again = start(
                person,
                "LWG",
                "LUC-0200",
                course.coach,
                course.ended_on + timedelta(days=rng.randint(90, 400)),
                rng.randint(60, 120),
                91,
            )
            live(again, rng, teller, until)
    world.people = list(register.people)
    world.slots += row_of_slots("LWG", 7, starts_on=date(2020, 1, 6), hours=28, hosts=("NOORD", "ZUID", "CENT"))
    place_people(world, shortest=10, gap=5)
    waiting_room(
        world,
        Register("LG", 901),
        teller,
        today=today,
        programme="LWG",
        agreement="LUC-0200",
        town="0200",
        referrers=REFERRERS,
        decisions=(("new", 1), ("new", 6), ("waiting", 15), ("withdrawn", 70)),
    )
    finish(world, WAYS, teller, today=today, aftercare=0.6, colleagues=(COLLEAGUE,))
    see_today(world, COACH, today, 3)
    return world


def live(course: Course, rng: Random, teller: Teller, until: date) -> None:
    """A trial first; who fits stays, learns and mostly finds work."""
    refer(course, teller, REFERRERS, longest=45)
    if rng.random() < 0.14:
        fail_trial(course, 3, teller)
        return
    pass_trial(course, 3, teller)
    leave(course, ROUTES, teller)
    for outcome in course.outcomes:
        if outcome.kind == "paid_work" and rng.random() < 0.5:
            outcome.employer = "Gemeente Apeldoorn, Beheer en Onderhoud"
    give_insight(course, 0.15, teller, until=until)
    ups_and_downs(course, teller, until=until, relapse=0.16, pause=0.06)
    earn_certificates(course, rng)


def earn_certificates(course: Course, rng: Random) -> None:
    for name, years in rng.sample(CERTIFICATES, rng.choice((0, 1, 1, 2, 2, 3))):
        on = workday_from(course.started_on + timedelta(days=rng.randint(28, 85)))
        if course.ended_on and on <= course.ended_on:
            course.certificates.append((name, on, on + timedelta(days=365 * years) if years else None))


def fixed_rows() -> dict[str, list[dict[str, str]]]:
    return {
        **code_lists(),
        "municipalities": municipalities("0200; Apeldoorn"),
        "units": units("GR; Leerwerksetting Groen"),
        "staff": staff(
            f"{COACH}; Mehtap Koç; coach; GR",
            f"{COLLEAGUE}; Harm Wesselink; coach; GR",
            "greet@lucrato.voorbeeld.test; Greet Lubbers; unit_manager; GR",
            "tom@apeldoorn.voorbeeld.test; Tom Hissink; municipal_officer; ; 0200",
        ),
        "hosts": hosts("NOORD; Wijkploeg Noord", "ZUID; Wijkploeg Zuid", "CENT; Ploeg Centrum en grijs"),
        "programmes": programmes("LWG; Leerwerksetting Groen; GR; learn_work; work; participatiewet; 3; 13; 4; 42"),
        "agreements": agreements("LUC-0200; 0200; LWG; 2019-10-01; 2029-12-31; Leerwerksettings; 12; 2900.00; 5"),
        "targets": targets("LUC-0200; paid_work; 30", "LUC-0200; certificates; 75", "LUC-0200; participants; 62"),
    }
