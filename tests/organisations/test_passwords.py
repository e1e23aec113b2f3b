"""Passwords that a guesser tries first are refused, and those that people should choose are not."""

import os
import random
import string
import sys
from typing import Any

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from organisations.passwords import ENOUGH, common_words, local_words, weight
from tests import factories as make

# The long form tries some hundred thousand: DRAAD_LONG=1.
TRIED = 40_000 if os.environ.get("DRAAD_LONG") else 400
WEAK = (
    "Amersfoort2026! Welkom2026!! Zomer2026Zomer2026 W@chtw00rd2026! P@ssw0rd1234 Draad-Draad-2026 gemeenteleusden01"
    " aaaaaaaaaaaa 123456789012 9482663104728856 qwertyuiop12 asdfghjklzxc Nijmegen-Arnhem-2025 19850312jansen"
    " vrijdag13februari2026 DeelnemerTraject1 Geheim!Geheim!"
).split()
FINE = ("nieuw-en-lang-genoeg", "correct horse battery staple", "x7Kp2mQ9vL4t", "kopje maanlicht rietveld")


@pytest.mark.parametrize("password", WEAK)
def test_what_many_people_choose_is_too_weak(password: str) -> None:
    assert weight(password) < ENOUGH


@pytest.mark.parametrize("password", FINE)
def test_what_nobody_guesses_is_enough(password: str) -> None:
    assert weight(password) >= ENOUGH


@pytest.mark.django_db
def test_names_of_here_and_of_oneself_count_as_known() -> None:
    unit = make.UnitFactory(name="Klaverblad", provider=make.ProviderFactory(name="Zonnehoeve Breukelerwaard"))
    member = make.StaffMemberFactory(name="Quirijn Oudshoorn", email="quirijn@voorbeeld.test", coach=unit)
    for password in ("Klaverblad2026", "Breukelerwaard!1", "Oudshoorn2026!"):
        with pytest.raises(ValidationError, match=r"guess|geraden"):
            validate_password(password, member)
    validate_password("schapenwol en vuurtoren", member)


def test_thousands_of_likely_ones_are_refused_and_random_ones_are_not(capsys: Any) -> None:
    """Of the common passwords all that are long enough; a word with a year, a place, a mark; random ones pass."""
    chance = random.Random(20261122)
    words = [each for each in sorted(local_words() | common_words()) if each.isascii() and each.isalpha()]
    common = [each for each in CommonPasswordValidator().passwords if len(each) >= 12]
    likely = [each for each in (_likely(chance, words) for _ in range(TRIED)) if len(each) >= 12]
    letters = string.ascii_letters + string.digits
    drawn = ["".join(chance.choice(letters) for _ in range(12)) for _ in range(TRIED // 4)]
    accepted = [each for each in [*common, *likely] if weight(each) >= ENOUGH]
    refused = [each for each in drawn if weight(each) < ENOUGH]
    with capsys.disabled():
        tried = f"{len(common) + len(likely)} likely passwords, accepted {len(accepted)}"
        sys.stdout.write(f"\nT10: {tried}; {len(drawn)} random ones, refused {len(refused)}\n")
    assert (accepted, refused) == ([], [])


def _likely(chance: random.Random, words: list[str]) -> str:
    """A word or two, perhaps with figures for letters, with a year or a number and a mark."""
    word = chance.choice(words)
    written = chance.choice([word, word.capitalize(), word.upper(), word.replace("o", "0").replace("a", "@")])
    second = chance.choice(["", "", chance.choice(words).capitalize()])
    behind = chance.choice(["2024", "2025", "2026", "123", "01", "1234567", "12345678"])
    return written + second + behind + chance.choice(["", "!", "!!", "#"])
