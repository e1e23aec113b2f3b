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
from trajectories.actions.voiding import void_event
from trajectories.workflow import MoveRefused

__all__ = [
    "MoveRefused",
    "cancel_trajectory",
    "change_coach",
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
    "record_relapse",
    "register_participant",
    "resume_trajectory",
    "start_due",
    "start_trajectory",
    "void_event",
]
