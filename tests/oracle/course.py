"""Figures about the course of a trajectory: relapse, return, times, aftercare, contacts."""

from __future__ import annotations

from typing import Any

from tests.oracle.terms import Fact, World, days, mean, median, percentile, tally

TOOK_PLACE = ("attended", "late")
AFTERCARE = {
    "aftercare_reached": "reached",
    "aftercare_not_reached": "not_reached",
    "aftercare_refused": "refused",
}


def relapses(world: World) -> list[Fact]:
    """Relapse events dated in P."""
    return [fact for fact in world.in_period_and_scope("events") if fact["event"] == "relapse"]


def resumed_within(world: World, relapse: Fact, window: int) -> bool:
    """Followed by a `resumed` event on the same trajectory within so many days; a later event of the same day
    counts."""
    return any(
        event["event"] == "resumed"
        and event["trajectory"] == relapse["trajectory"]
        and (event["on"], event["order"]) > (relapse["on"], relapse["order"])
        and event["on"] <= relapse["on"] + days(window)
        for event in world.facts["events"]
    )


def picked_up_again(world: World) -> dict[str, int]:
    counts = {}
    for window in (28, 84):
        picked = [fact for fact in relapses(world) if resumed_within(world, fact, window)]
        left = [fact for fact in relapses(world) if not resumed_within(world, fact, window)]
        # "An episode not resumed and younger than the window at the reference date"
        young = [fact for fact in left if world.reference - fact["on"] < days(window)]
        counts[f"within_{window}"] = len(picked)
        counts[f"too_early_{window}"] = len(young)
    return counts


def re_entries(world: World) -> dict[str, int]:
    """`inflow` by participants who had an earlier trajectory in the same scope that ended before this one started.
    The gap is `started_on` minus the latest earlier `ended_on`."""
    counts = {"total": 0, "within_182": 0, "within_365": 0, "over_365": 0}
    for entry in world.inflow():
        earlier = [
            fact["ended_on"]
            for fact in world.trajectories
            if fact["participant"] == entry["participant"]
            and fact["ended_on"] is not None
            and fact["ended_on"] < entry["started_on"]
        ]
        if not earlier:
            continue
        gap = (entry["started_on"] - max(earlier)).days
        counts["total"] += 1
        counts["within_182" if gap <= 182 else "within_365" if gap <= 365 else "over_365"] += 1
    return counts


def times(world: World) -> dict[str, Any]:
    """`lead_time`, `running_time` and `waiting_time`."""
    lead = [(fact["ended_on"] - fact["started_on"]).days for fact in world.outflow()]
    running = [(world.last + days(1) - fact["started_on"]).days for fact in world.stock_end()]
    waiting = [
        (fact["started_on"] - fact["referred_on"]).days for fact in world.inflow() if fact["referred_on"] is not None
    ]
    return {
        "lead_time": spread(lead),
        "running_time": spread(running),
        "waiting_time": {
            "n": len(waiting),
            "median": median(waiting),
            "within_14": len([number for number in waiting if number <= 14]),
            "within_28": len([number for number in waiting if number <= 28]),
            "within_56": len([number for number in waiting if number <= 56]),
        },
    }


def spread(values: list[int]) -> dict[str, float | None]:
    return {
        "n": len(values),
        "mean": mean(values),
        "median": median(values),
        "q1": percentile(values, 0.25),
        "q3": percentile(values, 0.75),
    }


def sessions(world: World) -> dict[str, Any]:
    """Those dated in P that took place, split by kind; the split by attendance covers all of them."""
    dated = world.in_period_and_scope("sessions")
    held = [fact for fact in dated if fact["attendance"] in TOOK_PLACE]
    return {
        "n": len(held),
        "minutes": sum(int(fact["minutes"] or 0) for fact in held),
        "by_kind": tally([fact["kind"] for fact in held]),
        "by_attendance": tally([fact["attendance"] for fact in dated]),
    }


def attendance(world: World) -> dict[str, float | None]:
    """Planned half-days in P. Rate = present / (planned - cancelled by us)."""
    dated = world.in_period_and_scope("attendance")
    counts: dict[str, float | None] = {"planned": len(dated)}
    for status in ("present", "absent_notice", "absent_no_notice", "sick", "cancelled"):
        counts[status] = len([fact for fact in dated if fact["status"] == status])
    under = len([fact for fact in dated if fact["status"] != "cancelled"])
    present = len([fact for fact in dated if fact["status"] == "present"])
    counts["rate"] = present / under if under else None
    return counts


def aftercare(world: World) -> dict[str, int]:
    """Ended trajectories with an aftercare contact dated in P, by the last one in P."""
    last: dict[str, Fact] = {}
    for event in world.in_period_and_scope("events"):
        if event["event"] not in AFTERCARE or event["of"]["ended_on"] is None:
            continue
        known = last.get(event["trajectory"])
        if known is None or (event["on"], event["order"]) > (known["on"], known["order"]):
            last[event["trajectory"]] = event
    return tally([AFTERCARE[event["event"]] for event in last.values()])
