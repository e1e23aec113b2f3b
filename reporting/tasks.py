"""What the worker does for reports. Importing ``making`` registers how a report is made."""

from foundation.clock import now, today
from foundation.jobs import quick_work
from organisations.rows import seeing_every_provider
from reporting import actions, making

__all__ = ["making", "open_due_reports", "remind_of_reports"]


@quick_work("reporting.tasks.open_due_reports")
def open_due_reports() -> None:
    """Open the reports whose moment has come."""
    with seeing_every_provider():
        actions.open_due_reports(now=now())


@quick_work("reporting.tasks.remind_of_reports")
def remind_of_reports() -> None:
    """Send the reminders of reports that are due; each goes out once."""
    with seeing_every_provider():
        actions.remind_of_reports(on=today())
