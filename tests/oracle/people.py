"""Figures about persons, outcomes and the way out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.oracle.terms import Fact, World, days, persons, tally

SUSTAINED = (182, 365)


def with_outcome(world: World, wanted: set[str]) -> set[str]:
    """Participants with an outcome of these kinds dated in P, on a trajectory in scope."""
    return {fact["person"] for fact in world.in_period_and_scope("outcomes") if fact["kind"] in wanted}


def headcount(world: World) -> dict[str, int]:
    participants = persons(world.running())
    still_there = persons(world.stock_end())
    return {
        "participants": len(participants),
        "trajectories": len(world.running()),
        "stock_start": len(world.stock_start()),
        "inflow": len(world.inflow()),
        "outflow": len(world.outflow()),
        "stock_end": len(world.stock_end()),
        "leavers": len([person for person in participants if person not in still_there]),
        "stayers": len([person for person in participants if person in still_there]),
    }


def outcomes(world: World) -> dict[str, Any]:
    kinds = {fact["kind"] for fact in world.in_period_and_scope("outcomes")}
    work = with_outcome(world, {"paid_work"})
    insight = with_outcome(world, {"help_question_insight"})
    return {
        "paid_work": len(work),
        "help_question_insight": len(insight),
        "both_outcomes": len(work & insight),
        "other_route": len(with_outcome(world, kinds - {"paid_work", "help_question_insight"})),
        "outcomes_by_kind": {kind: len(with_outcome(world, {kind})) for kind in kinds},
    }


def way_out(world: World) -> dict[str, Any]:
    """`outflow` split by destination and by end reason, and those whose reason is marked as dropout."""
    dropouts = {fact["code"] for fact in world.facts["end_reasons"] if fact["dropout"] == "yes"}
    return {
        "ended_by_destination": tally([fact["destination"] for fact in world.outflow()]),
        "ended_by_reason": tally([fact["end_reason"] for fact in world.outflow()]),
        "dropout": len([fact for fact in world.outflow() if fact["end_reason"] in dropouts]),
    }


def employment_state(outcome: Fact, length: int) -> str:
    """*Employed* if it ended, or was last seen, that many days after the start or later; *not employed* if it
    ended earlier; else *not checked*."""
    far_enough = outcome["employment_starts_on"] + days(length)
    ended, seen = outcome["employment_ended_on"], outcome["employment_last_seen_on"]
    if (ended is not None and ended >= far_enough) or (seen is not None and seen >= far_enough):
        return "employed"
    return "not_employed" if ended is not None else "not_checked"


def sustained_work(world: World) -> dict[str, dict[str, int]]:
    """Of `paid_work`, those whose employment started 182 (365) days or more before the reference date. A person
    counts once, at the best state."""
    result = {}
    for length in SUSTAINED:
        states: dict[str, set[str]] = {}
        for outcome in world.in_period_and_scope("outcomes"):
            start = outcome["employment_starts_on"]
            if outcome["kind"] == "paid_work" and start is not None and start <= world.reference - days(length):
                states.setdefault(outcome["person"], set()).add(employment_state(outcome, length))
        best = [next(state for state in BEST_FIRST if state in found) for found in states.values()]
        result[str(length)] = tally(best)
    return result


BEST_FIRST = ("employed", "not_checked", "not_employed")


def age_on(first: date, born: date) -> int:
    had_birthday = (first.month, first.day) >= (born.month, born.day)
    return first.year - born.year - (0 if had_birthday else 1)


def band(age: int) -> str:
    for below, name in ((27, "<27"), (35, "27-34"), (45, "35-44"), (55, "45-54"), (65, "55-64")):
        if age < below:
            return name
    return "65+"


def possible_birthdays(text: str) -> list[date]:
    """Every day that a birth date, known in part, may stand for."""
    year, month, number = (int(part) for part in text.split("-"))
    if year == 0:
        return []
    found = []
    at = date(year, 1, 1)
    while at.year == year:
        if (month in (0, at.month)) and (number in (0, at.day)):
            found.append(at)
        at += timedelta(days=1)
    return found


def age_band(world: World, person: str) -> str:
    """The age band on the first day of P; unknown where the known part of a birth date leaves the band open."""
    text = world.participant[person]["date_of_birth"]
    bands = {band(age_on(world.first, born)) for born in possible_birthdays(text)} if text else set()
    return bands.pop() if len(bands) == 1 else "unknown"


def splits(world: World) -> dict[str, dict[str, int]]:
    """Persons of `participants` per value; a person may stand under several municipalities or programmes."""
    participants = sorted(persons(world.running()))
    pays = {(fact["participant"], world.agreement[fact["agreement"]]["municipality"]) for fact in world.running()}
    follows = {(fact["participant"], fact["programme"]) for fact in world.running()}
    return {
        "age_bands": tally([age_band(world, person) for person in participants]),
        "gender": tally([world.participant[person]["gender"] or "unknown" for person in participants]),
        "by_municipality": tally([municipality for _, municipality in pays]),
        "by_programme": tally([programme for _, programme in follows]),
    }
