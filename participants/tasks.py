"""What the worker does for the files. Each task is one call and safe to run twice."""

from pathlib import Path

from celery import shared_task
from django.conf import settings

from participants.law import ledger


@shared_task(name="participants.tasks.write_ledger", ignore_result=True)
def write_ledger() -> None:
    """Write into the ledger, beside the database, what was erased."""
    ledger.write(Path(settings.DRAAD_ERASURES))
