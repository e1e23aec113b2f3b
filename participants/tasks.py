"""What the worker does for the files. Each is one call and safe to run twice."""

from pathlib import Path

from django.conf import settings

from foundation.jobs import quick_work
from organisations.rows import seeing_every_provider
from participants.law import exporting, ledger


@quick_work("participants.tasks.write_ledger")
def write_ledger() -> None:
    """Write into the ledger, beside the database, what was erased."""
    with seeing_every_provider():
        ledger.write(Path(settings.DRAAD_ERASURES))


@quick_work("participants.tasks.forget_exports")
def forget_exports() -> None:
    """Throw away the files that were made ready for people a week ago."""
    with seeing_every_provider():
        exporting.forget_exports()
