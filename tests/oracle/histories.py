"""Random valid import folders, built around the edges of one question.

`cases()` gives the rows of a folder and the questions to ask of it. Hypothesis chooses the seed only: were every
small choice a draw, it would spend five of six examples on copies of the one before with a single choice changed.
What makes a failing folder small and readable is `tests.oracle.reducing`, which takes rows away.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from tests.oracle.contacts import contacts
from tests.oracle.edges import EARLIEST, LATEST, Chance, anchors, birth_date, clip, narrowed, question
from tests.oracle.folder import COLUMNS, Row, Rows
from tests.oracle.measured import measurements
from tests.oracle.terms import Question
from tests.oracle.threads import thread

UNITS = ("AE", "GR")
MUNICIPALITIES = ("0307", "0327")
PROGRAMMES = ("P1", "P2", "P3", "P4")
DESTINATIONS = (("WERK", "paid_work"), ("ONB", "unknown"))
END_REASONS = (("DOEL", "no"), ("WEG", "yes"))
TARGETS = (
    "participants", "trajectories", "stock_start", "inflow", "outflow", "stock_end", "leavers", "stayers", "paid_work",
    "help_question_insight", "both_outcomes", "other_route", "dropout", "relapses", "certificates",
)  # fmt: skip


class Case(NamedTuple):
    """A folder, and what is asked of it."""

    rows: Rows
    questions: list[Question]


def cases() -> st.SearchStrategy[Case]:
    """A folder with the two questions around whose edges it was built, each asked whole and narrowed."""
    return st.randoms(use_true_random=True).map(lambda random: case(Chance(random)))


def case(chance: Chance) -> Case:
    asked = [question(chance), question(chance)]
    rows = folder(chance, asked)
    return Case(rows, [*asked, *(narrowed(chance, rows, one) for one in asked)])


def folder(chance: Chance, asked: list[Question]) -> Rows:
    """Rows of every file, valid by every clause of the import; each person stands around one of the questions."""
    rows: Rows = {name: [] for name in COLUMNS}
    configure(chance, rows)
    agree(chance, rows, chance.one(asked))
    for number in chance.up_to(12, keep_on=30):
        enter(chance, rows, chance.one(asked), f"D{number}")
    for number in chance.up_to(6, keep_on=9):
        open_slot(chance, rows, chance.one(asked), number)
    return rows


def configure(chance: Chance, rows: Rows) -> None:
    """Units, staff, code lists and programmes."""
    units = UNITS[: chance.one((1, 2))]
    rows["units"] = [{"code": code, "name": f"Unit {code}"} for code in units]
    rows["municipalities"] = [{"code": code, "name": f"Gemeente {code}"} for code in MUNICIPALITIES]
    rows["staff"] = [
        {"email": f"coach.{unit.lower()}@voorbeeld.test", "name": f"Coach {unit}", "role": "coach", "unit": unit}
        for unit in units
    ]
    rows["destinations"] = [{"code": code, "name": code, "category": kind} for code, kind in DESTINATIONS]
    rows["end_reasons"] = [{"code": code, "name": code, "dropout": answer} for code, answer in END_REASONS]
    rows["programmes"] = [
        {
            "code": code,
            "name": f"Programma {code}",
            "unit": chance.one(units),
            "kind": "work_team",
            "aim": "work",
            "legal_ground": "participatiewet",
            "trial_weeks": chance.one(("", "2")),
        }
        for code in PROGRAMMES[: chance.one((2, 3, 4))]
    ]


def agree(chance: Chance, rows: Rows, asked: Question) -> None:
    """One to three agreements and their targets. The first pays for all programmes at all times, so that every
    trajectory has an agreement to stand under."""
    codes = [row["code"] for row in rows["programmes"]]
    rows["agreements"] = [agreement("A1", MUNICIPALITIES[0], codes, EARLIEST, chance.one(("", "2030-12-31")))]
    for code in ("A2", "A3")[: chance.one((0, 1, 2))]:
        starts = EARLIEST if chance.coin() else chance.near(anchors(asked))
        length = chance.one((None, 0, 27, 364, 2500))
        ends = "" if length is None else f"{starts + timedelta(days=length)}"
        paid = chance.some(codes, 4) or codes[:1]
        rows["agreements"].append(agreement(code, chance.one(MUNICIPALITIES[::-1]), paid, starts, ends))
    for row in rows["agreements"]:
        for figure in chance.some(TARGETS, 3):
            target = chance.one(("10", "0", "12.5", "33.33"))
            rows["targets"].append({"agreement": row["code"], "figure": figure, "target": target})


def agreement(code: str, payer: str, programmes: list[str], starts: date, ends: str) -> Row:
    return {
        "code": code,
        "municipality": payer,
        "programmes": "|".join(programmes),
        "starts_on": starts.isoformat(),
        "ends_on": ends,
    }


def enter(chance: Chance, rows: Rows, asked: Question, reference: str) -> None:
    """One file: the person, up to four trajectories, and all that hangs on each of them."""
    rows["participants"].append(
        {
            "reference": reference,
            "surname": "Jansen",
            "date_of_birth": birth_date(chance, asked.first),
            "gender": chance.one(("m", "f", "x", "")),
            "municipality": chance.one(MUNICIPALITIES),
            "benefit": chance.one(("participatiewet", "none", "")),
        }
    )
    own: list[Row] = []
    for _ in chance.up_to(4, keep_on=5):
        own.append(trajectory(chance, rows, asked, reference, own))
    for row in own:
        thread(chance, rows, asked, row)
        contacts(chance, rows, asked, row)
    measurements(chance, rows, asked, reference, own)


def trajectory(chance: Chance, rows: Rows, asked: Question, participant: str, earlier: list[Row]) -> Row:
    """A trajectory at an edge of the period, or a chosen number of days after the end of an earlier one."""
    ended = [date.fromisoformat(row["ended_on"]) for row in earlier if row["ended_on"]]
    follows = bool(ended) and chance.coin()
    start = clip(ended[-1] + gap(chance)) if follows else chance.near(anchors(asked))
    programme = chance.one(rows["programmes"])["code"]
    payers = [row["code"] for row in rows["agreements"] if may_start(row, programme, start)]
    row = dict.fromkeys(COLUMNS["trajectories"], "")
    row |= {
        "reference": f"T{len(rows['trajectories']) + 1}",
        "participant": participant,
        "programme": programme,
        "agreement": chance.one(payers),
        "started_on": start.isoformat(),
    }
    waited = chance.one((None, 0, 14, 15, 28, 29, 56, 57))
    if waited is not None:
        row["referred_on"] = (start - timedelta(days=waited)).isoformat()
    ends = chance.one((None, clip(start + chance.step()), chance.near(anchors(asked))))
    if ends is not None and ends >= start:
        row["ended_on"] = ends.isoformat()
        row["end_reason"] = chance.one(("DOEL", "WEG", ""))
        row["destination"] = chance.one(("WERK", "ONB", ""))
    before = [one["reference"] for one in earlier if one["ended_on"] and one["ended_on"] < row["started_on"]]
    if before and chance.coin():
        row["previous"] = before[-1]
    rows["trajectories"].append(row)
    return row


def gap(chance: Chance) -> timedelta:
    """From the end of one trajectory to the start of the next; half of the time at a border of the bands."""
    return timedelta(days=chance.one((1, 0, 182, 183, 365, 366, 500))) if chance.coin() else chance.step()


def may_start(row: Row, programme: str, start: date) -> bool:
    """The agreement pays for the programme, and the day lies within its dates."""
    ends = row["ends_on"] or "9999-12-31"
    return programme in row["programmes"].split("|") and row["starts_on"] <= start.isoformat() <= ends


def open_slot(chance: Chance, rows: Rows, asked: Question, number: int) -> None:
    """A slot, and who held it: one after another, never two on one day."""
    programme = chance.one(rows["programmes"])["code"]
    opened = EARLIEST if chance.coin() else chance.near(anchors(asked))
    length = chance.one((None, 365, 2500, 29, 0))
    closed = None if length is None else opened + timedelta(days=length)
    slot = f"{programme}-{number}"
    until = f"{closed}" if closed else ""
    rows["slots"].append({"code": slot, "programme": programme, "from": f"{opened}", "until": until})
    holders = [row for row in rows["trajectories"] if row["programme"] == programme]
    holders.sort(key=lambda row: row["started_on"])
    free_from: date | None = opened
    for holder in holders[:8]:
        if free_from is not None and chance.one((False, True, True, True)):
            free_from = place(chance, rows, holder, slot, free_from, closed)


def place(chance: Chance, rows: Rows, holder: Row, slot: str, free_from: date, closed: date | None) -> date | None:
    """A placement of the holder from the first day it can be, or somewhat later, if it can be. Returns the day from
    which the slot is free again, None when it stays held."""
    starts = max(free_from, date.fromisoformat(holder["started_on"]))
    if chance.one((False, False, True)):
        starts += chance.step()
    latest = min(date.fromisoformat(holder["ended_on"] or f"{LATEST}"), closed or LATEST)
    if starts > latest:
        return free_from
    lengths = (latest, starts + timedelta(days=chance.one((0, 1, 29, 84, 182))), starts + chance.step())
    until = None if chance.one((False, False, True)) else chance.one(lengths)
    if closed is not None and (until is None or until > closed):
        until = closed
    text = f"{until}" if until else ""
    rows["placements"].append({"trajectory": holder["reference"], "slot": slot, "from": f"{starts}", "until": text})
    return None if until is None else until + timedelta(days=1)
