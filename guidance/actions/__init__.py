from guidance.actions.attendance import record_half_day, set_group_members
from guidance.actions.documents import add_document, remove_document
from guidance.actions.ending import end_trajectory
from guidance.actions.goals import close_goal, rate_goal, set_goal, tick_step
from guidance.actions.measuring import record_assessment
from guidance.actions.sessions import (
    EditedMeanwhile,
    edit_session,
    log_session,
    move_appointment,
    plan_appointment,
    record_attendance,
    undo_attendance,
)

__all__ = [
    "EditedMeanwhile",
    "add_document",
    "close_goal",
    "edit_session",
    "end_trajectory",
    "log_session",
    "move_appointment",
    "plan_appointment",
    "rate_goal",
    "record_assessment",
    "record_attendance",
    "record_half_day",
    "remove_document",
    "set_goal",
    "set_group_members",
    "tick_step",
    "undo_attendance",
]
