"""Makes invented people: a name that fits, an age, a benefit, sometimes a test BSN."""

from collections.abc import Iterable, Iterator
from random import Random

from config.demo.life import Person
from config.demo.names import BACKGROUNDS, split_prefix

AGES = ((19, 26, 12), (27, 34, 20), (35, 44, 29), (45, 54, 25), (55, 63, 14))
STATUS_HOLDER_BACKGROUNDS = (3, 4, 7)


class Register:
    """The people of one provider, numbered in the order in which they came."""

    def __init__(
        self,
        code: str,
        first_number: int,
        *,
        benefits: str = "participatiewet",
        bsn_from: int | None = None,
        taken: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.code = code
        self.people: list[Person] = []
        self._number = first_number
        self._names = set(taken)
        self._benefits = benefits.split("|")
        self._bsn = unissued_bsns(bsn_from) if bsn_from else None

    def newcomer(self, *, municipality: str, year: int, gender: str = "") -> Person:
        """Register somebody who comes in ``year``."""
        reference = f"{self.code}-{self._number}"
        self._number += 1
        rng = Random(reference)
        gender = gender or rng.choices("fmx", (49, 50, 1))[0]
        given, surname, background = self._fresh_name(rng, gender)
        prefix, surname = split_prefix(surname)
        person = Person(
            reference,
            given,
            prefix,
            surname,
            birth_date(rng, year, background),
            gender,
            municipality,
            self._benefit(rng),
            rng,
            bsn=next(self._bsn) if self._bsn and rng.random() < 0.99 else "",
            flags=target_groups(rng, background),
            step=rng.choices((1, 2, 3), (25, 50, 25))[0],
            mood=rng.randint(6, 12),
        )
        self.people.append(person)
        return person

    def known(
        self, given: str, surname: str, *, born: str, gender: str, municipality: str, reference: str = ""
    ) -> Person:
        """Register somebody by hand: for the few people the screens open with."""
        if not reference:
            reference = f"{self.code}-{self._number}"
            self._number += 1
        prefix, last_name = split_prefix(surname)
        person = Person(
            reference, given, prefix, last_name, born, gender, municipality, "participatiewet", Random(reference)
        )
        self.people.append(person)
        return person

    def _benefit(self, rng: Random) -> str:
        return self._benefits[0] if rng.random() < 0.8 else rng.choice(self._benefits)

    def _fresh_name(self, rng: Random, gender: str) -> tuple[str, str, int]:
        for _ in range(200):
            background = rng.choices(range(len(BACKGROUNDS)), [b.weight for b in BACKGROUNDS])[0]
            chosen = BACKGROUNDS[background]
            given = rng.choice(
                (chosen.women if gender == "f" or (gender == "x" and rng.random() < 0.5) else chosen.men).split("|")
            )
            surname = rng.choice(chosen.surnames.split("|"))
            if gender == "f" and surname.endswith("ski"):
                surname = f"{surname[:-1]}a"
            if (given, surname) not in self._names:
                self._names.add((given, surname))
                return given, surname, background
        raise ValueError("The lists hold too few names for this many people.")


def birth_date(rng: Random, year: int, background: int) -> str:
    """A birth date; partly unknown for some who came from where days are not written down."""
    youngest, oldest, _ = rng.choices(AGES, [weight for *_, weight in AGES])[0]
    born = year - rng.randint(youngest, oldest)
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    if background in STATUS_HOLDER_BACKGROUNDS and rng.random() < 0.12:
        return f"{born}-00-00" if rng.random() < 0.6 else f"{born}-{month:02}-00"
    return f"{born}-{month:02}-{day:02}"


def target_groups(rng: Random, background: int) -> str:
    flags = []
    if rng.random() < 0.18:
        flags.append("doelgroepregister")
    if background in STATUS_HOLDER_BACKGROUNDS and rng.random() < 0.7:
        flags.append("statushouder")
    return "|".join(flags)


def unissued_bsns(first: int) -> Iterator[str]:
    """Numbers that pass the eleven-test in the range that is never given out (99999....)."""
    number = first
    while True:
        digits = [int(d) for d in str(number)]
        total = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
        if total % 11 == 0:
            yield str(number)
        number += 1
