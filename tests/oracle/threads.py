"""The thread of a trajectory: its events, in an order the table of moves allows."""

from __future__ import annotations

from datetime import date, timedelta

from tests.oracle.edges import LATEST, Chance, anchors, clip
from tests.oracle.folder import Row, Rows
from tests.oracle.terms import Question

MOVES = {
    "trial": ("relapse", "paused", "trial_passed"),
    "running": ("relapse", "paused", "extended"),
    "paused": ("resumed", "relapse"),
    "relapse": ("resumed", "resumed", "relapse", "paused"),
}
# Around 28 and 84 days after a relapse, and 14 for the first sign of follow-up.
PICKED_UP = (28, 0, 1, 14, 15, 29, 84, 85)
AFTERCARE = ("aftercare_reached", "aftercare_not_reached", "aftercare_refused")


def thread(chance: Chance, rows: Rows, asked: Question, trajectory: Row) -> None:
    """Events from start to end, several of them on one day at times, and aftercare from the end on."""
    programme = next(row for row in rows["programmes"] if row["code"] == trajectory["programme"])
    home = "trial" if programme["trial_weeks"] else "running"
    state = home
    on = date.fromisoformat(trajectory["started_on"])
    last = date.fromisoformat(trajectory["ended_on"]) if trajectory["ended_on"] else LATEST
    turning = [*anchors(asked), *(asked.reference - timedelta(days=number) for number in (14, 28, 84))]
    taken = set()
    for _ in chance.up_to(5):
        pause = timedelta(days=chance.one(PICKED_UP)) if state in ("relapse", "paused") else chance.step()
        on = clip(on + pause) if chance.coin() else max(on, chance.near(turning))
        event = chance.one(MOVES[state])
        if on > last or (on, event) in taken:
            break
        taken.add((on, event))
        rows["events"].append({"trajectory": trajectory["reference"], "on": f"{on}", "event": event})
        if event == "trial_passed":
            home = "running"
        state = event if event in ("relapse", "paused") else home
    if trajectory["ended_on"]:
        if state == "trial" and chance.coin():
            rows["events"].append({"trajectory": trajectory["reference"], "on": f"{last}", "event": "trial_failed"})
        aftercare(chance, rows, asked, trajectory)


def aftercare(chance: Chance, rows: Rows, asked: Question, trajectory: Row) -> None:
    """Contacts after the end; two on one day count in the order of the file."""
    ended = date.fromisoformat(trajectory["ended_on"])
    taken = set()
    for _ in chance.up_to(chance.one((0, 1, 2, 3))):
        on = max(ended, chance.near([ended, *anchors(asked)]))
        event = chance.one(AFTERCARE)
        if (on, event) not in taken:
            taken.add((on, event))
            rows["events"].append({"trajectory": trajectory["reference"], "on": f"{on}", "event": event})
