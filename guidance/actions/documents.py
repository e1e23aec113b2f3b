"""Papers in somebody's file: added, looked at before anybody opens them, and taken away."""

from base64 import b64encode
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.clock import today
from foundation.received import Received
from foundation.refused import Refused
from guidance.models import Document
from organisations.models import StaffMember
from participants.models import Participant
from trajectories.models import Certificate

LOOK = "look_at_document"
"""The kind of job that looks at one document; its work stands in ``guidance.quarantine``."""
MOST_IN_FILE = 200


@transaction.atomic
def add_document(
    *,
    by: StaffMember,
    participant: Participant,
    file: Received,
    kind: str,
    title: str,
    dated_on: date,
    certificate: Certificate | None = None,
) -> Document:
    """Somebody puts a paper in a file. It waits until the worker has looked at it.

    Raises Refused for a day to come, for somebody else's certificate, and when the file holds far too many papers.
    """
    if dated_on > today():
        raise Refused(_("This day lies in the future. Choose today or an earlier day."), field="dated_on")
    if certificate and certificate.participant_id != participant.pk:
        raise Refused(_("This certificate is of somebody else. Choose another."), field="certificate")
    Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if Document.objects.filter(participant=participant).count() >= MOST_IN_FILE:
        raise Refused(_("There are %(most)s papers in this file already. Remove what is not needed.")
                      % {"most": MOST_IN_FILE})  # fmt: skip
    made = Document.objects.create(
        provider_id=participant.provider_id,
        participant=participant,
        certificate=certificate,
        kind=kind,
        title=title,
        dated_on=dated_on,
        format=file.kind,
        size=len(file.content),
        content=b64encode(file.content).decode(),
        recorded_by=by,
    )
    jobs.ask_for(LOOK, made.pk, steps=1, provider_id=made.provider_id, by=by.pk, is_quick=True)
    return made


@transaction.atomic
def remove_document(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    document: Document,
) -> None:
    """Somebody takes a paper out of a file. That it was there stays in the history of the file; the paper is gone."""
    document.delete()
