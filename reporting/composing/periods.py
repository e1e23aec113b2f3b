"""What follows from one period to another of the same agreements, when they overlap in whatever way."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from operator import itemgetter

from foundation.periods import ONE_DAY
from reporting.composing.bonds import ADDING, GROWING, PERSONS, Days, Told, combined
from reporting.composing.places import Number, Place
from reporting.disclosure import Sum

REST = "rest"
"""Before the key of what a longer period has more than the shorter ones in it: no report tells it."""

DEEPEST = 4
"""So often something hidden follows from something hidden."""


def between_periods(told: Told) -> Iterator[Sum[Number]]:
    """The bonds between a period and the shorter ones in it, of the same agreements."""
    spans: dict[tuple[tuple[str, ...], str], set[Days]] = defaultdict(set)
    keys: dict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for place in told.families:
        if place.family in ADDING | GROWING:
            spans[place.scope, place.family].add((place.start, place.end))
    for place in told.values:
        keys[place.scope, place.family].add(place.key)
    # In the same order every time: what is decided must not hang on how a set happens to lie.
    for (scope, family), found in sorted(spans.items(), key=itemgetter(0)):
        if family in ADDING:
            cut = _cut(found)
            for key in sorted(keys[scope, family]):
                yield from _Adding(told, Place(scope, date.min, date.min, key), found, cut).sums()
        else:
            every = [(span, shorter) for span in sorted(found) for shorter in divisions(span, found)]
            for key in sorted(keys[scope, family]):
                for span, shorter in every:
                    yield from _growing(told, Place(scope, *span, key), shorter)


def _growing(told: Told, total: Place, shorter: list[Days]) -> Iterator[Sum[Number]]:
    """Bonds of a number that is never less over a longer period."""
    parts = [Place(total.scope, start, end, total.key) for start, end in shorter]
    for whole, found in told.readings(total, parts):
        yield from (Sum(whole, (one,), at_most=True) for one in found)
        if total.family in PERSONS and not gaps((total.start, total.end), shorter):
            yield Sum(whole, found, at_least=True)


def _cut(told: Collection[Days]) -> list[tuple[Days, list[Days]]]:
    """Every period with shorter ones in it, the longest first. What one of them leaves out is a period too.

    So a target over three years less the same one of a year ago, and the year less its first quarter, are one number.
    """
    spans, new = set(told), set(told)
    while new:
        cuts = [(span, shorter) for span in spans for shorter in divisions(span, spans)]
        left_out = [gaps(span, shorter) for span, shorter in cuts]
        new = {one[0] for one in left_out if len(one) == 1} - spans
        spans |= new
    return sorted(cuts, key=lambda cut: (cut[0][0] - cut[0][1], cut))


class _Adding:
    """One number of which a longer period has as many as the shorter ones that it is cut in, told or hidden."""

    def __init__(self, told: Told, place: Place, spans: Collection[Days], cut: list[tuple[Days, list[Days]]]) -> None:
        self.told, self.place, self.spans, self.cut = told, place, spans, cut
        self.hidden: dict[Days, list[Number]] = defaultdict(list)

    def sums(self) -> Iterator[Sum[Number]]:
        """Every bond between them; first it is found what is hidden in what was told, the longest days first."""
        for _turn in range(DEEPEST):
            if not [span for span, shorter in self.cut if self._found(span, shorter)]:
                break
        for span, shorter in self.cut:
            for whole, *parts in combined([self._numbers(one) for one in (span, *shorter)]):
                left = whole.value - sum(one.value for one in parts)
                left_out = gaps(span, shorter)
                if (left_out or self._is_told(span, shorter)) and left > 0:
                    parts.append(self._rest(left_out or [span], left))
                if left >= 0 and whole.value == sum(one.value for one in parts):
                    yield Sum(whole, tuple(parts))

    def _found(self, span: Days, shorter: list[Days]) -> bool:
        """Whether something hidden in a period came to be known, by all else in it."""
        hidden = [one for one in shorter if one not in self.spans]
        unknown = [one for one in hidden if not self.hidden[one]] or hidden
        if len(unknown) != 1 or gaps(span, shorter):
            return False
        others = [one for one in shorter if one != unknown[0]]
        known = self.hidden[unknown[0]]
        before = len(known)
        for whole, *parts in combined([self._numbers(one) for one in (span, *others)]):
            rest = self._rest(unknown, whole.value - sum(one.value for one in parts))
            if rest.value >= 0 and rest not in known:
                known.append(rest)
        return len(known) > before

    def _numbers(self, span: Days) -> list[Number]:
        if span in self.spans:
            return self.told.numbers(Place(self.place.scope, *span, self.place.key))
        return self.hidden[span]

    def _is_told(self, span: Days, shorter: list[Days]) -> bool:
        return all(one in self.spans for one in (span, *shorter))

    def _rest(self, left_out: list[Days], value: int) -> Number:
        """What stands in no report: the same number for whatever periods leave out these days."""
        days = ",".join(f"{start}-{end}" for start, end in left_out)
        place = Place(self.place.scope, left_out[0][0], left_out[-1][1], f"{REST}.{days}.{self.place.key}")
        return Number(place, value)


def divisions(span: Days, spans: Collection[Days]) -> list[list[Days]]:
    """Return the ways to fill a period with the longest shorter ones, as far as they go without overlap."""
    inside = [one for one in spans if one != span and span[0] <= one[0] and one[1] <= span[1]]
    longest = sorted(
        one for one in inside if not any(one != other and other[0] <= one[0] and one[1] <= other[1] for other in inside)
    )
    found: list[list[Days]] = []
    for seed in longest:
        chosen = [seed]
        for one in longest:
            if all(one[1] < other[0] or one[0] > other[1] for other in chosen):
                chosen.append(one)
        chosen += [gap for gap in gaps(span, chosen) if gap in spans]
        if sorted(chosen) not in found:
            found.append(sorted(chosen))
    return found


def gaps(span: Days, shorter: Iterable[Days]) -> list[Days]:
    """Return the days of a period that none of the shorter ones holds, as periods."""
    found, next_day = [], span[0]
    for start, end in sorted(shorter):
        if start > next_day:
            found.append((next_day, start - ONE_DAY))
        next_day = end + ONE_DAY
    return [*found, (next_day, span[1])] if next_day <= span[1] else found
