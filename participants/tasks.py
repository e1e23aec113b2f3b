"""What the worker does for the files. Each is one call and safe to run twice."""

from pathlib import Path

from django.conf import settings

from foundation.jobs import quick_work
from organisations.rows import seeing_every_provider
from participants.law import ledger


@quick_work("participants.tasks.write_ledger")
def write_ledger() -> None:
    """Write into the ledger, beside the database, what was erased."""
    with seeing_every_provider():
        ledger.write(Path(settings.DRAAD_ERASURES))
