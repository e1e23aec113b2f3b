"""What the worker does for trajectories."""

from foundation.jobs import quick_work
from organisations.rows import seeing_every_provider
from trajectories import actions, destroying


@quick_work("trajectories.tasks.start_due")
def start_due() -> None:
    """Start the planned trajectories whose day has come. Run twice, the second finds nothing left to do."""
    with seeing_every_provider():
        actions.start_due()


@quick_work("trajectories.tasks.list_files_to_destroy")
def list_files_to_destroy() -> None:
    """Make the lists of files whose term is over, one a month at most. Run twice, the second finds them there."""
    with seeing_every_provider():
        destroying.make_due_lists()
