from trajectories.actions.course import (
    cancel_trajectory,
    change_coach,
    extend_trajectory,
    fail_trial,
    pass_trial,
    pause_trajectory,
    record_relapse,
    resume_trajectory,
    start_due,
    start_trajectory,
)
from trajectories.actions.ending import end_trajectory, record_aftercare
from trajectories.actions.moving import move
from trajectories.actions.opening import open_referral, plan_trajectory, register_participant
from trajectories.actions.outcomes import record_outcome
from trajectories.actions.places import place_in_slot
from trajectories.actions.provisions import (
    add_provision,
    change_provision,
    end_provision,
    record_position,
    remove_provision,
)
from trajectories.actions.voiding import void_event
from trajectories.workflow import MoveRefused

__all__ = [
    "MoveRefused",
    "add_provision",
    "cancel_trajectory",
    "change_coach",
    "change_provision",
    "end_provision",
    "end_trajectory",
    "extend_trajectory",
    "fail_trial",
    "move",
    "open_referral",
    "pass_trial",
    "pause_trajectory",
    "place_in_slot",
    "plan_trajectory",
    "record_aftercare",
    "record_outcome",
    "record_position",
    "record_relapse",
    "register_participant",
    "remove_provision",
    "resume_trajectory",
    "start_due",
    "start_trajectory",
    "void_event",
]
