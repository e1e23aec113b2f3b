"""The people in the pictures: invented, with the words that they and their coach would use."""

from datetime import date
from typing import NamedTuple

from trajectories.models import DestinationCategory, OutcomeKind

INSIGHT = OutcomeKind.HELP_QUESTION_INSIGHT


class Somebody(NamedTuple):
    """Who it is. Gender as in the file."""

    given_names: str
    prefix: str
    surname: str
    birth_year: int
    gender: str = "f"


class Past(NamedTuple):
    """A trajectory of last year: who, from when until when, what came of it, and a relapse with its end."""

    who: Somebody
    started_on: date
    ended_on: date | None = None
    outcome: str = ""
    relapse: tuple[date, date] | None = None


JOLANDA = Somebody("Jolanda", "", "Bakker", 1978)
NADIA = Somebody("Nadia", "", "Haddou", 1990)
AYLIN = Somebody("Aylin", "", "Demir", 1994)
PETRA = Somebody("Petra", "van den", "Berg", 1969)
MEI_LIN = Somebody("Mei Lin", "", "Chan", 1983)
KIM = Somebody("Kim", "de", "Graaf", 1999, "x")
WILMA = Somebody("Wilma", "", "Oosterhof", 1966)
HENK = Somebody("Henk", "", "Brouwer", 1972, "m")
ELIF = Somebody("Elif", "", "Yılmaz", 2001)

LAST_YEAR = (
    Past(Somebody("Ali", "", "Rahimi", 1988, "m"), date(2025, 1, 6), date(2025, 5, 2), OutcomeKind.PAID_WORK),
    Past(Somebody("Anneke", "", "Mulder", 1961), date(2025, 1, 13), date(2025, 6, 27), OutcomeKind.VOLUNTEERING),
    Past(Somebody("Bilal", "", "Aydın", 1996, "m"), date(2025, 1, 20), date(2025, 4, 11), OutcomeKind.PAID_WORK),
    Past(Somebody("Carla", "van", "Dam", 1970), date(2024, 11, 4), date(2025, 3, 14), OutcomeKind.CARE),
    Past(Somebody("Dewi", "", "Santoso", 1991), date(2025, 2, 3), date(2025, 7, 4), INSIGHT),
    Past(Somebody("Erik", "", "Postma", 1975, "m"), date(2025, 2, 10), date(2025, 6, 6), OutcomeKind.PAID_WORK),
    Past(Somebody("Fatou", "", "Diallo", 1998), date(2024, 12, 2), date(2025, 4, 25), INSIGHT),
    Past(Somebody("Gerda", "de", "Boer", 1959), date(2025, 2, 17), date(2025, 8, 29), OutcomeKind.VOLUNTEERING),
    Past(Somebody("Hassan", "", "Osman", 1985, "m"), date(2025, 3, 3), date(2025, 8, 15), OutcomeKind.PAID_WORK),
    Past(Somebody("Ilse", "", "Vermeulen", 1979), date(2025, 3, 10), date(2025, 9, 12), OutcomeKind.PAID_WORK),
    Past(Somebody("Jamal", "", "Idris", 2000, "m"), date(2025, 4, 7), date(2025, 9, 26), OutcomeKind.EDUCATION),
    Past(Somebody("Karin", "ter", "Horst", 1967), date(2025, 4, 14), date(2025, 10, 3), INSIGHT),
    Past(Somebody("Lucia", "", "Martina", 1993), date(2025, 5, 12), date(2025, 10, 31), OutcomeKind.PAID_WORK),
    Past(Somebody("Mohamed", "", "Benali", 1981, "m"), date(2025, 5, 19), date(2025, 11, 7), OutcomeKind.CARE),
    Past(
        Somebody("Nienke", "", "Hoekstra", 1974),
        date(2025, 6, 2),
        date(2025, 11, 28),
        INSIGHT,
    ),
    Past(
        Somebody("Olga", "", "Kovalenko", 1989),
        date(2025, 6, 16),
        date(2025, 12, 12),
        OutcomeKind.PAID_WORK,
        (date(2025, 8, 4), date(2025, 8, 18)),
    ),
    Past(
        Somebody("Patrick", "", "Jansen", 1968, "m"),
        date(2025, 7, 7),
        date(2026, 1, 23),
        OutcomeKind.PAID_WORK,
        (date(2025, 9, 1), date(2025, 10, 20)),
    ),
    Past(Somebody("Rachida", "", "El Khatib", 1986), date(2025, 8, 25), date(2026, 2, 6), OutcomeKind.VOLUNTEERING),
    Past(Somebody("Sandra", "", "Visser", 1977), date(2025, 9, 8), None, "", (date(2026, 1, 12), date(2026, 2, 2))),
    Past(Somebody("Tomasz", "", "Nowak", 1992, "m"), date(2025, 9, 22)),
    Past(Somebody("Ursula", "", "Prins", 1964), date(2025, 10, 13), None, "", (date(2025, 12, 1), date(2025, 12, 22))),
    Past(Somebody("Victor", "", "Lopes", 1984, "m"), date(2025, 11, 3)),
    Past(Somebody("Wendy", "", "Smit", 1995), date(2025, 11, 17)),
    Past(Somebody("Yusuf", "", "Kaya", 1980, "m"), date(2025, 12, 8)),
)

DESTINATIONS = {
    OutcomeKind.PAID_WORK: ("Betaald werk", DestinationCategory.PAID_WORK),
    OutcomeKind.VOLUNTEERING: ("Vrijwilligerswerk", DestinationCategory.VOLUNTEERING),
    OutcomeKind.EDUCATION: ("Opleiding", DestinationCategory.EDUCATION),
    OutcomeKind.CARE: ("Zorg of behandeling", DestinationCategory.CARE),
    INSIGHT: ("Schuldhulp via de gemeente", DestinationCategory.OTHER_HELP),
}
