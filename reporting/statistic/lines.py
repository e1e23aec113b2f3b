"""One line of the statistic: the nineteen kenmerken of one provision, written as the field table demands."""

import unicodedata
from datetime import date

from foundation.release import VERSION
from reporting.models import LaterEnds
from reporting.statistic.fields import OTHER_SOFTWARE, STATISTIC_CODE
from reporting.statistic.selection import Month, Ran, Somebody
from trajectories.models import WorkCapacity

Line = dict[str, str]

GENDERS = {"m": "1", "f": "2"}
GENDER_OTHER_OR_UNKNOWN = "3"

# Letters and signs that do not fall apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE",
        "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "‘": "'", "’": "'", "“": '"', "”": '"',
        "„": '"', "–": "-", "—": "-", "…": "...", "€": "EUR", "·": "-", "•": "-",
    }
)  # fmt: skip


def without_diacritics(text: str) -> str:
    """Return a text on one line without diacritics: "Coördinatie – café" becomes "Coordinatie - cafe".

    Letters of another script stay as they are; the check of formats then says so.
    """
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.split())


def compact(day: date | None) -> str:
    """A day as the statistic writes it: 20261031."""
    return f"{day:%Y%m%d}" if day else ""


def end_of(ran: Ran, month: Month) -> date | None:
    """The end that is delivered: one after the month only where the municipality wants it sent."""
    if ran.ends_on and ran.ends_on > month.period.end and month.choices.later_ends == LaterEnds.LEAVE_OUT:
        return None
    return ran.ends_on


def line_of(ran: Ran, month: Month) -> Line:
    """Return the nineteen values of one provision by name of kenmerk; empty is: not in the file."""
    return {**header_of(month), **_person(ran), **_provision(ran, month)}


def header_of(month: Month) -> Line:
    """The kenmerken of the delivery, the same on every line."""
    return {
        "statistiekjaar": f"{month.period.start.year:04}",
        "statistiekmaand": f"{month.period.start.month:02}",
        "statistiekcode": STATISTIC_CODE,
        "softwarepakket": OTHER_SOFTWARE,
        "versie_softwarepakket": VERSION,
        "gemeentecode": month.municipality_code.zfill(4),
        "berichtgevercode": month.choices.reporter_code,
    }


def _person(ran: Ran) -> Line:
    person = ran.person
    return {
        "burgerservicenummer": person.bsn.zfill(9) if person.bsn and ran.has_bsn_ground else "",
        "geboortedatum": _birth(person),
        "geslacht": GENDERS.get(person.gender, GENDER_OTHER_OR_UNKNOWN),
        "arbeidsvermogen": person.capacity or WorkCapacity.UNKNOWN.value,
        "doel_inzet_voorzieningen": person.aim,
    }


def _birth(person: Somebody) -> str:
    """The whole date, or nothing: how to send one that is known in part is not public."""
    if not (person.birth_year and person.birth_month and person.birth_day):
        return ""
    return f"{person.birth_year:04}{person.birth_month:02}{person.birth_day:02}"


def _provision(ran: Ran, month: Month) -> Line:
    ends_on = end_of(ran, month)
    return {
        "registratienummer_voorziening": ran.registration,
        "type_voorziening": ran.kind,
        "omschrijving_type_voorziening": without_diacritics(ran.description),
        "begindatum_voorziening": compact(ran.starts_on),
        "einddatum_voorziening": compact(ends_on),
        "loonwaarde": f"{ran.wage_value:03}" if ran.wage_value is not None else "",
        "reden_beeindiging": ran.end_reason if ends_on or not ran.ends_on else "",
    }
