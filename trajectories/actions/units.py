"""Which unit works with whom, kept right for one person. Who may see a file rests on it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from foundation.clock import today
from participants.models import Participant, ParticipantUnit
from trajectories.models import Decision, Referral, Trajectory, TrajectoryEvent
from trajectories.workflow import AFTERCARE, OPEN, State

WAITING = {Decision.NEW, Decision.IN_CONVERSATION, Decision.WAITING}


def note_unit(participant: Participant, unit_id: UUID) -> None:
    """Write from when until when a unit works with a person, from what the unit has open and had open.

    Called by every action that opens or closes a referral or trajectory. ``ends_on`` stays empty while something is
    open; else it is the last day of an ended trajectory, of its aftercare, or of a decision on a referral.
    """
    spans = [*_referred(participant, unit_id), *_guided(participant, unit_id)]
    if not spans:
        return
    ends = [end for _start, end in spans]
    ParticipantUnit.objects.update_or_create(
        participant=participant,
        unit_id=unit_id,
        defaults={
            "provider_id": participant.provider_id,
            "starts_on": min(start for start, _end in spans),
            "ends_on": None if None in ends else max(end for end in ends if end),
        },
    )


def _referred(participant: Participant, unit_id: UUID) -> Iterator[tuple[date, date | None]]:
    """From when until when each referral to the unit was open. A placed one goes on as its trajectory."""
    rows = Referral.objects.filter(participant=participant, programme__unit_id=unit_id)
    for decision, referred_on, decided_on in rows.values_list("decision", "referred_on", "decided_on"):
        first = referred_on or decided_on or today()
        yield first, None if decision in WAITING else decided_on or first


def _guided(participant: Participant, unit_id: UUID) -> Iterator[tuple[date, date | None]]:
    """From when until when each trajectory of the unit ran, aftercare included."""
    after = dict(
        TrajectoryEvent.objects.holding()
        .filter(participant=participant, kind__in=AFTERCARE)
        .order_by("dated_on")
        .values_list("trajectory_id", "dated_on")
    )
    rows = Trajectory.objects.filter(participant=participant, unit_id=unit_id)
    for key, state, started_on, ended_on in rows.values_list("pk", "state", "started_on", "ended_on"):
        if state in OPEN:
            yield min(started_on, today()), None
        elif state == State.ENDED:
            yield started_on, after.get(key, ended_on)
        else:
            yield min(started_on, today()), min(started_on, today())
