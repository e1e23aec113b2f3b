"""Goals in the participant's own words: set, taken step by step, rated, closed."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from guidance.models import Goal, GoalRating, GoalState, GoalStep
from organisations.models import StaffMember
from participants.models import Participant


@transaction.atomic
def set_goal(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    participant: Participant,
    words: str,
    domain: str = "",
    target_on: date | None = None,
    steps: Sequence[str] = (),
) -> Goal:
    """The participant says what they want to reach, and with the coach the steps towards it."""
    goal = Goal.objects.create(
        provider_id=participant.provider_id,
        participant=participant,
        words=words,
        domain=domain,
        set_on=today(),
        target_on=target_on,
    )
    for position, step in enumerate(steps, start=1):
        GoalStep.objects.create(
            provider_id=participant.provider_id, participant=participant, goal=goal, words=step, position=position
        )
    return goal


@transaction.atomic
def tick_step(*, by: StaffMember, step: GoalStep, is_done: bool) -> GoalStep:  # noqa: ARG001
    """A step is taken, or was ticked by mistake. A goal with a step taken is one they are busy with."""
    step.done_on = today() if is_done else None
    step.save(update_fields=["done_on"])
    if is_done and step.goal.state == GoalState.OPEN:
        step.goal.state = GoalState.BUSY
        step.goal.save(update_fields=["state"])
    return step


@transaction.atomic
def rate_goal(*, by: StaffMember, goal: Goal, rater: str, value: int) -> GoalRating:  # noqa: ARG001
    """Participant or coach says how far it is, 0 to 10. A second rating of a day replaces the first."""
    rating, _made = GoalRating.objects.update_or_create(
        goal=goal,
        rater=rater,
        rated_on=today(),
        defaults={"provider_id": goal.provider_id, "participant_id": goal.participant_id, "value": value},
    )
    if goal.state == GoalState.OPEN:
        goal.state = GoalState.BUSY
        goal.save(update_fields=["state"])
    return rating


@transaction.atomic
def close_goal(*, by: StaffMember, goal: Goal, state: str) -> Goal:  # noqa: ARG001
    """The goal is reached, or the participant lets it go."""
    if goal.closed_on:
        raise Refused(_("This goal is closed already. Set a new goal if it comes back."))
    goal.state = state
    goal.closed_on = today()
    goal.save(update_fields=["state", "closed_on"])
    return goal
