"""What the scheduler and the worker do for trajectories."""

from celery import shared_task

from trajectories import actions


@shared_task(name="trajectories.tasks.start_due", ignore_result=True)
def start_due() -> None:
    """Start the planned trajectories whose day has come. Run twice, the second finds nothing left to do."""
    actions.start_due()
