"""The clauses of "Refused" that tie rows together, so that a generated folder can be shown to be valid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.oracle.folder import Rows
from tests.oracle.terms import Fact, facts_of

KEYS: dict[str, tuple[str, ...]] = {
    "municipalities": ("code",),
    "units": ("code",),
    "staff": ("email",),
    "hosts": ("code",),
    "destinations": ("code",),
    "end_reasons": ("code",),
    "programmes": ("code",),
    "agreements": ("code",),
    "participants": ("reference",),
    "slots": ("code",),
    "referrals": ("reference",),
    "trajectories": ("reference",),
    "sessions": ("reference",),
    "targets": ("agreement", "figure"),
    "events": ("trajectory", "on", "event"),
    "outcomes": ("trajectory", "on", "kind"),
    "placements": ("trajectory", "slot", "from"),
    "attendance": ("trajectory", "on", "half_day"),
    "assessments": ("participant", "instrument", "on", "moment", "dimension"),
    "certificates": ("trajectory", "name", "on"),
}
REFERENCES = {
    "unit": "units",
    "municipality": "municipalities",
    "programme": "programmes",
    "agreement": "agreements",
    "participant": "participants",
    "trajectory": "trajectories",
    "previous": "trajectories",
    "slot": "slots",
    "host": "hosts",
    "coach": "staff",
    "end_reason": "end_reasons",
    "destination": "destinations",
}
AFTERCARE = ("aftercare_reached", "aftercare_not_reached", "aftercare_refused")


def violations(rows: Rows) -> list[str]:
    """What is wrong with these rows, a line each; nothing for a valid folder."""
    facts = facts_of(rows)
    checks = (same_key_twice, unknown_references, trajectories, events, dated_rows, employments, placements)
    return [f"{check.__name__}: {line}" for check in checks for line in check(facts)]


def known(facts: dict[str, list[Fact]], name: str) -> dict[str, Fact]:
    return {fact[KEYS[name][0]]: fact for fact in facts[name]}


def same_key_twice(facts: dict[str, list[Fact]]) -> Iterator[str]:
    for name, columns in KEYS.items():
        counts = Counter(tuple(fact[column] for column in columns) for fact in facts.get(name, []))
        yield from (f"{name} {key}" for key, number in counts.items() if number > 1)


def unknown_references(facts: dict[str, list[Fact]]) -> Iterator[str]:
    every = {other: known(facts, other) for other in REFERENCES.values()}
    for name, lines in facts.items():
        for fact in lines:
            for column, other in REFERENCES.items():
                value = fact.get(column)
                if value and value not in every[other]:
                    yield f"{name} {column} {value}"


def before(left: Any, right: Any) -> bool:
    """Both are known, and the first lies before the second."""
    return left is not None and right is not None and bool(left < right)


def trajectories(facts: dict[str, list[Fact]]) -> Iterator[str]:
    agreements = known(facts, "agreements")
    every = known(facts, "trajectories")
    for fact in facts["trajectories"]:
        agreement = agreements[fact["agreement"]]
        start, end = fact["started_on"], fact["ended_on"]
        if before(end, start) or before(start, fact["referred_on"]):
            yield f"{fact['reference']}: end before start or start before referral"
        if before(start, agreement["starts_on"]) or before(agreement["ends_on"], start):
            yield f"{fact['reference']}: starts outside its agreement"
        if fact["programme"] not in agreement["programmes"].split("|"):
            yield f"{fact['reference']}: not paid for"
        if end is None and (fact.get("end_reason") or fact.get("destination")):
            yield f"{fact['reference']}: reason or destination without an end"
        previous = every.get(fact.get("previous", ""))
        if previous and (
            previous["participant"] != fact["participant"]
            or previous["ended_on"] is None
            or previous["ended_on"] > start
        ):
            yield f"{fact['reference']}: previous"


def events(facts: dict[str, list[Fact]]) -> Iterator[str]:
    for trajectory in facts["trajectories"]:
        own = [fact for fact in facts["events"] if fact["trajectory"] == trajectory["reference"]]
        is_open = False
        for event in sorted(own, key=lambda fact: (fact["on"], fact["order"])):
            at = f"{trajectory['reference']} {event['on']} {event['event']}"
            end = trajectory["ended_on"]
            if event["event"] in AFTERCARE:
                if end is None or event["on"] < end:
                    yield f"{at}: before the end"
                continue
            if event["on"] < trajectory["started_on"] or before(end, event["on"]):
                yield f"{at}: outside its trajectory"
            if event["event"] == "resumed" and not is_open:
                yield f"{at}: nothing to resume"
            is_open = event["event"] in ("relapse", "paused") or (is_open and event["event"] != "resumed")


def dated_rows(facts: dict[str, list[Fact]]) -> Iterator[str]:
    every = known(facts, "trajectories")
    for name in ("outcomes", "sessions", "certificates", "assessments"):
        for fact in facts[name]:
            trajectory = every.get(fact["trajectory"])
            if trajectory and fact["on"] < trajectory["started_on"] - timedelta(days=30):
                yield f"{name} {fact['trajectory']} {fact['on']}: too early"
    for fact in facts["attendance"]:
        trajectory = every[fact["trajectory"]]
        if fact["on"] < trajectory["started_on"] or before(trajectory["ended_on"], fact["on"]):
            yield f"attendance {fact['trajectory']} {fact['on']}: outside its trajectory"


def employments(facts: dict[str, list[Fact]]) -> Iterator[str]:
    for fact in facts["outcomes"]:
        start, end, seen = (fact[f"employment_{what}_on"] for what in ("starts", "ended", "last_seen"))
        if start is None and (end is not None or seen is not None):
            yield f"{fact['trajectory']} {fact['on']}: employment without a start"
        if before(end, start) or before(seen, start) or before(end, seen):
            yield f"{fact['trajectory']} {fact['on']}: employment dates"


def placements(facts: dict[str, list[Fact]]) -> Iterator[str]:
    slots, every = known(facts, "slots"), known(facts, "trajectories")
    for fact in facts["placements"]:
        slot, trajectory = slots[fact["slot"]], every[fact["trajectory"]]
        at = f"{fact['trajectory']} {fact['slot']} {fact['from']}"
        if slot["programme"] != trajectory["programme"]:
            yield f"{at}: slot of another programme"
        if before(fact["from"], slot["from"]) or before(slot["until"], fact["until"]):
            yield f"{at}: outside the days of the slot"
        if slot["until"] is not None and fact["until"] is None:
            yield f"{at}: open in a slot that closes"
        if before(fact["from"], trajectory["started_on"]) or before(trajectory["ended_on"], fact["from"]):
            yield f"{at}: starts outside its trajectory"
        if before(fact["until"], fact["from"]):
            yield f"{at}: end before start"
        others = [one for one in facts["placements"] if one["slot"] == fact["slot"] and one["from"] > fact["from"]]
        if any(fact["until"] is None or one["from"] <= fact["until"] for one in others):
            yield f"{at}: slot held twice"
