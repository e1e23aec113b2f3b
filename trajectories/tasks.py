"""What the worker does for trajectories."""

from foundation.jobs import quick_work
from trajectories import actions


@quick_work("trajectories.tasks.start_due")
def start_due() -> None:
    """Start the planned trajectories whose day has come. Run twice, the second finds nothing left to do."""
    actions.start_due()
