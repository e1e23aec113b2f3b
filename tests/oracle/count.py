"""Every figure over the rows of an import folder, in the shape that `manage.py figures` prints."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.oracle import course, measurements, people, places, quality
from tests.oracle.folder import COLUMNS, Rows, read_folder
from tests.oracle.terms import Fact, Question, World, facts_of


def count(
    source: Path | Rows,
    *,
    period_from: date,
    period_to: date,
    reference_date: date,
    agreements: Collection[str] = (),
    municipalities: Collection[str] = (),
    programmes: Collection[str] = (),
    units: Collection[str] = (),
) -> dict[str, Any]:
    """Count every figure over a folder, or over its rows, for a period, a reference date and a scope."""
    rows = read_folder(source) if isinstance(source, Path) else source
    facts = facts_of({name: rows.get(name, []) for name in COLUMNS})
    question = Question(period_from, period_to, reference_date, agreements, municipalities, programmes, units)
    world = World(facts, question)
    return {**figures(world), "targets": targets(world)}


def plain_numbers(world: World) -> dict[str, Any]:
    return {
        **people.headcount(world),
        **people.outcomes(world),
        **people.way_out(world),
        "relapses": len(course.relapses(world)),
        "certificates": len(world.in_period_and_scope("certificates")),
    }


def figures(world: World) -> dict[str, Any]:
    return {
        **plain_numbers(world),
        **course.times(world),
        "picked_up_again": course.picked_up_again(world),
        "re_entries": course.re_entries(world),
        "sessions": course.sessions(world),
        "attendance": course.attendance(world),
        "ladder": measurements.ladder(world),
        "loneliness": measurements.loneliness(world),
        "instrument_change": measurements.instrument_change(world),
        "occupancy": places.occupancy(world),
        "slot_turnover": places.slot_turnover(world),
        "sustained_work": people.sustained_work(world),
        "aftercare": course.aftercare(world),
        **people.splits(world),
        "data_quality": quality.data_quality(world),
    }


def targets(world: World) -> list[dict[str, Any]]:
    """Per agreement in scope and figure with a target, ordered by agreement and figure. Agreements not yet started
    at P.end are left out."""
    found = []
    for target in sorted(world.facts["targets"], key=lambda fact: (fact["agreement"], fact["figure"])):
        agreement = world.agreement[target["agreement"]]
        if world.agreement_in_scope(agreement["code"]) and agreement["starts_on"] <= world.last:
            found.append(target_row(world, agreement, target))
    return found


def target_row(world: World, agreement: Fact, target: Fact) -> dict[str, Any]:
    """*Realised* is always over the whole agreement, whatever programme or unit is asked for."""
    starts, ends = agreement["starts_on"], agreement["ends_on"]
    until = world.last if ends is None else min(ends, world.last)
    whole = World(world.all_facts, Question(starts, until, world.reference, agreements=(agreement["code"],)))
    aim = Fraction(target["target"])
    elapsed = (until - starts).days + 1
    return {
        "agreement": agreement["code"],
        "figure": target["figure"],
        "target": float(aim),
        "realised": plain_numbers(whole)[target["figure"]],
        "expected": None if ends is None else float(aim * elapsed / ((ends - starts).days + 1)),
    }
