"""Samira el Amrani came back: last year insight into her money, now a relapse picked up after nine days."""

from datetime import date, timedelta

from config.demo.amfors_hand import FATIMA, FITS, ago, born, by_hand, running, soon, worked
from config.demo.days import workday_from, workday_until
from config.demo.life import Assessment, Course, Event, Outcome, Person, enrol
from config.demo.people import Register

SESSIONS = (
    (
        46,
        "individual",
        60,
        "attended",
        "Eerste gesprek. Samira kende het hier nog en was toch zenuwachtig. We kozen drie vaste dagen.",
        "Rooster meegeven en de buslijn opzoeken.",
    ),
    (
        41,
        "individual",
        45,
        "attended",
        "Samira vertelde wat er veranderd is in het jaar dat ze weg was. De schuldhulp loopt. Haar hoofd is rustiger.",
        "Twee doelen kiezen.",
    ),
    (
        35,
        "individual",
        45,
        "attended",
        "Twee doelen gemaakt: op tijd zijn en mijn post snappen. Samira schreef ze zelf op.",
        "Map kopen voor de brieven.",
    ),
    (
        32,
        "individual",
        30,
        "attended",
        "De ladder samen ingevuld. Samira zag zelf dat ze een trede hoger staat dan vorig jaar.",
        "",
    ),
    (
        26,
        "three_way",
        45,
        "attended",
        "Gesprek met Samira en Tineke. De proef is gehaald. Samira naait nu tassen en leert dat aan een ander.",
        "Met Tineke kijken naar een vierde ochtend.",
    ),
    (
        21,
        "individual",
        45,
        "attended",
        "De map is er. We openden de post van twee weken. Eén brief gaat over leefgeld: die is voor de bewindvoerder.",
        "Bewindvoerder bellen.",
    ),
    (18, "individual", 30, "absent_no_notice", "Niet gekomen. Ik heb gebeld en een bericht gestuurd.", ""),
    (14, "individual", 45, "absent_notice", "Zoon ziek. Ik bel deze week nog.", ""),
    (12, "phone", 10, "attended", "Haar zoon is beter. Ze wil weer komen. Afgesproken: ik wacht bij de deur.", ""),
    (
        7,
        "individual",
        45,
        "attended",
        "Samira is weer begonnen, eerst drie ochtenden. Ze vond het spannend en is blij dat ze er is. "
        "Busabonnement is geregeld.",
        "Samen bellen met de bewindvoerder. Samira neemt de laatste brief mee.",
    ),
)


def samira(register: Register, agreement: str, today: date) -> Person:
    """Make Samira as she stands today: two trajectories of the AE-team dames."""
    person = register.known(
        "Samira", "el Amrani", born=born(today, 34), gender="f", municipality="0307", reference="AE-2041"
    )
    first = first_time(person, agreement, today)
    course = running(person, agreement, ago(today, 46), "Ik wil een vast ritme, en mijn post snappen.")
    course.referrer = "Omar Idrissi, gemeente Amersfoort"
    course.events = [
        Event(ago(today, 26), "trial_passed", "Samira, Noor en Tineke vinden alle drie dat het team past."),
        Event(ago(today, 17), "relapse", "Zoon ziek en veel post. Afspraak: Noor belt deze week."),
        Event(ago(today, 8), "resumed", "Na 9 dagen. Samira begint met drie ochtenden in de week."),
    ]
    course.sessions = [
        by_hand(worked(today, days), minutes, kind, attendance, note, plan)
        for days, kind, minutes, attendance, note, plan in SESSIONS
    ]
    course.sessions += [by_hand(today, 45, "individual"), by_hand(soon(today, 7), 45, "individual")]
    person.assessments = [
        Assessment("ladder", workday_from(first.started_on + timedelta(days=21)), "intake", {"step": "2"}, first),
        Assessment("ladder", worked(today, 32), "intake", {"step": "3"}, course),
    ]
    return person


def first_time(person: Person, agreement: str, today: date) -> Course:
    """The trajectory of last year, which showed what help was needed first."""
    start, end = workday_from(ago(today, 659)), workday_until(ago(today, 494))
    course = enrol(person, Course(person, "AE-D", agreement, FATIMA, start, end, start + timedelta(days=180)))
    course.is_made_by_hand = True
    course.referred_on, course.referrer = workday_until(ago(start, 9)), "zichzelf"
    course.question = "Ik wil werk vinden, zodat ik minder zorgen heb."
    course.end_reason, course.destination = "DOEL", "HULP"
    course.events = [
        Event(workday_from(start + timedelta(days=19)), "trial_passed", FITS),
        Event(workday_from(ago(today, 452)), "aftercare_reached", "De schuldhulp loopt. Samira is opgelucht."),
    ]
    insight = "De vraag was werk vinden. Het bleek eerst om rust in geldzaken te gaan. Schuldhulp is gestart."
    course.outcomes = [
        Outcome(worked(end, 7), "help_question_insight", insight),
        Outcome(end, "debt_help", "Schuldhulp via de gemeente."),
    ]
    certified = workday_from(ago(today, 535))
    course.certificates = [("Veilig werken", certified, certified + timedelta(days=3652))]
    hello = "Kennisgemaakt. Samira meldde zichzelf aan en wil graag snel werken."
    turn = "Samira zei het zelf: eerst rust in geldzaken, dan werk. We meldden haar samen aan voor schuldhulp."
    goodbye = "Afgesloten. Samira weet dat ze terug kan komen."
    course.sessions = [
        by_hand(start, 60, "individual", "attended", hello, "Kijken wat er nu op haar pad ligt.", FATIMA),
        by_hand(worked(end, 7), 60, "individual", "attended", turn, "", FATIMA),
        by_hand(end, 45, "individual", "attended", goodbye, "", FATIMA),
    ]
    return course
