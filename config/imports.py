"""The import folder: which files it may hold, in the order in which they refer to each other."""

from pathlib import Path

from django.db import connection, transaction

from foundation.clock import today
from foundation.imports.engine import run_import
from foundation.imports.running import Progress, Summary
from foundation.rows import seeing
from guidance.imports import ASSESSMENTS, ATTENDANCE, SESSIONS
from organisations.imports import HOSTS, MUNICIPALITIES, SINCE, STAFF, UNITS, provider_for
from participants.imports import PARTICIPANTS
from reporting.imports import TARGETS
from trajectories.imports import (
    AGREEMENTS,
    CERTIFICATES,
    DESTINATIONS,
    END_REASONS,
    EVENTS,
    OUTCOMES,
    PLACEMENTS,
    PROGRAMMES,
    REFERRALS,
    SLOTS,
    TRAJECTORIES,
)

FILES = (
    MUNICIPALITIES,
    UNITS,
    STAFF,
    HOSTS,
    DESTINATIONS,
    END_REASONS,
    PROGRAMMES,
    AGREEMENTS,
    TARGETS,
    PARTICIPANTS,
    SLOTS,
    REFERRALS,
    TRAJECTORIES,
    EVENTS,
    OUTCOMES,
    PLACEMENTS,
    SESSIONS,
    ATTENDANCE,
    ASSESSMENTS,
    CERTIFICATES,
)


@transaction.atomic
def import_folder(folder: Path, *, provider: str | None, dry_run: bool, progress: Progress) -> Summary:
    """Import a folder of CSV files for a provider: all of it, or nothing.

    Args:
        folder: where the files are.
        provider: name of the provider, made if new; None where there is only one.
        dry_run: say what would happen, and write nothing.
        progress: is told, now and then, how far it is.

    Raises ImportRefused with all that is wrong in the folder, and ProviderUnknown.
    """
    whose = provider_for(provider)
    with connection.cursor() as cursor:
        # Two imports for one provider wait for each other: each checks against what the other has written.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('import ' || %s, 0))", [str(whose.pk)])
    params = {"provider": whose.pk, "today": today(), "since": SINCE}
    with seeing(providers=[whose.pk]):
        summary = run_import(FILES, folder, params=params, progress=progress)
    if dry_run:
        transaction.set_rollback(True)
    return summary
