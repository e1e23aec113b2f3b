"""What is stored of a decision to withhold, and how a later report reads it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from reporting.composing.places import Number, Place
from reporting.demands import Demands
from reporting.disclosure import Range, Sum, range_of


def stored(
    people: Mapping[Number, int],
    sums: Iterable[Sum[Number]],
    families: Iterable[Place],
    found: Collection[Number],
    demands: Demands,
) -> dict[str, Any]:
    """Return what a later report must know of this one, to be stored with it.

    Args:
        people: the numbers of the report, and how many people are behind each.
        sums: which of them add up.
        families: the figures of which the report has a table, so that a row that is not there is a zero.
        found: those that are withheld.
        demands: how the others were rounded.
    """
    order = {number: place for place, number in enumerate(people)}
    return {
        "cells": [
            [list(n.place.scope), n.place.start.isoformat(), n.place.end.isoformat(), n.place.key, n.value, behind,
             None if n in found else list(range_of(n.value, to=demands.rounding, threshold=demands.threshold))]
            for n, behind in people.items()
        ],
        "families": [
            [list(place.scope), place.start.isoformat(), place.end.isoformat(), place.key] for place in families
        ],
        "sums": [[order[one.total], [order[part] for part in one.parts]] for one in sums
                 if all(number in order for number in (one.total, *one.parts))],
    }  # fmt: skip


class _Cell(NamedTuple):
    people: int
    told: Range | None


def _place(scope: list[str], start: str, end: str, key: str) -> Place:
    return Place(tuple(scope), date.fromisoformat(start), date.fromisoformat(end), key)


class Earlier:
    """What was stored with an earlier report: its numbers, what was told of each, and its sums."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.threshold, self.rounding = int(data.get("threshold", 1)), int(data.get("rounding", 1))
        self.cells: dict[Number, _Cell] = {}
        for scope, start, end, key, value, people, told in data["cells"]:
            place = _place(scope, start, end, key)
            self.cells[Number(place, value)] = _Cell(people, (told[0], told[1]) if told else None)
        self.families = [_place(*one) for one in data.get("families", ())]
        numbers = list(self.cells)
        self.loose = [numbers[place] for place in data["loose"]]
        self.sums = [Sum(numbers[total], tuple(numbers[part] for part in parts)) for total, parts in data["sums"]]

    def told_as_strictly(self, asked: Demands) -> set[Number]:
        """What it told under demands no looser than these: that cannot be taken back."""
        if self.threshold < asked.threshold or self.rounding < asked.rounding:
            return set()
        return {number for number, cell in self.cells.items() if cell.told}
