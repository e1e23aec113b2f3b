"""What hangs on a trajectory by its own date: sessions, half-days, outcomes, certificates."""

from __future__ import annotations

from datetime import date, timedelta

from tests.oracle.edges import LATEST, Chance, anchors, clip
from tests.oracle.folder import Row, Rows
from tests.oracle.terms import Question

SESSION_KINDS = ("individual", "phone", "visit", "three_way", "group", "other")
ATTENDANCE = ("attended", "late", "absent_notice", "absent_no_notice", "not_held", "")
STATUSES = ("present", "absent_notice", "absent_no_notice", "sick", "cancelled")
KINDS = (
    "paid_work", "paid_work", "paid_work", "help_question_insight", "help_question_insight", "volunteering",
    "education", "care", "day_activity", "buddy", "debt_help", "next_trajectory", "other",
)  # fmt: skip
EMPLOYED_DAYS = (182, 365, 182, 365, 181, 183, 364, 366, 0)


def contacts(chance: Chance, rows: Rows, asked: Question, trajectory: Row) -> None:
    """Sessions, half-days, outcomes and certificates of one trajectory; all but the half-days may lie outside it,
    from 30 days before its start."""
    reference = trajectory["reference"]
    for _ in chance.up_to(2):
        session(chance, rows, reference, contact_day(chance, rows, asked, trajectory))
    for on in sorted({half_day_on(chance, rows, asked, trajectory) for _ in chance.up_to(2)}):
        for half_day in chance.some(("am", "pm"), 2):
            status = chance.one(STATUSES)
            row = {"trajectory": reference, "on": f"{on}", "half_day": half_day, "status": status}
            rows["attendance"].append(row)
    happened = {
        (contact_day(chance, rows, asked, trajectory), chance.one(KINDS)) for _ in chance.up_to(chance.one((0, 1, 3)))
    }
    for on, kind in sorted(happened):
        outcome(chance, rows, asked, {"trajectory": reference, "on": f"{on}", "kind": kind})
    if chance.one((False, False, True)):
        on = contact_day(chance, rows, asked, trajectory)
        rows["certificates"].append({"trajectory": reference, "name": "VCA basis", "on": f"{on}"})


def contact_day(chance: Chance, rows: Rows, asked: Question, trajectory: Row) -> date:
    """Around the edges of the period, the start, or an event, but not over 30 days before the start."""
    started = date.fromisoformat(trajectory["started_on"])
    own = [date.fromisoformat(row["on"]) for row in rows["events"] if row["trajectory"] == trajectory["reference"]]
    return max(chance.near([*anchors(asked), started, *own]), started - timedelta(days=30))


def half_day_on(chance: Chance, rows: Rows, asked: Question, trajectory: Row) -> date:
    """A day of the trajectory."""
    started = date.fromisoformat(trajectory["started_on"])
    ended = date.fromisoformat(trajectory["ended_on"]) if trajectory["ended_on"] else LATEST
    return min(max(contact_day(chance, rows, asked, trajectory), started), ended)


def session(chance: Chance, rows: Rows, trajectory: str, on: date) -> None:
    rows["sessions"].append(
        {
            "reference": f"S{len(rows['sessions']) + 1}",
            "trajectory": trajectory,
            "on": f"{on}",
            "minutes": chance.one(("", "0", "45", "60")),
            "kind": chance.one(SESSION_KINDS),
            "attendance": chance.one(ATTENDANCE),
        }
    )


def outcome(chance: Chance, rows: Rows, asked: Question, row: Row) -> None:
    """An outcome; of paid work often with when it started, and at times when it ended and was last seen."""
    rows["outcomes"].append(row)
    if row["kind"] != "paid_work" or chance.one((False, True, True)) is False:
        return
    before_reference = clip(asked.reference - timedelta(days=chance.one(EMPLOYED_DAYS)))
    starts = chance.one((date.fromisoformat(row["on"]), before_reference))
    row["employment_starts_on"] = f"{starts}"
    stayed = chance.one(EMPLOYED_DAYS) if chance.coin() else None
    seen = chance.one((None, *EMPLOYED_DAYS))
    if stayed is not None:
        row["employment_ended_on"] = f"{starts + timedelta(days=stayed)}"
    if seen is not None and (stayed is None or seen <= stayed):
        row["employment_last_seen_on"] = f"{starts + timedelta(days=seen)}"
