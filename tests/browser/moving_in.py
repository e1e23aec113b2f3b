"""Folders that were uploaded: one that can be read in, one with errors, one that is being looked through."""

import json

from organisations.models import FolderImport, FolderImportState
from tests.cast import Cast

FOUND = {
    FolderImportState.CHECKING: {},
    FolderImportState.REFUSED: {
        "number": 2,
        "faults": [
            ["participants.csv", 14, "born", "‘31-02-1984’ is geen dag. Schrijf een dag als 1984-02-28."],
            ["sessions.csv", 1207, "trajectory", "Traject T-0412 staat niet in trajectories.csv. Voeg het toe."],
        ],
    },
    FolderImportState.CHECKED: {
        "counts": {"participants.csv": [412, 0, 0], "trajectories.csv": [655, 3, 12], "sessions.csv": [8120, 0, 0]},
        "warnings": [["participants.csv", 88, "surname", "Dit lijkt dezelfde persoon als in regel 17."]],
    },
}


def upload_folders(cast: Cast) -> None:
    """Each state once."""
    for state, found in FOUND.items():
        made = FolderImport(provider=cast.provider, asked_by=cast.fenna, name=f"verhuizing-{state}.zip", state=state)
        made.folder, made.found = "UEsFBg==", json.dumps(found)
        made.save()
