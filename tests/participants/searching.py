"""Planted words looked for in bytes, in every spelling that a machine might give them."""

import base64
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from django.apps import apps

from foundation.encryption import SealedTextField, Unreadable
from tests.participants.planting import Planted

DIGITS = 4
"""How many come after the mark in each planted word."""


def spellings(word: str) -> list[bytes]:
    """How a word may stand in bytes: as text, in two bytes each, in hex, in base64 wherever it begins, escaped."""
    plain = word.encode()
    found = [plain, word.lower().encode(), word.upper().encode()]
    found += [word.encode("utf-16-le"), word.encode("utf-16-be"), quote_plus(word).encode()]
    found += [plain.hex().encode(), plain.hex().upper().encode()]
    found += ["".join(f"\\u{ord(sign):04x}" for sign in word).encode(), "".join(f"%{n:02X}" for n in plain).encode()]
    for ahead in range(3):
        # What stands before and after shares letters at the edges; the middle is the word's own.
        whole = base64.b64encode(b"\0" * ahead + plain + b"\0" * 3)
        found.append(whole[(ahead * 4 + 2) // 3 : ((ahead + len(plain)) * 4) // 3])
    return sorted(set(found), key=len, reverse=True)


@dataclass
class Search:
    """What to look for, and what was found: of each person, in sealed texts and in those that stand as they are."""

    people: dict[str, Planted]
    bsns: dict[str, str]
    total: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)
    sealed: Counter[str] = field(default_factory=Counter)
    size: int = 0

    def __post_init__(self) -> None:
        self._sealed = {
            f"{model._meta.label}.{each.name}"
            for model in apps.get_models()
            for each in model._meta.concrete_fields
            if isinstance(each, SealedTextField)
        }
        self._places = {
            mark: {word.lower(): place for word, place in planted.words.items()}
            for mark, planted in self.people.items()
        }

    def look_in(self, where: str, content: bytes) -> None:
        """Look for every word and every BSN in some bytes."""
        self.size += len(content)
        for mark, places in self._places.items():
            for begin, end in _found(content, mark):
                self.total[mark] += 1
                word = content[begin : end + DIGITS].decode(errors="replace").lower()
                place = places.get(word, f"a part of a word in {where}")
                (self.plain if place in places.values() and place not in self._sealed else self.sealed)[place] += 1
        for mark, number in self.bsns.items():
            found = sum(1 for _ in _found(content, number))
            self.total[mark] += found
            if found:
                self.sealed[f"BSN in {where}"] += found


def _found(content: bytes, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands in some bytes, in whatever spelling."""
    for spelling in spellings(word):
        begin = content.find(spelling)
        while begin >= 0:
            yield begin, begin + len(spelling)
            begin = content.find(spelling, begin + 1)


def opened_elsewhere(people: Iterable[Planted]) -> tuple[int, list[str]]:
    """Put every sealed value in the place of every other one. Returns how many times, and what opened."""
    values = list(sealed_values(people))
    tried, opened = 0, []
    for row, name, stored in values:
        for other, other_name, value in values:
            if value != stored:
                tried += 1
                if opens(row, name, value):
                    opened.append(f"{type(other).__name__}.{other_name} as {type(row).__name__}.{name}")
    return tried, opened


def opened_flipped(people: Iterable[Planted], *, most: int = 10**9) -> tuple[int, list[str]]:
    """Flip each bit of each sealed value, of at most so many values. Returns how many bits, and what opened."""
    tried, opened = 0, []
    for row, name, stored in list(sealed_values(people))[:most]:
        for bit in range(len(stored) * 8):
            flipped = bytearray(stored)
            flipped[bit // 8] ^= 1 << bit % 8
            tried += 1
            if opens(row, name, bytes(flipped)):
                opened.append(f"{type(row).__name__}.{name}, bit {bit}")
    return tried, opened


def sealed_values(people: Iterable[Planted]) -> Iterator[tuple[Any, str, bytes]]:
    """The sealed values of these people as they are stored, each with its row and the name of its field."""
    for planted in people:
        for model, made in planted.rows.items():
            row = model._base_manager.get(pk=made.pk)
            for each in model._meta.concrete_fields:
                if isinstance(each, SealedTextField) and row.__dict__[each.attname] is not None:
                    yield row, each.attname, bytes(row.__dict__[each.attname])


def opens(row: Any, name: str, value: bytes) -> bool:
    """Whether a row opens some bytes as its text."""
    row.__dict__[name] = value
    try:
        getattr(row, name)
    except Unreadable:
        return False
    return True
