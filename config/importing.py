"""What the worker does with an uploaded folder: look it through, and later read it in."""

import json
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.imports import import_folder
from foundation.imports.faults import ImportRefused
from foundation.imports.running import Summary
from foundation.jobs import Held, work_of
from organisations.importing import CHECK, READ, zip_of
from organisations.models import FolderImport, FolderImportState
from organisations.zips import members, no_zip

MOST_SHOWN = 500
"""So many errors are kept; who has more will find the others when these are mended."""


@work_of(CHECK)
def check_folder(held: Held) -> None:
    """Look a folder through as if it were read in, and say what is wrong or what would happen."""
    held.step(_("Looking through the files"), 0)
    row = FolderImport.objects.select_related("provider").get(pk=held.subject_id)
    state, found = _outcome(row, dry_run=True)
    with held.writing():
        _write(row, FolderImportState.CHECKED if state is None else state, found)
        held.finish()


@work_of(READ)
def read_folder_in(held: Held) -> None:
    """Read a folder in: all of it, or nothing, and with it that it was done."""
    held.step(_("Reading the files in"), 0)
    row = FolderImport.objects.select_related("provider").get(pk=held.subject_id)
    with held.writing():
        state, found = _outcome(row, dry_run=False)
        if state is None:
            row.folder, row.finished_at = "", timezone.now()
        _write(row, FolderImportState.DONE if state is None else state, found)
        held.finish()


def _outcome(row: FolderImport, *, dry_run: bool) -> tuple[FolderImportState | None, dict[str, object]]:
    """What came of it: no state of its own where all went well."""
    try:
        summary = _unpacked(
            row, lambda folder: import_folder(folder, provider=row.provider.name, dry_run=dry_run, progress=_quietly)
        )
    except ImportRefused as refused:
        return FolderImportState.REFUSED, {
            "number": len(refused.faults),
            "faults": [list(fault) for fault in refused.faults[:MOST_SHOWN]],
        }
    except (BadZipFile, zlib.error):  # whole at the door by its list of files, damaged in one of them
        return FolderImportState.REFUSED, {"number": 1, "faults": [[row.name, 0, "", no_zip()]]}
    except IntegrityError:
        text = _("Something changed in Draad while this ran; nothing was written. Upload the folder again.")
        return FolderImportState.REFUSED, {"number": 1, "faults": [[row.name, 0, "", text]]}
    counts = {file: [one.added, one.changed, one.unchanged] for file, one in summary.counts.items()}
    return None, {"counts": counts, "warnings": [list(fault) for fault in summary.warnings[:MOST_SHOWN]]}


def _unpacked(row: FolderImport, work: Callable[[Path], Summary]) -> Summary:
    """Lay the files out in a folder that only this process can enter, for as long as the work takes."""
    with TemporaryDirectory() as folder:
        with ZipFile(BytesIO(zip_of(row))) as packed:
            for info in members(packed):
                with packed.open(info) as source, (Path(folder) / PurePosixPath(info.filename).name).open("wb") as file:
                    while piece := source.read(2**20):
                        file.write(piece)
        return work(Path(folder))


def _quietly(text: str) -> None:
    """Nobody watches a worker."""


def _write(row: FolderImport, state: FolderImportState, found: dict[str, object]) -> None:
    row.state, row.found = state, json.dumps(found)
    row.save(update_fields=["state", "found", "folder", "finished_at"])
