"""Why something cannot happen to a trajectory, in two sentences: what is wrong, and what to do."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trajectories.models import Trajectory, TrajectoryEvent
from trajectories.workflow import AFTERCARE, EventKind, MoveRefused, State


def cannot_happen(trajectory: Trajectory, kind: EventKind) -> MoveRefused:
    """Say why an event of this kind does not fit the state that the trajectory is in."""
    return MoveRefused(_by_state(trajectory) or _by_kind(kind) or _already(trajectory))


def _by_state(trajectory: Trajectory) -> str:
    match trajectory.state:
        case State.ENDED if trajectory.ended_on:
            return _("This trajectory ended on %(day)s. Choose another trajectory, or undo the ending first.") % {
                "day": day(trajectory.ended_on)
            }
        case State.CANCELLED:
            return _("This trajectory was cancelled before it started. Plan a new trajectory.")
        case State.PLANNED:
            return _("This trajectory has not started yet. Start it first.")
    return ""


def _by_kind(kind: EventKind) -> str:
    if kind in AFTERCARE:
        return _("This trajectory has not ended yet, so there is no aftercare. Log a session instead.")
    return {
        EventKind.STARTED: _("This trajectory has started already. Record what happened since then."),
        EventKind.CANCELLED: _("This trajectory has started already. End it instead of cancelling it."),
        EventKind.RESUMED: _(
            "This trajectory has no pause or relapse to pick up from. Check which trajectory you mean."
        ),
    }.get(kind, "")


def _already(trajectory: Trajectory) -> str:
    if trajectory.state == State.RUNNING:
        return _("This trajectory has no trial period that waits for a verdict. Check which trajectory you mean.")
    return _("This trajectory is not running now: %(state)s. Record first that it was picked up again.") % {
        "state": trajectory.get_state_display().lower()
    }


def in_the_future() -> MoveRefused:
    return MoveRefused(_("This day lies in the future. Choose today or an earlier day."), field="on")


def before_start(trajectory: Trajectory) -> MoveRefused:
    return MoveRefused(
        _("This day lies before the start of the trajectory, %(day)s. Choose that day or a later one.")
        % {"day": day(trajectory.started_on)},
        field="on",
    )


def before_event(event: TrajectoryEvent) -> MoveRefused:
    return MoveRefused(
        _("Something happened after this day: %(what)s on %(day)s. Choose that day or a later one, or undo that first.")
        % {"what": event.get_kind_display().lower(), "day": day(event.dated_on)},
        field="on",
    )


def decided_already(event: TrajectoryEvent) -> MoveRefused:
    return MoveRefused(
        _("The trial period has a verdict already: %(what)s on %(day)s. Undo that verdict first.")
        % {"what": event.get_kind_display().lower(), "day": day(event.dated_on)}
    )


def day(value: date) -> str:
    """Write a day as the office does: 3 november 2026."""
    return date_format(value, "j F Y")
