"""Figures about places: how full they were, and how soon they were taken again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.oracle.terms import Fact, World, median

COUNT_MONTHS = (1, 4, 7, 10)
WEDNESDAY = 2


def slots_in_scope(world: World) -> list[Fact]:
    """Slots of the programmes in scope: asked for, or of a unit asked for, and paid by an agreement in scope."""
    paid = {
        programme
        for agreement in world.facts["agreements"]
        if world.agreement_in_scope(agreement["code"])
        for programme in agreement["programmes"].split("|")
    }
    narrowed = world.question.agreements or world.question.municipalities
    return [
        slot
        for slot in world.facts["slots"]
        if world.programme_in_scope(slot["programme"]) and (slot["programme"] in paid or not narrowed)
    ]


def covers(row: Fact, on: date) -> bool:
    """`until` is the last day."""
    return row["from"] <= on and (row["until"] is None or row["until"] >= on)


def every_day(world: World) -> list[date]:
    length = (world.last - world.first).days + 1
    return [world.first + timedelta(days=number) for number in range(length)]


def is_last_wednesday_of_quarter_month(on: date) -> bool:
    """The last Wednesday of January, April, July or October."""
    return on.month in COUNT_MONTHS and on.weekday() == WEDNESDAY and (on + timedelta(days=7)).month != on.month


def occupancy(world: World) -> dict[str, Any]:
    """Slot-days occupied / slot-days available in P, occupied by trajectories in scope."""
    slots = slots_in_scope(world)
    placements = world.of_scope("placements")
    available = occupied = 0
    counts: dict[str, int] = {}
    for on in every_day(world):
        open_slots = {slot["code"] for slot in slots if covers(slot, on)}
        taken = {fact["slot"] for fact in placements if covers(fact, on) and fact["slot"] in open_slots}
        available += len(open_slots)
        occupied += len(taken)
        if is_last_wednesday_of_quarter_month(on):
            counts[on.isoformat()] = len(taken)
    return {
        "slot_days": available,
        "occupied_days": occupied,
        "rate": occupied / available if available else None,
        "counts": counts,
    }


def slot_turnover(world: World) -> dict[str, Any]:
    """Placements in scope ended in P in a slot that was occupied again, by anyone: next `from` minus `until`."""
    gaps = []
    for ended in world.of_scope("placements"):
        if not world.in_period(ended["until"]):
            continue
        later = [
            fact["from"]
            for fact in world.facts["placements"]
            if fact["slot"] == ended["slot"] and fact["from"] > ended["until"]
        ]
        if later:
            gaps.append((min(later) - ended["until"]).days)
    return {"n": len(gaps), "median_days": median(gaps)}
