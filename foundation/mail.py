"""E-mail as an outbox: written with what it tells about, sent by the worker."""

import uuid

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from foundation.models import OutgoingMail

MOST_ATTEMPTS = 20
AT_ONCE = 50


def queue(*, to: str, subject: str, body: str) -> OutgoingMail:
    """Put an e-mail in the outbox, in the caller's transaction. It may hold a link, no personal data."""
    return OutgoingMail.objects.create(to=to, subject=subject, body=body)


def send_waiting() -> int:
    """Send what waits in the outbox. Returns how many were sent; a failed one is tried again later."""
    sent = 0
    for mail_id in OutgoingMail.objects.filter(sent_at=None, attempts__lt=MOST_ATTEMPTS).values_list("pk")[:AT_ONCE]:
        sent += _send(mail_id[0])
    return sent


@transaction.atomic
def _send(mail_id: uuid.UUID) -> bool:
    mail = OutgoingMail.objects.select_for_update(skip_locked=True).filter(pk=mail_id, sent_at=None).first()
    if mail is None:
        return False
    mail.attempts += 1
    try:
        send_mail(mail.subject, mail.body, None, [mail.to])
        mail.sent_at, mail.error = timezone.now(), ""
    except OSError as error:  # every fault of the mail server is one
        mail.error = str(error)[:500]
    mail.save(update_fields=["attempts", "sent_at", "error"])
    return mail.sent_at is not None
