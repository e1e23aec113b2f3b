"""The life of a report: asked for, drafted by the worker, written, checked and signed, accepted or returned."""

from reporting.actions.checking import check_report, reopen_report, sign_report
from reporting.actions.deciding import accept_report, correct_report, return_report
from reporting.actions.moves import MOVES, allows
from reporting.actions.opening import open_due_reports
from reporting.actions.reminding import remind_of_reports
from reporting.actions.requesting import (
    ask_for_report,
    discard_report,
    job_of,
    period_holding,
    remake_report,
    retry_report,
)
from reporting.actions.writing import explain_target, read_story, remove_story, write_plans, write_story

__all__ = [
    "MOVES",
    "accept_report",
    "allows",
    "ask_for_report",
    "check_report",
    "correct_report",
    "discard_report",
    "explain_target",
    "job_of",
    "open_due_reports",
    "period_holding",
    "read_story",
    "remake_report",
    "remind_of_reports",
    "remove_story",
    "reopen_report",
    "retry_report",
    "return_report",
    "sign_report",
    "write_plans",
    "write_story",
]
