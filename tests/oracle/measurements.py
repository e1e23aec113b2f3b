"""Figures about what was measured: the ladder, loneliness, change per instrument."""

from __future__ import annotations

from typing import Any

from tests.oracle.terms import Fact, World, days, persons

MOMENTS = ("intake", "interim", "exit", "aftercare")
# 1 point for each answer on the lonely side; "more or less" always is.
EMOTIONAL, SOCIAL = ("1", "2", "3"), ("4", "5", "6")
LONELY = {**dict.fromkeys(EMOTIONAL, ("yes", "more_or_less")), **dict.fromkeys(SOCIAL, ("no", "more_or_less"))}


def assessments(world: World, person: str, instrument: str) -> list[Fact]:
    """The person's assessments in the window: from 30 days before the start of the earliest trajectory that runs in
    P and in scope, to P.end; oldest first. All count, whatever trajectory they hang on."""
    starts = [fact["started_on"] for fact in world.running() if fact["participant"] == person]
    opens = min(starts) - days(30)
    found: dict[tuple[Any, int], Fact] = {}
    for row in world.facts["assessments"]:
        if row["participant"] == person and row["instrument"] == instrument and opens <= row["on"] <= world.last:
            one = found.setdefault((row["on"], MOMENTS.index(row["moment"])), {})
            one[row["dimension"]] = row["value"]
    return [found[key] for key in sorted(found)]


def points(items: dict[str, str], numbers: tuple[str, ...]) -> int:
    return len([number for number in numbers if items.get(number) in LONELY[number]])


def scores(instrument: str, items: dict[str, str]) -> dict[str, int]:
    """The score per dimension of one assessment, as far as it was filled in far enough."""
    if instrument == "who5":
        whole = all(number in items for number in ("1", "2", "3", "4", "5"))
        return {"total": 4 * sum(int(value) for value in items.values())} if whole else {}
    if instrument == "djg6":
        result = {}
        if len(items) >= 5:
            result["total"] = points(items, EMOTIONAL + SOCIAL)
        if all(number in items for number in EMOTIONAL):
            result["emotional"] = points(items, EMOTIONAL)
        if all(number in items for number in SOCIAL):
            result["social"] = points(items, SOCIAL)
        return result
    return {dimension: int(value) for dimension, value in items.items()}


def first_and_last(world: World, instrument: str) -> dict[str, list[tuple[int, int]]]:
    """Per dimension, of each participant measured at least twice: the first and the last score."""
    pairs: dict[str, list[tuple[int, int]]] = {}
    for person in sorted(persons(world.running())):
        series: dict[str, list[int]] = {}
        for items in assessments(world, person, instrument):
            for dimension, score in scores(instrument, items).items():
                series.setdefault(dimension, []).append(score)
        for dimension, values in series.items():
            if len(values) >= 2:
                pairs.setdefault(dimension, []).append((values[0], values[-1]))
    return pairs


def ladder(world: World) -> dict[str, Any]:
    """The 6 x 6 table; persons with fewer than two measurements stand apart."""
    pairs = first_and_last(world, "ladder").get("step", [])
    matrix = [[0] * 6 for _ in range(6)]
    for before, after in pairs:
        matrix[before - 1][after - 1] += 1
    return {
        "matrix": matrix,
        "no_second": len(persons(world.running())) - len(pairs),
        "up": len([1 for before, after in pairs if after > before]),
        "same": len([1 for before, after in pairs if after == before]),
        "down": len([1 for before, after in pairs if after < before]),
    }


def loneliness(world: World) -> dict[str, Any]:
    """The three classes (0-1, 2-4, 5-6) at first and at last measurement, for persons with both."""
    pairs = first_and_last(world, "djg6").get("total", [])

    def classes(values: list[int]) -> dict[str, int]:
        return {
            "not": len([value for value in values if 0 <= value <= 1]),
            "somewhat": len([value for value in values if 2 <= value <= 4]),
            "strongly": len([value for value in values if 5 <= value <= 6]),
        }

    return {
        "n": len(pairs),
        "first": classes([before for before, _ in pairs]),
        "last": classes([after for _, after in pairs]),
    }


def instrument_change(world: World) -> dict[str, dict[str, dict[str, int]]]:
    """Per instrument and dimension: n measured at least twice, better, same, worse."""
    least = {"ladder": 1, "zrm2017": 1, "who5": 10, "djg6": 2}
    direction = {"ladder": 1, "zrm2017": 1, "who5": 1, "djg6": -1}
    result: dict[str, dict[str, dict[str, int]]] = {}
    for instrument in least:
        for dimension, pairs in first_and_last(world, instrument).items():
            gains = [direction[instrument] * (after - before) for before, after in pairs]
            result.setdefault(instrument, {})[dimension] = {
                "n": len(gains),
                "better": len([gain for gain in gains if gain >= least[instrument]]),
                "same": len([gain for gain in gains if -least[instrument] < gain < least[instrument]]),
                "worse": len([gain for gain in gains if gain <= -least[instrument]]),
            }
    return result
