"""What the scheduler and the worker do for reports. Importing ``making`` registers how a report is made."""

from celery import shared_task

from foundation.clock import now
from reporting import actions, making

__all__ = ["making", "open_due_reports"]


@shared_task(name="reporting.tasks.open_due_reports", ignore_result=True)
def open_due_reports() -> None:
    """Open the reports whose moment has come."""
    actions.open_due_reports(now=now())
