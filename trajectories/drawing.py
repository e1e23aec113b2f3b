"""Trajectories with what happened on them, read in one query, and their threads drawn from it."""

from datetime import date
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from foundation.clock import today
from trajectories.models import EventKind, State, Trajectory, TrajectoryEvent
from trajectories.thread import Thread, draw_thread

Q = TypeVar("Q", bound="QuerySet[Trajectory]")
RECENT_DAYS = 7  # so long after it is picked up again, the status says so
VERDICTS = {EventKind.TRIAL_PASSED, EventKind.TRIAL_FAILED}


def with_happened(trajectories: Q) -> Q:
    """Give each trajectory, in the same query, the day and kind of its events that hold; read by `happened`."""
    events = TrajectoryEvent.objects.holding().filter(trajectory=OuterRef("pk"))
    pairs = events.values(pair=JSONObject(on="dated_on", kind="kind"))
    return trajectories.annotate(happened_pairs=ArraySubquery(pairs))


def happened(trajectory: Trajectory) -> list[tuple[date, str]]:
    """Return what happened on a trajectory that was read by `with_happened`: day and kind, in order."""
    pairs = trajectory.happened_pairs  # type: ignore[attr-defined]  # annotated
    return [(date.fromisoformat(pair["on"]), pair["kind"]) for pair in pairs]


def thread_of(trajectory: Trajectory) -> Thread:
    """Draw the thread of a trajectory that was read by `with_happened`."""
    return draw_thread(
        started_on=trajectory.started_on,
        planned_end_on=trajectory.planned_end_on,
        ended_on=trajectory.ended_on,
        events=happened(trajectory),
        today=today(),
        key=f"thread-{trajectory.pk}",
    )


def has_verdict(trajectory: Trajectory) -> bool:
    """Whether the trial of a trajectory that was read by `with_happened` has its verdict."""
    return any(kind in VERDICTS for _on, kind in happened(trajectory))


def status_of(trajectory: Trajectory) -> tuple[str, str]:
    """Return the word for where a trajectory is, and its glyph. Just picked up again is a status of its own."""
    last = next(((on, kind) for on, kind in reversed(happened(trajectory)) if kind != EventKind.COACH_CHANGED), None)
    if last and last[1] == EventKind.RESUMED and (today() - last[0]).days <= RECENT_DAYS:
        return _("Started again"), "resumed"
    return str(State(trajectory.state).label), trajectory.state
