"""What a reader can reckon from one number to another: within a period, between periods, and between payers.

Nothing here decides. Each bond says that numbers add up to another, or are no more than it; ``reporting.disclosure``
withholds until nothing follows by them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product

from foundation.periods import ONE_DAY
from reporting.composing.places import STOCK, Number, Place
from reporting.disclosure import Sum

Days = tuple[date, date]
"""A first and a last day."""

_SPLIT = ("programme", "legal_ground", "gender", "benefit")
_OVER_TIME = frozenset(f"{figure}_by_{by}" for figure in ("inflow", "outflow") for by in _SPLIT)
_AT_ANY_TIME = frozenset(f"trajectories_by_{by}" for by in _SPLIT)

ADDING = _OVER_TIME | {
    "inflow", "outflow", "sessions", "attendance", "certificates", "ended_by_destination", "ended_by_reason",
    "relapses", "picked_up_again", "re_entries", "dropout", "waiting_time", "data_quality",
}  # fmt: skip
"""Figures that count what is dated: over a year as many as over its months together."""

PERSONS = _AT_ANY_TIME | {
    "participants", "trajectories", "paid_work", "help_question_insight", "outcomes_by_kind", "other_route", "gender",
    "by_programme",
}  # fmt: skip
"""Figures of who was there at any time: over a year at least as many as in any month, at most all months together."""

ROWS_AS_THEY_COME = _OVER_TIME | _AT_ANY_TIME | {
    "gender", "by_programme", "sessions", "attendance", "outcomes_by_kind", "ended_by_destination", "ended_by_reason",
}  # fmt: skip
"""Figures of which a table has a row only for what occurred."""

GROWING = PERSONS | {"both_outcomes"}
"""Figures that are never less over a longer period."""

COMBINATIONS = 16
"""So many readings of one bond are looked at, when numbers were told differently in several reports."""

AT_MOST: dict[str, tuple[tuple[str, ...], ...]] = {
    "paid_work": (
        ("both_outcomes",),
        ("sustained_work.182.employed", "sustained_work.182.not_employed", "sustained_work.182.not_checked"),
        ("sustained_work.365.employed", "sustained_work.365.not_employed", "sustained_work.365.not_checked"),
    ),
    "help_question_insight": (("both_outcomes",),),
    "sustained_work.182.employed": (("sustained_work.365.employed",),),
    "picked_up_again.within_84": (("picked_up_again.within_28",),),
    "relapses": (("picked_up_again.within_84",), ("data_quality.relapse_without_follow_up.wrong",)),
    "inflow": (("re_entries.total",),),
    "outflow": (("dropout",),),
    "trajectories": (("participants",), ("data_quality.no_first_ladder.wrong",)),
    "participants": (("other_route",),),
}
"""By figure: what is no more than it, by definition."""


ROW_BY_ROW: dict[str, tuple[str, ...]] = {
    **{f"trajectories_by_{by}": (f"inflow_by_{by}", f"outflow_by_{by}") for by in _SPLIT},
}
ROW_BY_ROW["trajectories_by_programme"] += ("by_programme",)
ROW_BY_ROW["trajectories_by_gender"] += ("gender",)
"""By figure: of which others a row is no more than its row of the same code."""


@dataclass
class Told:
    """The numbers of several reports by their place, the oldest report first, and which figures each report told."""

    values: dict[Place, list[int]] = field(default_factory=lambda: defaultdict(list))
    families: set[Place] = field(default_factory=set)

    def add(self, numbers: Iterable[Number], families: Iterable[Place]) -> None:
        """Take up the numbers of one report, and of which figures it has a table, be it without a row.

        A row that an earlier report had and this one has not, is a zero now.
        """
        now = {number.place: number.value for number in numbers}
        tables = set(families)
        gone = [place for place in self.values if place not in now and place.at(place.family) in tables]
        for place, value in [*now.items(), *((place, 0) for place in gone)]:
            values = self.values[place]
            if value in values:
                values.remove(value)
            values.append(value)
        self.families |= tables.union(place.at(place.family) for place in now)

    def readings(self, total: Place, parts: Iterable[Place]) -> Iterator[tuple[Number, tuple[Number, ...]]]:
        """Every way in which a bond between places can be read; none when one of them was never told."""
        places = [total, *parts]
        if any(place.at(place.family) not in self.families for place in places):
            return
        for whole, *rest in combined([self.numbers(place) for place in places]):
            yield whole, tuple(rest)

    def numbers(self, place: Place) -> list[Number]:
        """What was told of a place, the newest last; a row that a table has not is a zero."""
        return [Number(place, value) for value in self.values.get(place, (0,))]


def combined(found: Sequence[Sequence[Number]]) -> Iterator[tuple[Number, ...]]:
    """Every choice of one number from each; of too many choices the newest of each."""
    if len([one for one in found if len(one) > 1]) > COMBINATIONS.bit_length() - 1:
        found = [numbers[-1:] for numbers in found]
    return product(*found)


def within(numbers: Mapping[Place, Number]) -> Iterator[Sum[Number]]:
    """The bonds between the numbers of one report that no table shows as rows under a total."""
    for place, number in numbers.items():
        if place.key == "trajectories":
            yield from _flow(numbers, number)
        if place.key == "participants":
            yield from _with_rows(numbers, number, "by_programme")
        if place.key == "other_route":
            yield from _with_rows(numbers, number, "outcomes_by_kind")
        for family in ROW_BY_ROW.get(place.family, ()):
            row = place.at(f"{family}.{place.key.partition('.')[2]}")
            if row in numbers:
                yield Sum(number, (numbers[row],), at_most=True)
        for keys in AT_MOST.get(place.key, ()):
            found = tuple(numbers[place.at(key)] for key in keys if place.at(key) in numbers)
            if found:
                yield Sum(number, found, at_most=True)


def _flow(numbers: Mapping[Place, Number], trajectories: Number) -> Iterator[Sum[Number]]:
    """What ran is what was there and came, and what went and stays; of those who came some were referred."""
    place = trajectories.place
    after = place.end + ONE_DAY
    start, end = Place(place.scope, place.start, place.start, STOCK), Place(place.scope, after, after, STOCK)
    for total, parts in (
        (place, (start, place.at("inflow"))),
        (place, (place.at("outflow"), end)),
        (
            place.at("inflow"),
            (place.at("waiting_time.n"), place.at("data_quality.started_without_referral_date.wrong")),
        ),
    ):
        if total in numbers and all(part in numbers for part in parts):
            yield _exact_if_true(numbers[total], tuple(numbers[part] for part in parts))
    late = place.at("data_quality.no_measurement_6_months.wrong")
    if late in numbers and end in numbers:
        yield Sum(numbers[end], (numbers[late],), at_most=True)


def _exact_if_true(total: Number, parts: tuple[Number, ...]) -> Sum[Number]:
    """The sum; where it does not hold (a day of referral after the start), that the parts are no more than it."""
    return Sum(total, parts, at_most=total.value != sum(part.value for part in parts))


def _with_rows(numbers: Mapping[Place, Number], whole: Number, family: str) -> Iterator[Sum[Number]]:
    """Who stands in a row counts in the whole. Whoever stands in two counts twice; a reader supposes that nobody does.

    Paid work and insight are numbers of their own, and no rows of another route.
    """
    place = whole.place
    own = tuple(number for other, number in numbers.items() if other.family == family and other[:3] == place[:3])
    if own:
        yield from _people(whole, own)


def _people(whole: Number, parts: tuple[Number, ...]) -> Iterator[Sum[Number]]:
    """Nobody is missing from the parts, and none of them is more than the whole; perhaps they add up to it."""
    adds_up = whole.value == sum(part.value for part in parts)
    yield Sum(whole, parts, at_least=not adds_up)
    yield from (Sum(whole, (part,), at_most=True) for part in parts)


def stocks(told: Told) -> Iterator[Sum[Number]]:
    """What runs at the end of a stretch is what ran at its start, and who came, less who went.

    The table of a year tells who came and went in its quarters; what ran between them may stand in other reports.
    """
    for place, values in told.values.items():
        out, after = place.at("outflow"), place.end + ONE_DAY
        if place.key != "inflow":
            continue
        start, end = Place(place.scope, place.start, place.start, STOCK), Place(place.scope, after, after, STOCK)
        if start in told.values and end in told.values:
            for came in values:
                for went in told.values.get(out, [0]):
                    for there in told.values[start]:
                        for stays in told.values[end]:
                            if stays == there + came - went:
                                yield Sum(
                                    Number(end, stays), (Number(start, there), Number(place, came)),
                                    less=(Number(out, went),),
                                )  # fmt: skip


def between_payers(told: Told, new: frozenset[Number]) -> Iterator[Sum[Number]]:
    """The bonds between the whole and the parts of the payers: exact for trajectories, nearly for people.

    Whoever is paid for twice counts once in the whole. A reader supposes that nobody is: in the report itself the
    whole is treated as the sum, and among reports where it is one.
    """
    scopes = sorted({place.scope for place in told.values})
    now = {number.place for number in new}
    for scope in scopes:
        smaller = [one for one in scopes if len(one) < len(scope) and set(one) < set(scope)]
        for parts in _partitions(scope, smaller):
            for place in [place for place in told.values if place.scope == scope]:
                yield from _over_payers(told, new, now, place, parts)


def _partitions(scope: tuple[str, ...], smaller: list[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], ...]]:
    for size in range(2, len(scope) + 1):
        for chosen in combinations(smaller, size):
            if sum(map(len, chosen)) == len(scope) and len(set().union(*chosen)) == len(scope):
                yield chosen


def _over_payers(
    told: Told, new: frozenset[Number], now: set[Place], place: Place, scopes: tuple[tuple[str, ...], ...]
) -> Iterator[Sum[Number]]:
    for whole, parts in told.readings(place, [place._replace(scope=scope) for scope in scopes]):
        is_ours = whole in new and all(part in new or (part.place not in now and not part.value) for part in parts)
        if is_ours or whole.value == sum(part.value for part in parts):
            yield Sum(whole, parts)
        else:
            yield Sum(whole, parts, at_least=True)
        yield from (Sum(whole, (part,), at_most=True) for part in parts)
