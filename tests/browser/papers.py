"""Papers in Samira's file: what can be opened, what waits for the scanner, what was thrown away."""

from datetime import date

from foundation.clock import now
from guidance.models import Document
from organisations.models import StaffMember
from trajectories.models import Certificate, Trajectory

LETTER = ("letter", "Brief van de schuldhulpverlening", date(2026, 3, 9), "pdf", 184_320)
SIGNED = ("signed", "Plan van aanpak, getekend", date(2026, 2, 2), "jpeg", 2_411_724)
WAITING = ("letter", "Brief van de woningcorporatie", date(2026, 3, 16), "jpeg", 1_912_004)
REFUSED = ("other", "Factuur", date(2026, 1, 20), "pdf", 48_212)
VCA = ("certificate", "VCA Basis", date(2026, 2, 20), "png", 911_360)


def fill(trajectory: Trajectory, by: StaffMember) -> None:
    """Put one of each in the file."""
    vca = Certificate.objects.create(
        provider=trajectory.provider, participant=trajectory.participant, trajectory=trajectory,
        name="VCA Basis", dated_on=VCA[2],
    )  # fmt: skip
    looked = {"state": "ready", "content": "UGFwaWVy", "looked_at": now()}
    states = {
        LETTER: looked,
        SIGNED: looked,
        VCA: {**looked, "certificate": vca},
        WAITING: {"content": "UGFwaWVy", "unanswered_at": now()},
        REFUSED: {"state": "refused", "finding": "Pdf.Dropper.Agent", "looked_at": now()},
    }
    for (kind, title, day, form, size), state in states.items():
        Document.objects.create(
            provider=trajectory.provider, participant=trajectory.participant, kind=kind, title=title,
            dated_on=day, format=form, size=size, recorded_by=by, **state,
        )  # fmt: skip
