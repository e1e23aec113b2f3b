"""What the scheduler and the worker do for reports. Importing ``making`` registers how a report is made."""

from celery import shared_task

from foundation.clock import now, today
from reporting import actions, making

__all__ = ["making", "open_due_reports", "remind_of_reports"]


@shared_task(name="reporting.tasks.open_due_reports", ignore_result=True)
def open_due_reports() -> None:
    """Open the reports whose moment has come."""
    actions.open_due_reports(now=now())


@shared_task(name="reporting.tasks.remind_of_reports", ignore_result=True)
def remind_of_reports() -> None:
    """Send the reminders of reports that are due; each goes out once."""
    actions.remind_of_reports(on=today())
