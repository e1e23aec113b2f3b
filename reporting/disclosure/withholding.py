"""Which counts to withhold, so that none of them follows from what is shown."""

import heapq
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count as serial
from math import inf
from typing import Generic, TypeVar

from reporting.disclosure.rules import Range, is_small, range_of

SEARCH_STEPS = 600
"""So many half-made moves are looked at before everything that hangs together is withheld."""

HIDING, HIDING_KEPT, LOOSE_END = 1_000, 1_000_000, 900

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that would be shown, and how many persons stand behind it."""

    value: int
    people: int


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """That ``parts`` add up to ``total``, wherever the reader finds them. A part without a count is a zero.

    ``at_most``: the parts are no more than the total, and may be less; ``at_least``: no less, and may be more.
    """

    total: Key
    parts: tuple[Key, ...]
    at_most: bool = False
    at_least: bool = False
    less: tuple[Key, ...] = ()
    """What the parts are together more than the total: what left."""

    @property
    def signs(self) -> "tuple[tuple[Key, int], ...]":
        return ((self.total, 1), *((part, -1) for part in self.parts), *((key, 1) for key in self.less))

    @property
    def is_exact(self) -> bool:
        return not (self.at_most or self.at_least)


@dataclass(frozen=True, slots=True)
class Withheld(Generic[Key]):
    """What must not be shown, each with the count that would follow from it (None: withheld for its own sake).

    ``exposed``: what follows all the same, from what a reader knows from before.
    """

    because: dict[Key, Key | None]
    exposed: frozenset[Key]


def withheld(
    counts: Mapping[Key, Count],
    sums: Iterable[Sum[Key]],
    *,
    threshold: int,
    keep: Collection[Key] = (),
    rounding: int = 1,
    known: Mapping[Key, Range | None] | None = None,
    loose: Collection[Key] = (),
    unseen: Collection[Key] = (),
    stays: Collection[Key] = (),
    also: Collection[Key] = (),
) -> Withheld[Key]:
    """Return the counts that must not be shown.

    Args:
        counts: all that would be shown, to all readers and in all documents that one of them may see.
        sums: what adds up to what. What is not among the counts is known to be zero.
        threshold: from how many persons a count is shown; with 1 nothing is withheld.
        keep: counts to show as long as they are not small themselves and others can be withheld instead
            (the key figures of an agreement).
        rounding: what is shown is rounded to multiples of this.
        known: of the counts, those that a reader found in an earlier report: between which values they lie, or
            None where they were withheld, and so stay withheld.
        loose: counts that a reader must think can be zero, since zeros are withheld too.
        unseen: counts that no report tells, withheld among ``known``, which may be found out.
        also: counts that are withheld for another reason, unless they follow all the same.
        stays: counts that are not shown even where they follow all the same: an earlier report withheld them.
    """
    protection = _Protection(counts, sums, threshold, frozenset(keep), rounding, known or {}, frozenset(loose))
    protection.stays.update(stays, unseen)
    protection.safe.update(unseen)
    protection.hidden |= {key: None for key in also if key not in protection.hidden}
    return Withheld(protection.protect(), frozenset(protection.exposed))


@dataclass(frozen=True, slots=True)
class _Draft(Generic[Key]):
    """A half-made move: counts that change by one, what it costs, how far sums shift, which do not hold yet."""

    cost: int
    changes: dict[Key, int]
    shifts: dict[int, int]
    gaps: dict[int, int]

    @property
    def rank(self) -> int:
        return self.cost + LOOSE_END * len(self.gaps)


class _Protection(Generic[Key]):
    """Adds to what is withheld until nothing of it follows from what is shown."""

    def __init__(
        self,
        counts: Mapping[Key, Count],
        sums: Iterable[Sum[Key]],
        threshold: int,
        keep: frozenset[Key],
        rounding: int,
        known: Mapping[Key, Range | None],
        loose: frozenset[Key],
    ) -> None:
        self.counts, self.threshold, self.keep = counts, threshold, keep
        self.rounding, self.known, self.loose = rounding, known, loose
        self.sums: list[Sum[Key]] = []
        self.signs: list[tuple[tuple[Key, int], ...]] = []
        self.room: list[tuple[float, float]] = []
        """How far the total of each sum may shrink and grow while the parts stay as they are."""
        self.within: dict[Key, list[tuple[int, int]]] = {}
        for one in dict.fromkeys(sums):
            self._add(one)
        self.hidden: dict[Key, Key | None] = {
            key: None
            for key, one in counts.items()
            if (known[key] is None if key in known else is_small(one.people, threshold))
        }
        self.safe: set[Key] = set()
        self.stays: set[Key] = set()
        """Not to be shown, even where they follow."""
        self.exposed: set[Key] = set()
        self.released: set[Key] = set()
        """Shown, since they follow all the same."""
        self.order = {key: number for number, key in enumerate(counts)}

    def _add(self, one: Sum[Key]) -> None:
        left = sum(sign * self._value(key) for key, sign in one.signs)
        room = (-left if one.at_most else -inf, -left if one.at_least else inf) if not one.is_exact else (0, 0)
        if not room[0] <= 0 <= room[1]:
            return  # what was supposed does not hold here, so nothing follows from it
        number = len(self.sums)
        self.sums.append(one)
        self.signs.append(one.signs)
        self.room.append(room)
        for key, sign in one.signs:
            if self._value(key) or key in self.loose:
                self.within.setdefault(key, []).append((number, sign))

    def _value(self, key: Key) -> int:
        known = self.counts.get(key)
        return known.value if known else 0

    def protect(self) -> dict[Key, Key | None]:
        """Withhold until every withheld count can be one more or one less, and no rest is small."""
        while True:
            while left := self.hidden.keys() - self.safe - self.exposed:
                self._look_at(sorted(left, key=self.order.__getitem__))
            if self._release():
                self.safe.clear()  # whoever had another value only together with what is shown now, is looked at again
                continue
            more = self._small_rest()
            if more is None:
                return self.hidden
            self.hidden[more[0]] = more[1]

    def _look_at(self, keys: Iterable[Key]) -> None:
        for key in keys:
            if key not in self.safe:
                self._hide(self._move_of(key), key)

    def _release(self) -> bool:
        """Show what follows all the same and is no small count: who can reckon it learns nothing from it."""
        follows = {
            key
            for key in self.exposed
            if not is_small(self.counts[key].people, self.threshold) and key not in self.stays
        }
        for key in follows:
            del self.hidden[key]
        self.exposed -= follows
        self.released |= follows
        return bool(follows)

    def _hide(self, changes: Mapping[Key, int], because: Key) -> None:
        """Withhold counts that can change together, so that each of them has two values at least."""
        for key, change in changes.items():
            if self._price(key, change):
                self.hidden[key] = because
        self.safe |= {because, *(key for key in changes if key in self.hidden)}

    def _small_rest(self) -> tuple[Key, Key] | None:
        """The next count to withhold because what is withheld under a shown total is about too few persons."""
        for one in self.sums:
            if not one.is_exact or one.less or one.total in self.hidden:
                continue
            hidden = [part for part in one.parts if part in self.hidden]
            if not is_small(sum(self.counts[part].people for part in hidden), self.threshold):
                continue
            shown = {
                part: price
                for part in (*one.parts, one.total)
                if self._value(part) and (price := self._price_of_hiding(part))
            }
            if shown:
                return min(shown, key=shown.__getitem__), hidden[0]
        return None

    def _price_of_hiding(self, key: Key) -> int | None:
        """What it costs to withhold a count: the fewer and smaller the better; None where it cannot be."""
        if (
            key in self.hidden
            or key in self.released
            or key in self.known
            or not (self._value(key) or key in self.loose)
        ):
            return None
        return (HIDING_KEPT if key in self.keep else HIDING) + min(self.counts[key].people, HIDING - 1)

    def _price(self, key: Key, change: int) -> int | None:
        """What it costs that a reader must reckon with one more or one less; None where that cannot be."""
        value = self._value(key) + change
        if value < (0 if key in self.loose else 1) or (value == change and key not in self.loose):
            return None
        if key in self.hidden:
            return 0
        told = self.known.get(key) or range_of(value - change, to=self.rounding, threshold=self.threshold)
        return 0 if told[0] <= value <= told[1] else self._price_of_hiding(key)

    def _move_of(self, start: Key) -> Mapping[Key, int]:
        """The cheapest counts, ``start`` among them, that can change together while every sum still holds.

        Where it takes too long to find them, all that hangs together with ``start`` is withheld, and looked at again.
        """
        found = self._search(start)
        if found is None:
            self._hide_connected(start)
            found = self._search(start, 10 * SEARCH_STEPS)
        if not found:
            self.exposed.add(start)  # what a reader knows from before leaves no other value
        return found or {}

    def _search(self, start: Key, steps: int = SEARCH_STEPS) -> Mapping[Key, int] | None:
        """The move; empty where there is none, None where the search was given up."""
        turn = serial()
        nothing: _Draft[Key] = _Draft(0, {}, {}, {})
        queue = [
            (draft.rank, next(turn), draft)
            for change in (1, -1)
            if self._price(start, change) is not None
            for draft in [self._longer(nothing, start, change)]
        ]
        heapq.heapify(queue)
        for _ in range(steps):
            if not queue:
                return {}
            draft = heapq.heappop(queue)[-1]
            if not draft.gaps:
                return draft.changes
            for key, change in self._closing(draft):
                longer = self._longer(draft, key, change)
                heapq.heappush(queue, (longer.rank, next(turn), longer))
        return None

    def _longer(self, draft: "_Draft[Key]", key: Key, change: int) -> "_Draft[Key]":
        shifts, gaps = dict(draft.shifts), dict(draft.gaps)
        for number, sign in self.within.get(key, ()):
            shift = shifts[number] = shifts.get(number, 0) + sign * change
            least, most = self.room[number]
            if not least <= shift <= most:
                gaps[number] = shift
            else:
                gaps.pop(number, None)
        return _Draft(draft.cost + (self._price(key, change) or 0), {**draft.changes, key: change}, shifts, gaps)

    def _closing(self, draft: "_Draft[Key]") -> Iterable[tuple[Key, int]]:
        """The counts that can narrow the first gap by one, each with its change."""
        number, gap = next(iter(draft.gaps.items()))
        change = -1 if gap > 0 else 1
        for key, sign in self.signs[number]:
            if key not in draft.changes and self._price(key, sign * change) is not None:
                yield key, sign * change

    def _hide_connected(self, start: Key) -> None:
        """Withhold all counts that hang together with ``start`` by sums: the last resort."""
        found, at = {start}, [start]
        while at:
            key = at.pop()
            for number, _sign in self.within.get(key, ()):
                near = {
                    near for near, _sign in self.signs[number] if self._price_of_hiding(near) or near in self.hidden
                }
                at += near - found
                found |= near
        for key in found - self.hidden.keys():
            self.hidden[key] = start
