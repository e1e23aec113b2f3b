"""Passwords that a guesser tries first are refused: common ones, local words, and those with a year or a mark behind.

What is left when the known words, years and rows of keys are taken out must be long enough. No network is asked.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisations.models import Organisation, StaffMember, Unit

OWN_WORDS = Path(__file__).with_name("known_words.txt")
# Four known words that do not belong together are enough, or one word and three letters that are none.
ENOUGH = 4.0
# What only comes again is never long enough.
MOST_OF_REPEATED = 3.0
SHORTEST_WORD, LONGEST_WORD = 3, 24
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "abcdefghijklmnopqrstuvwxyz", "qazwsxedcrfvtgbyhnujmikolp")
LOOKS_LIKE = str.maketrans("0134578@$€!|", "oieastbaseil")
_WORD = re.compile(r"[a-z]{4,}")


class GuessableValidator:
    """Refuses a password of which too little is left when what everybody knows is taken out."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when ``password`` is guessed too soon."""
        if weight(password, words_about(user)) < ENOUGH:
            raise ValidationError(
                _(
                    "This password is guessed too soon: it is made of words, names or years that many people use."
                    " Take three or four words that do not belong together."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("Not a common word, name of a place or season with a year behind it.")


def weight(password: str, about: frozenset[str] = frozenset()) -> float:
    """Return how much guessing a password takes, roughly: 1 for a known word or an odd letter, less for figures.

    The cheapest way to take it apart counts, and a part that comes again counts once.
    """
    plain = _plain(password)
    once = _once(plain)
    whole = _weigh(plain, about)
    return whole if once == plain else min(whole, _weigh(once, about), MOST_OF_REPEATED)


def words_about(user: object) -> frozenset[str]:
    """Return the words that somebody's own name, address and this installation's organisations are made of."""
    names: list[str] = [
        *Organisation.objects.values_list("name", flat=True),
        *Unit.objects.values_list("name", flat=True),
    ]
    if isinstance(user, StaffMember):
        names += [user.name, user.email]
    return frozenset(word for name in names for word in _words_of(name))


def _words_of(name: str) -> Iterable[str]:
    plain = _plain(name)
    yield from _WORD.findall(plain)
    yield re.sub(r"[^a-z]", "", plain)[:LONGEST_WORD]


@cache
def local_words() -> frozenset[str]:
    """Return the words of our own list: the work, the seasons, the names and places of this country."""
    lines = OWN_WORDS.read_text().splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())


@cache
def common_words() -> frozenset[str]:
    """Return the common passwords that Django brings, with and without the figures behind them."""
    words = set(CommonPasswordValidator().passwords)
    words |= {re.sub(r"\d+$", "", word) for word in words}
    return frozenset(word for word in words if len(word) >= SHORTEST_WORD and not word.isdigit())


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in apart if not unicodedata.combining(each))


def _once(text: str) -> str:
    """A text that is one part some times over counts as that part."""
    for size in range(1, len(text) // 2 + 1):
        if text == text[:size] * (len(text) // size) + text[: len(text) % size] and len(text) >= 2 * size:
            return text[:size]
    return text


def _weigh(text: str, about: frozenset[str]) -> float:
    """Walk from left to right; at each place the least that the text so far can weigh, and the parts in it."""
    read = text.translate(LOOKS_LIKE)  # sign for sign: a word may be written with figures, beside a year that is one
    best: list[tuple[float, frozenset[str]]] = [(0.0, frozenset())]
    for end in range(1, len(text) + 1):
        ways = [_longer(best[at], {text[at:end], read[at:end]}, about) for at in range(max(0, end - LONGEST_WORD), end)]
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][0]


def _longer(
    before: tuple[float, frozenset[str]], written: set[str], about: frozenset[str]
) -> tuple[float, frozenset[str]]:
    so_far, seen = before
    return so_far + (0.0 if written & seen else min(_part(part, about) for part in written)), seen | written


def _part(part: str, about: frozenset[str]) -> float:
    """What one part weighs: a known word, figures, a row of keys, the same sign again; nothing else is one part."""
    if part.isdigit():
        return min(0.5 * -(-len(part) // 4), 1.5)
    if len(part) == 1:
        return 1.0 if part.isalpha() else 0.25
    if len(set(part)) == 1 or any(part in row or part[::-1] in row for row in ROWS if len(part) >= SHORTEST_WORD):
        return 1.0
    if len(part) < SHORTEST_WORD:
        return float("inf")
    if part in about or part in local_words():
        return 0.5 if len(part) == SHORTEST_WORD else 0.75
    return 1.0 if part in common_words() else float("inf")
