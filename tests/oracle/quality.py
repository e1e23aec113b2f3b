"""The checks of `data_quality`: per check the total and what is wrong, as in the table of definitions."""

from __future__ import annotations

from tests.oracle.course import TOOK_PLACE, relapses
from tests.oracle.terms import Fact, World, days


def check(total: list[Fact], wrong: list[Fact]) -> dict[str, int]:
    return {"total": len(total), "wrong": len(wrong)}


def measured(world: World, person: str, instrument: str | None) -> list[Fact]:
    return [
        fact
        for fact in world.facts["assessments"]
        if fact["participant"] == person and instrument in (None, fact["instrument"])
    ]


def no_first_ladder(world: World) -> dict[str, int]:
    """Of trajectories that run in P, still ran 30 days after the start, and that day is not after the earlier of
    P.end and the reference date: no ladder assessment from 30 days before the start to 30 days after it."""
    total = []
    for fact in world.running():
        later = fact["started_on"] + days(30)
        if (fact["ended_on"] is None or fact["ended_on"] >= later) and later <= min(world.last, world.reference):
            total.append(fact)
    wrong = []
    for fact in total:
        start = fact["started_on"]
        ladders = measured(world, fact["participant"], "ladder")
        if not any(start - days(30) <= one["on"] <= start + days(30) for one in ladders):
            wrong.append(fact)
    return check(total, wrong)


def no_measurement_6_months(world: World) -> dict[str, int]:
    """`stock_end`, started 182 days or more before P.end: no assessment at all in the 182 days that end with
    P.end."""
    total = [fact for fact in world.stock_end() if fact["started_on"] <= world.last - days(182)]
    wrong = [
        fact
        for fact in total
        if not any(
            world.last - days(181) <= one["on"] <= world.last for one in measured(world, fact["participant"], None)
        )
    ]
    return check(total, wrong)


def session_not_filled_in(world: World) -> dict[str, int]:
    """Sessions dated in P and before the reference date."""
    total = [fact for fact in world.in_period_and_scope("sessions") if fact["on"] < world.reference]
    return check(total, [fact for fact in total if not fact["attendance"]])


def paid_work_without_start(world: World) -> dict[str, int]:
    total = [fact for fact in world.in_period_and_scope("outcomes") if fact["kind"] == "paid_work"]
    return check(total, [fact for fact in total if fact["employment_starts_on"] is None])


def relapse_without_follow_up(world: World) -> dict[str, int]:
    """Relapses in P, 14 days old or older: neither another event nor a session that took place on the trajectory,
    from the day of the relapse to 14 days after it."""
    total = [fact for fact in relapses(world) if world.reference - fact["on"] >= days(14)]
    wrong = []
    for relapse in total:
        events = [
            fact
            for fact in world.facts["events"]
            if fact["trajectory"] == relapse["trajectory"] and fact["order"] != relapse["order"]
        ]
        sessions = [
            fact
            for fact in world.facts["sessions"]
            if fact["trajectory"] == relapse["trajectory"] and fact["attendance"] in TOOK_PLACE
        ]
        if not any(relapse["on"] <= fact["on"] <= relapse["on"] + days(14) for fact in events + sessions):
            wrong.append(relapse)
    return check(total, wrong)


def slot_past_end(world: World) -> dict[str, int]:
    """Placements of trajectories in `outflow`: open, or ended after the trajectory."""
    ended = {fact["reference"] for fact in world.outflow()}
    total = [fact for fact in world.of_scope("placements") if fact["trajectory"] in ended]
    wrong = [fact for fact in total if fact["until"] is None or fact["until"] > fact["of"]["ended_on"]]
    return check(total, wrong)


def data_quality(world: World) -> dict[str, dict[str, int]]:
    outflow, inflow = world.outflow(), world.inflow()
    return {
        "ended_without_destination": check(outflow, [fact for fact in outflow if not fact["destination"]]),
        "ended_without_reason": check(outflow, [fact for fact in outflow if not fact["end_reason"]]),
        "started_without_referral_date": check(inflow, [fact for fact in inflow if fact["referred_on"] is None]),
        "no_first_ladder": no_first_ladder(world),
        "no_measurement_6_months": no_measurement_6_months(world),
        "session_not_filled_in": session_not_filled_in(world),
        "paid_work_without_start": paid_work_without_start(world),
        "relapse_without_follow_up": relapse_without_follow_up(world),
        "slot_past_end": slot_past_end(world),
        # Imported rows are known on their own date and are not counted.
        "late_entry": {"total": 0, "wrong": 0},
    }
