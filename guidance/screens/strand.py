"""The timeline as hanging threads: one strand for each trajectory, newest first, slack where it hung slack."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.clock import today
from foundation.templatetags.look import full_date, long_date
from guidance.screens.beads import Bead, bead_of
from guidance.screens.file import File
from guidance.screens.timeline import Happening
from trajectories.drawing import happened, status_of, thread_of
from trajectories.models import EventKind, OutcomeKind, Trajectory
from trajectories.workflow import AFTERCARE, UNDERWAY

E = EventKind
TURNS = frozenset({E.RELAPSE, E.PAUSED, E.RESUMED})
CAN_BE_UNDONE = TURNS | AFTERCARE | {E.STARTED, E.TRIAL_PASSED, E.TRIAL_FAILED, E.ENDED, E.CANCELLED}
DAYS_A_MONTH = 30
SHORTEST_GAP = 31

Turn = tuple[date, str]


def strands_of(file: File, rows: Sequence[Happening], *, is_first: bool, may_move: bool) -> list[dict[str, Any]]:
    """Group a page of the timeline by trajectory, the newest on top. The first page begins with today."""
    ladder = file.person.ladder  # type: ignore[attr-defined]  # annotated
    own: dict[UUID | None, list[Happening]] = {}
    for row in rows:
        own.setdefault(_home_of(row, file), []).append(row)
    strands = []
    for trajectory in file.trajectories:
        if found := own.get(trajectory.pk):
            strands.append(_strand(trajectory, found, file, ladder, is_first=is_first, may_move=may_move))
    if loose := own.get(None):
        strands.append({"beads": [bead_of(row, None, ladder) for row in loose], "trajectory": None})
    return strands


def _home_of(row: Happening, file: File) -> UUID | None:
    """The trajectory under which something is shown: its own, or the one that ran on that day."""
    if row.trajectory_id:
        return row.trajectory_id
    running = [t for t in file.trajectories if t.started_on <= row.on and (t.ended_on is None or row.on <= t.ended_on)]
    return running[0].pk if running else None


def _strand(
    trajectory: Trajectory,
    rows: Sequence[Happening],
    file: File,
    ladder: Sequence[Mapping[str, Any]],
    *,
    is_first: bool,
    may_move: bool,
) -> dict[str, Any]:
    label, glyph = status_of(trajectory)
    turns = [(on, kind) for on, kind in happened(trajectory) if kind in TURNS and (is_first or on <= rows[0].on)]
    beads = _beads(trajectory, rows, turns, ladder)
    if is_first and trajectory.state in UNDERWAY:
        beads = _under_today(trajectory, rows, beads, is_slack=_is_slack(turns))
    if may_move:
        _offer_undoing(rows, beads)
    return {
        "trajectory": trajectory,
        "title": _title(trajectory, file),
        "days": _days(trajectory),
        "status": label,
        "glyph": glyph,
        "beads": beads,
        "gap": _gap_before(trajectory, file),
    }


def _beads(
    trajectory: Trajectory, rows: Sequence[Happening], turns: Sequence[Turn], ladder: Sequence[Mapping[str, Any]]
) -> list[Bead]:
    """The beads from new to old. What happened while the thread hung slack hangs under the bead above it."""
    beads: list[Bead] = []
    left = list(turns)
    for row in rows:
        if _waits(row):
            continue
        bead = bead_of(row, trajectory, ladder)
        if _turns(row):
            since = _slack_since(left[:-1])
            if row.kind == E.RESUMED and since:
                bead.text = " ".join(part for part in (_after_days(since, row.on), bead.text) if part)
            left = left[:-1]
            bead.css = bead.css if row.kind == E.RESUMED else "is-slack" if _is_slack(left) else "is-open"
            beads.append(bead)
        elif _is_slack(left) and beads:
            beads[-1].hanging.append(bead)
        else:
            beads.append(bead)
    return beads


def _turns(row: Happening) -> bool:
    return row.source == "event" and row.kind in TURNS and not row.detail["undone_by"]


def _waits(row: Happening) -> bool:
    """An appointment of today or later: it stands at today's bead, or on the overview."""
    return row.source == "session" and not row.detail["attendance"] and row.on >= today()


def _is_slack(turns: Sequence[Turn]) -> bool:
    return bool(turns) and turns[-1][1] != E.RESUMED


def _slack_since(turns: Sequence[Turn]) -> date | None:
    """The day on which the thread began to hang slack, when it did at the end of these turns."""
    since = None
    for on, kind in reversed(turns):
        if kind == E.RESUMED:
            break
        since = on
    return since


def _after_days(since: date, on: date) -> str:
    days = (on - since).days
    return ngettext("After %(days)s day.", "After %(days)s days.", days) % {"days": days} if days else ""


def _under_today(trajectory: Trajectory, rows: Sequence[Happening], beads: list[Bead], *, is_slack: bool) -> list[Bead]:
    """Put today on top; when the thread hangs slack now, what happened since hangs under it."""
    day = thread_of(trajectory).day
    times = sorted(row.at for row in rows if _waits(row) and row.on == today() and row.at)
    text = _("You have an appointment at %(time)s.") % {"time": f"{times[0]:%H:%M}"} if times else ""
    title = _("Today, day %(day)s") % {"day": day}
    bead = Bead("is-today is-slack" if is_slack else "is-today", long_date(today()).capitalize(), title, text=text)
    if is_slack:
        turn = next((place for place, found in enumerate(beads) if found.css in {"is-open", "is-slack"}), len(beads))
        bead.hanging, beads = beads[:turn], beads[turn:]
    return [bead, *beads]


def _offer_undoing(rows: Sequence[Happening], beads: Sequence[Bead]) -> None:
    """The last thing that turned the thread can be undone: its bead gets a link."""
    holding = [
        row for row in rows if row.source == "event" and row.kind in CAN_BE_UNDONE and not row.detail["undone_by"]
    ]
    for bead in beads if holding else ():
        if bead.key == holding[0].key:
            bead.undo_url = reverse("trajectories:void", args=[holding[0].key])


def _title(trajectory: Trajectory, file: File) -> str:
    """The programme; who was in it before reads which time this was."""
    same = [t for t in reversed(file.trajectories) if t.programme_id == trajectory.programme_id]
    if len(same) == 1:
        return trajectory.programme.name
    number = [t.pk for t in same].index(trajectory.pk) + 1
    return _("%(programme)s, trajectory %(number)s") % {"programme": trajectory.programme.name, "number": number}


def _days(trajectory: Trajectory) -> str:
    words = {"from": full_date(trajectory.started_on)}
    if trajectory.ended_on:
        return _("%(from)s to %(until)s, %(days)s days") % {
            **words,
            "until": full_date(trajectory.ended_on),
            "days": (trajectory.ended_on - trajectory.started_on).days + 1,
        }
    thread = thread_of(trajectory)
    return _("%(from)s until now, %(words)s") % {**words, "words": thread.words[:1].lower() + thread.words[1:]}


def _gap_before(trajectory: Trajectory, file: File) -> str:
    """How long there was no trajectory before this one, when that was longer than a month."""
    earlier = [t for t in file.trajectories if t.pk != trajectory.pk and t.started_on <= trajectory.started_on]
    if not earlier or any(t.ended_on is None or t.ended_on >= trajectory.started_on for t in earlier):
        return ""
    days = (trajectory.started_on - max(t.ended_on for t in earlier if t.ended_on)).days
    if days < SHORTEST_GAP:
        return ""
    months = days // DAYS_A_MONTH
    return ngettext("%(months)s month without a trajectory.", "%(months)s months without a trajectory.", months) % {
        "months": months
    }


def in_short(file: File, outcomes: Sequence[str]) -> list[dict[str, str]]:
    """The thread in short, beside the timeline."""
    running = len(file.open)
    total = len(file.trajectories)
    relapses = sum(kind == E.RELAPSE for t in file.trajectories for _on, kind in happened(t))
    facts = [
        {"label": _("Trajectories"), "text": _("%(total)s, of which %(open)s open") % {"total": total, "open": running}}
    ]
    if relapses:
        times = ngettext("%(number)s time", "%(number)s times", relapses) % {"number": relapses}
        facts.append({"label": _("Relapse"), "text": times})
    if steps := file.person.ladder:  # type: ignore[attr-defined]  # annotated
        first, last = steps[0]["step"], steps[-1]["step"]
        text = _("From step %(first)s to %(last)s") if len(steps) > 1 else _("Step %(last)s")
        facts.append({"label": _("Participation ladder"), "text": text % {"first": first, "last": last}})
    if outcomes:
        labels = dict.fromkeys(str(OutcomeKind(kind).label) for kind in outcomes)
        facts.append({"label": _("Outcomes"), "text": ", ".join(labels)})
    return facts
