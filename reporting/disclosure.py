"""What a reader without access to the files may be told: small counts are withheld, and what would give them away.

A count about 1 to ``threshold - 1`` persons is withheld; zero is shown (figures.md, "Rules that hold everywhere", 3).
Counts stand in sums: rows under a total, the parts of two payers under the whole, what started and ended between two
stocks. Whoever knows all but one term of a sum knows that one too, so more is withheld until for every withheld count
at least two values fit everything that is shown. The reader knows that a withheld count is not zero; that is reckoned
with. Nor may what is withheld under one sum together be about fewer persons than the threshold.

A count of sessions or trajectories is judged by the persons behind it. Pure functions; all readers at once.
"""

import heapq
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count as serial
from typing import Generic, TypeVar

DENOMINATOR_FROM = 20
"""Percentages of fewer than this are not shown to such a reader (figures.md, rule 4)."""

SEARCH_STEPS = 4000
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
    """That ``parts`` add up to ``total``, wherever the reader finds them. A part without a count is a zero."""

    total: Key
    parts: tuple[Key, ...]


def is_small(people: int, threshold: int) -> bool:
    """Whether a count of so many persons is withheld for its own sake."""
    return 0 < people < threshold


def may_show_percentage(denominator: int) -> bool:
    """Whether a percentage of so many may be shown to a reader without the files."""
    return denominator >= DENOMINATOR_FROM


def withheld(
    counts: Mapping[Key, Count],
    sums: Iterable[Sum[Key]],
    *,
    threshold: int,
    keep: Collection[Key] = (),
) -> frozenset[Key]:
    """Return the counts that must not be shown.

    Args:
        counts: all that would be shown, to all readers and in all documents that one of them may see.
        sums: what adds up to what. A sum whose total is nobody's to see is left out.
        threshold: from how many persons a count is shown; with 1 nothing is withheld.
        keep: counts to show as long as they are not small themselves and others can be withheld instead
            (the key figures of an agreement).
    """
    return _Protection(counts, sums, threshold, frozenset(keep)).protect()


@dataclass(frozen=True, slots=True)
class _Draft(Generic[Key]):
    """A half-made move: counts that change by one, the cost of withholding them, the sums that do not hold yet."""

    cost: int
    changes: dict[Key, int]
    gaps: dict[int, int]

    @property
    def rank(self) -> int:
        return self.cost + LOOSE_END * len(self.gaps)


class _Protection(Generic[Key]):
    """Adds to what is withheld until nothing of it follows from what is shown."""

    def __init__(
        self, counts: Mapping[Key, Count], sums: Iterable[Sum[Key]], threshold: int, keep: frozenset[Key]
    ) -> None:
        self.counts, self.threshold, self.keep = counts, threshold, keep
        self.sums = [one for one in dict.fromkeys(sums) if one.total in counts]
        self.hidden = {key for key, one in counts.items() if is_small(one.people, threshold)}
        self.safe: set[Key] = set()
        self.order = {key: number for number, key in enumerate(counts)}
        self.within: dict[Key, list[tuple[int, int]]] = {}
        for number, one in enumerate(self.sums):
            self._place(one.total, number, 1)
            for part in one.parts:
                self._place(part, number, -1)

    def _place(self, key: Key, number: int, sign: int) -> None:
        if self._value(key):
            self.within.setdefault(key, []).append((number, sign))

    def _value(self, key: Key) -> int:
        known = self.counts.get(key)
        return known.value if known else 0

    def protect(self) -> frozenset[Key]:
        """Withhold until every withheld count can be one more or one less, and no rest is small."""
        while True:
            for key in sorted(self.hidden - self.safe, key=self.order.__getitem__):
                if key not in self.safe:
                    self._hide(self._move_of(key))
            more = self._small_rest()
            if more is None:
                return frozenset(self.hidden)
            self.hidden.add(more)

    def _hide(self, together: Iterable[Key]) -> None:
        """Withhold counts that can change together, so that each of them has two values at least."""
        found = set(together)
        self.hidden |= found
        self.safe |= found

    def _small_rest(self) -> Key | None:
        """The next count to withhold because what is withheld under a shown total is about too few persons."""
        for one in self.sums:
            hidden = [part for part in one.parts if part in self.hidden]
            rest = sum(self.counts[part].people for part in hidden)
            if one.total in self.hidden or not is_small(rest, self.threshold):
                continue
            shown = [part for part in (*one.parts, one.total) if self._value(part) and part not in self.hidden]
            if shown:
                return min(shown, key=self._price)
        return None

    def _price(self, key: Key) -> int:
        """What it costs to withhold a count: nothing once it is, else as few and as small as can be."""
        if key in self.hidden:
            return 0
        return (HIDING_KEPT if key in self.keep else HIDING) + min(self.counts[key].people, HIDING - 1)

    def _move_of(self, start: Key) -> Iterable[Key]:
        """The cheapest counts, ``start`` among them, that can change together while every sum still holds."""
        turn = serial()
        nothing: _Draft[Key] = _Draft(0, {}, {})
        queue = [
            (draft.rank, next(turn), draft)
            for change in (1, -1)
            if self._value(start) + change >= 1
            for draft in [self._longer(nothing, start, change)]
        ]
        heapq.heapify(queue)
        for _ in range(SEARCH_STEPS):
            if not queue:
                break
            draft = heapq.heappop(queue)[-1]
            if not draft.gaps:
                return draft.changes
            for key, change in self._closing(draft):
                longer = self._longer(draft, key, change)
                heapq.heappush(queue, (longer.rank, next(turn), longer))
        return self._connected(start)

    def _longer(self, draft: "_Draft[Key]", key: Key, change: int) -> "_Draft[Key]":
        gaps = dict(draft.gaps)
        for number, sign in self.within.get(key, ()):
            gaps[number] = gaps.get(number, 0) + sign * change
            if not gaps[number]:
                del gaps[number]
        return _Draft(draft.cost + self._price(key), {**draft.changes, key: change}, gaps)

    def _closing(self, draft: "_Draft[Key]") -> Iterable[tuple[Key, int]]:
        """The counts that can narrow the first gap by one, each with its change."""
        number, gap = next(iter(draft.gaps.items()))
        one = self.sums[number]
        change = -1 if gap > 0 else 1
        for key, sign in ((one.total, 1), *((part, -1) for part in one.parts)):
            value = self._value(key)
            if value and key not in draft.changes and value + sign * change >= 1:
                yield key, sign * change

    def _connected(self, start: Key) -> Iterable[Key]:
        """All counts that hang together with ``start`` by sums: the last resort, they can all double."""
        found, at = {start}, [start]
        while at:
            key = at.pop()
            for number, _sign in self.within.get(key, ()):
                one = self.sums[number]
                fresh = {near for near in (one.total, *one.parts) if self._value(near)} - found
                found |= fresh
                at += fresh
        return found
