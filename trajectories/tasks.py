"""What the worker does for trajectories."""

from foundation.jobs import quick_work
from trajectories import actions, destroying


@quick_work("trajectories.tasks.start_due")
def start_due() -> None:
    """Start the planned trajectories whose day has come. Run twice, the second finds nothing left to do."""
    actions.start_due()


@quick_work("trajectories.tasks.list_files_to_destroy")
def list_files_to_destroy() -> None:
    """Make the lists of files whose term is over, one a month at most. Run twice, the second finds them there."""
    destroying.make_due_lists()
