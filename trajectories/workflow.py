"""The course of a trajectory: its states, its moves, and the state that a row of events gives."""

from collections.abc import Iterable
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.refused import Refused


class State(models.TextChoices):
    """Where a trajectory is now."""

    PLANNED = "planned", _("Planned")
    TRIAL = "trial", _("Trial period")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    RELAPSE = "relapse", _("Relapse")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")


class EventKind(models.TextChoices):
    """What happened on the thread of a trajectory."""

    STARTED = "started", _("Started")
    TRIAL_PASSED = "trial_passed", _("Trial passed")
    TRIAL_FAILED = "trial_failed", _("Trial not passed")
    PAUSED = "paused", _("Paused")
    RELAPSE = "relapse", _("Relapse")
    RESUMED = "resumed", _("Picked up again")
    EXTENDED = "extended", _("Extended")
    COACH_CHANGED = "coach_changed", _("Other coach")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")
    AFTERCARE_REACHED = "aftercare_reached", _("Aftercare: reached")
    AFTERCARE_NOT_REACHED = "aftercare_not_reached", _("Aftercare: not reached")
    AFTERCARE_REFUSED = "aftercare_refused", _("Aftercare: refused")
    VOIDED = "voided", _("Undone")


S, E = State, EventKind

AFTERCARE = frozenset({E.AFTERCARE_REACHED, E.AFTERCARE_NOT_REACHED, E.AFTERCARE_REFUSED})
UNDERWAY = frozenset({S.TRIAL, S.RUNNING, S.PAUSED, S.RELAPSE})
OPEN = UNDERWAY | {S.PLANNED}

_ALONG_THE_WAY = frozenset({E.ENDED, E.EXTENDED, E.COACH_CHANGED})

# What may happen in which state.
MOVES: dict[State, frozenset[EventKind]] = {
    S.PLANNED: frozenset({E.STARTED, E.CANCELLED, E.EXTENDED, E.COACH_CHANGED}),
    S.TRIAL: _ALONG_THE_WAY | {E.TRIAL_PASSED, E.TRIAL_FAILED, E.PAUSED, E.RELAPSE},
    S.RUNNING: _ALONG_THE_WAY | {E.PAUSED, E.RELAPSE},
    S.PAUSED: _ALONG_THE_WAY | {E.RELAPSE, E.RESUMED},
    S.RELAPSE: _ALONG_THE_WAY | {E.RELAPSE, E.PAUSED, E.RESUMED},
    S.ENDED: AFTERCARE,
    S.CANCELLED: frozenset(),
}

# Where an event leads. An event that is not here leaves the state as it is.
_LEADS_TO = {E.CANCELLED: S.CANCELLED, E.PAUSED: S.PAUSED, E.RELAPSE: S.RELAPSE, E.ENDED: S.ENDED}


class MoveRefused(Refused):
    """This cannot happen to the trajectory, in the state it is in or on this day."""


class Happened(Protocol):
    """An event as the workflow sees it."""

    kind: str


def may_happen(state: str, kind: str) -> bool:
    """Whether an event of this kind may happen in this state. Buttons ask this too."""
    return EventKind(kind) in MOVES[State(state)]


def next_state(state: str, kind: str, *, has_trial: bool, trial_decided: bool) -> State:
    """Return the state to which an event leads.

    Starting and resuming lead to running, or to trial as long as a trial has no verdict. An imported
    history may hold events that ``may_happen`` would refuse here; they lead where they always lead.

    Args:
        state: the state before it.
        kind: the event.
        has_trial: whether the programme has trial weeks.
        trial_decided: whether the trial has had its verdict, this event included.
    """
    event = EventKind(kind)
    if event in {E.STARTED, E.RESUMED} or (event is E.TRIAL_PASSED and state == S.TRIAL):
        return S.TRIAL if has_trial and not trial_decided else S.RUNNING
    return _LEADS_TO.get(event, S(state))


def replay(events: Iterable[Happened], *, has_trial: bool) -> State:
    """Return the state that a trajectory's events, in order and without voided ones, lead to."""
    state, decided = State.PLANNED, False
    for event in events:
        decided = decided or event.kind in {E.TRIAL_PASSED, E.TRIAL_FAILED}
        state = next_state(state, event.kind, has_trial=has_trial, trial_decided=decided)
    return state
