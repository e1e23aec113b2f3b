"""The steps somebody can take with a trajectory now: the same table of moves decides about buttons and actions."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trajectories.workflow import EventKind, State, may_happen


@dataclass(frozen=True)
class Step:
    """A page on which one thing is recorded: when the table allows it, under which address, with which words."""

    kind: EventKind
    url_name: str
    label: str | Promise


STEPS = (
    Step(EventKind.STARTED, "trajectories:start", _("Start the trajectory")),
    Step(EventKind.TRIAL_PASSED, "trajectories:trial", _("Record the verdict on the trial")),
    Step(EventKind.RESUMED, "trajectories:resume", _("Picked up again")),
    Step(EventKind.RELAPSE, "trajectories:relapse", _("Record a relapse")),
    Step(EventKind.PAUSED, "trajectories:pause", _("Pause")),
    Step(EventKind.EXTENDED, "trajectories:extend", _("Extend")),
    Step(EventKind.COACH_CHANGED, "trajectories:change_coach", _("Change the coach")),
    Step(EventKind.CANCELLED, "trajectories:cancel", _("Cancel: never started")),
    Step(EventKind.ENDED, "guidance:end_trajectory", _("End the trajectory")),
    Step(EventKind.AFTERCARE_REACHED, "trajectories:aftercare", _("Record aftercare")),
)


def steps_of(trajectory_id: UUID, state: str, *, has_verdict: bool) -> list[dict[str, object]]:
    """Return the steps that may be taken now: address, words and kind of each."""
    return [
        {"url": reverse(step.url_name, args=[trajectory_id]), "label": step.label, "kind": step.kind}
        for step in STEPS
        if may_happen(state, step.kind)
        and not (has_verdict and step.kind == EventKind.TRIAL_PASSED)
        # A relapse within a relapse is rare; the page of the first one can be undone instead.
        and not (state == State.RELAPSE and step.kind == EventKind.RELAPSE)
    ]
