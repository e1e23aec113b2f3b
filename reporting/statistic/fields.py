"""The nineteen kenmerken of the statistic with their formats and codes, as data with a date.

A later text of the regulation is another table here; the code that reads them does not change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.periods import Period


class Form(StrEnum):
    """How a value is written (bijlage 2 of the regulation, the notation)."""

    DIGITS = "digits"  # [1234]: exactly so many digits
    CODE = "code"  # one of a closed list
    TEXT = "text"  # (abcde): one position at least, so many at most
    FREE = "free"  # (geen maximum): free text without diacritics
    DAY = "day"  # [jjjjmmdd]


@dataclass(frozen=True)
class Field:
    """One kenmerk. ``name`` is ours, made of the Dutch label; it is no name of the official file.

    ``always`` says that we never leave it out. The regulation itself does not say which may be absent.
    """

    number: int
    name: str
    label: str
    form: Form
    length: int | None = None
    codes: tuple[str, ...] = ()
    always: bool = False

    def holds(self, value: str) -> bool:
        """Whether ``value`` is written as this kenmerk demands. Empty stands for: not in the file."""
        if not value:
            return not self.always
        match self.form:
            case Form.DIGITS:
                return re.fullmatch(rf"[0-9]{{{self.length}}}", value) is not None
            case Form.CODE:
                return value in self.codes
            case Form.TEXT:
                return len(value) <= (self.length or 0) and is_plain(value)
            case Form.FREE:
                return is_plain(value)
            case Form.DAY:
                return is_day(value)


def is_plain(text: str) -> bool:
    """Whether a text is written in plain letters and signs: no diacritics, one line."""
    return text.isascii() and text.isprintable()


def is_day(text: str) -> bool:
    """Whether eight digits are a day of the calendar."""
    if re.fullmatch(r"[0-9]{8}", text) is None:
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


SOFTWARE = ("sam", "com", "ebb", "eva", "moz", "rmw", "ssd", "wst", "xws", "afs", "cmu", "and")
GENDERS = ("1", "2", "3")
CAPACITIES = ("10", "11", "20", "30", "40")
AIMS = ("1", "2")
KINDS = (
    "10", "11", "12", "20", "21", "22", "23", "29", "30", "31", "40", "42", "43", "49", "50", "59", "60", "98",
)  # fmt: skip
END_REASONS = ("1", "2")
STATISTIC_CODE = "10"
OTHER_SOFTWARE = "and"


@dataclass(frozen=True)
class FieldTable:
    """The kenmerken of one text of the regulation.

    Attributes:
        valid_from: the first month that it holds for.
        verified_until: the last day up to which the text was compared, field by field.
        compare_first: the text that must be compared before a later month can be trusted.
    """

    valid_from: date
    verified_until: date
    text: str
    compare_first: str
    fields: tuple[Field, ...]

    def is_verified_for(self, month: Period) -> bool:
        return month.end <= self.verified_until

    def faults(self, line: dict[str, str]) -> Iterator[Field]:
        """The kenmerken of a line that are not written as the table demands."""
        return (field for field in self.fields if not field.holds(line.get(field.name, "")))


REGULATION = "Regeling statistiek Participatiewet, IOAW en IOAZ 2015 (BWBR0031830), bijlage 2"

D, C = Form.DIGITS, Form.CODE
FIELDS_2025 = (
    Field(1, "statistiekjaar", "STATISTIEKJAAR", D, 4, always=True),
    Field(2, "statistiekmaand", "STATISTIEKMAAND", C, 2, tuple(f"{month:02}" for month in range(1, 13)), always=True),
    Field(3, "statistiekcode", "STATISTIEKCODE", C, 2, (STATISTIC_CODE,), always=True),
    Field(4, "softwarepakket", "NAAM SOFTWAREPAKKET", C, 3, SOFTWARE, always=True),
    Field(5, "versie_softwarepakket", "RELEASE-/VERSIENUMMER SOFTWAREPAKKET", Form.TEXT, 12, always=True),
    Field(6, "gemeentecode", "GEMEENTECODE", D, 4, always=True),
    Field(7, "berichtgevercode", "BERICHTGEVERCODE", D, 4, always=True),
    Field(8, "burgerservicenummer", "BURGERSERVICENUMMER", D, 9, always=True),
    Field(9, "geboortedatum", "GEBOORTEDATUM", Form.DAY, 8),
    Field(10, "geslacht", "GESLACHT", C, 1, GENDERS, always=True),
    Field(11, "arbeidsvermogen", "ARBEIDSVERMOGEN", C, 2, CAPACITIES, always=True),
    Field(12, "doel_inzet_voorzieningen", "DOEL INZET VOORZIENINGEN", C, 1, AIMS),
    Field(13, "registratienummer_voorziening", "REGISTRATIENUMMER VOORZIENING", Form.TEXT, 15, always=True),
    Field(14, "type_voorziening", "TYPE VOORZIENING", C, 2, KINDS, always=True),
    Field(15, "omschrijving_type_voorziening", "OMSCHRIJVING TYPE VOORZIENING", Form.FREE),
    Field(16, "begindatum_voorziening", "BEGINDATUM VOORZIENING", Form.DAY, 8, always=True),
    Field(17, "einddatum_voorziening", "EINDDATUM VOORZIENING", Form.DAY, 8),
    Field(18, "loonwaarde", "LOONWAARDE", D, 3),
    Field(19, "reden_beeindiging", "REDEN BEËINDIGING", C, 1, END_REASONS),
)

TABLES = (
    FieldTable(
        valid_from=date(2025, 1, 1),
        verified_until=date(2025, 12, 31),
        text="2025-01-01",
        compare_first="2026-01-01",
        fields=FIELDS_2025,
    ),
)


def table_for(month: Period) -> FieldTable | None:
    """Return the newest table that holds for a month; None for a month before the first: that one is not exported."""
    holding = [table for table in TABLES if table.valid_from <= month.start]
    return max(holding, key=lambda table: table.valid_from) if holding else None
