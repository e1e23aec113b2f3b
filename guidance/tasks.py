"""What the worker does for guidance. Each is one call and safe to run twice."""

from foundation.jobs import quick_work
from guidance import quarantine
from organisations.rows import seeing_every_provider


@quick_work("guidance.tasks.look_at_documents")
def look_at_documents() -> None:
    """Ask for a look at the papers that still wait for one."""
    with seeing_every_provider():
        quarantine.look_again()
