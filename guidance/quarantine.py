"""A paper that somebody put in a file can be opened only after the worker has looked at it.

When it came in it was parsed already (``foundation.received``). Where a virus scanner is set up it also looks, and its
word is needed: as long as it gives none the paper waits, and is tried again. What it finds something in is destroyed.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import jobs, mail
from foundation.clamav import NoAnswer, scan
from foundation.clock import now
from foundation.encryption import Unreadable
from foundation.jobs import Held, work_of
from guidance.actions.documents import LOOK
from guidance.models import Document, DocumentState

log = logging.getLogger(__name__)

AT_ONCE, PAUSE = 5, timedelta(minutes=2)
"""So few are tried at a time: a scanner that hangs holds a worker up for each. The first answer asks for the next."""
_LONGEST_FINDING = 100


@work_of(LOOK)
def look_at_document(held: Held) -> None:
    """Let one document out, destroy it, or leave it waiting."""
    held.step(_("Looking at the paper"), 0)
    found = Document.objects.not_looked_at().select_related("recorded_by").filter(pk=held.subject_id).first()
    verdict = _verdict(found) if found else {}
    with held.writing():
        if found and verdict:
            _write(found, verdict)
        held.finish()
    if found and "looked_at" in verdict:
        look_again(pause=timedelta(0))


def _verdict(document: Document) -> dict[str, object]:
    """The columns that follow from a look. Nothing is written meanwhile: a scanner takes its time."""
    if not settings.DRAAD_CLAMAV:
        return {"state": DocumentState.READY, "looked_at": now()}
    try:
        finding = scan(document.read(), settings.DRAAD_CLAMAV, seconds=settings.DRAAD_CLAMAV_SECONDS)
    except NoAnswer as fault:
        log.warning("document %s waits: the virus scanner gave no answer (%s)", document.pk, fault)
        return {"unanswered_at": now()}
    except Unreadable:
        log.exception("document %s waits: it cannot be unsealed", document.pk)
        return {"unanswered_at": now()}
    seen = {"looked_at": now(), "unanswered_at": None}
    if finding:
        log.error("document %s was thrown away: the virus scanner found %s", document.pk, finding)
        return {**seen, "state": DocumentState.REFUSED, "content": None, "finding": finding[:_LONGEST_FINDING]}
    return {**seen, "state": DocumentState.READY, "scanned_at": now()}


def _write(document: Document, verdict: dict[str, object]) -> None:
    Document.objects.filter(pk=document.pk).update(**verdict)
    if verdict.get("state") == DocumentState.REFUSED:
        _tell(document)


def _tell(document: Document) -> None:
    """Whoever put it there hears of it, without a word about whose file it is."""
    address = settings.DRAAD_URL + reverse("guidance:documents", args=[document.participant_id])
    body = _(
        "The virus scanner found something in a paper that you added. We threw it away; nobody opened it here.\n\n"
        "Do not open it again on your own device either, and tell who looks after your computers.\n\n%(address)s"
    )
    subject = _("A paper that you added was thrown away")
    mail.queue(to=document.recorded_by.email, subject=subject, body=body % {"address": address})


@transaction.atomic
def look_again(*, pause: timedelta = PAUSE) -> None:
    """Ask for a look at what still waits: the scanner was away, or came after the paper."""
    in_turn = Q(unanswered_at=None) | Q(unanswered_at__lte=now() - pause)
    waiting = Document.objects.not_looked_at().filter(in_turn).order_by(F("unanswered_at").asc(nulls_first=True))
    for pk, provider_id in waiting.values_list("pk", "provider_id")[:AT_ONCE]:
        jobs.ask_for(LOOK, pk, steps=1, provider_id=provider_id, is_quick=True)
