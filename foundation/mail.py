"""E-mail as an outbox: written with what it tells about, sent by the worker.

SMTP cannot promise that a message goes out once: a server may take it and the line may break before it says so. We come
as near as can be. Who sends takes the row first, for a time that is longer than any attempt; only after that time may
another try. And each e-mail keeps one Message-ID, by which servers and mailboxes know a second copy.
"""

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from foundation.models import OutgoingMail

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 20  # over half a day
AT_ONCE = 50
HELD = timedelta(minutes=5)
"""How long an e-mail is its sender's. Each of the few words with the server may take EMAIL_TIMEOUT."""

PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


class _Refused(Exception):
    """The server will never take this e-mail."""


def queue(*, to: str, subject: str, body: str) -> OutgoingMail:
    """Put an e-mail in the outbox, in the caller's transaction. It may hold a link, no personal data."""
    return OutgoingMail.objects.create(to=to, subject=subject, body=body)


def waiting(at: datetime) -> QuerySet[OutgoingMail]:
    """Return what should be sent by now."""
    in_turn = Q(not_before=None) | Q(not_before__lte=at)
    return OutgoingMail.objects.filter(in_turn, sent_at=None, failed_at=None)


def send_waiting() -> int:
    """Send what waits in the outbox. Returns how many were sent; when the server is away the rest waits too."""
    sent = 0
    for mail in waiting(timezone.now()).order_by("created_at")[:AT_ONCE]:
        if not _take(mail):
            continue
        try:
            _hand_over(mail)
        except _Refused as refusal:
            _give_up(mail, str(refusal))
        except OSError as fault:  # every fault of the mail server is one
            _wait_or_give_up(mail, fault)
            break
        else:
            sent += OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="")
    return sent


def retry(mails: QuerySet[OutgoingMail]) -> int:
    """Put e-mails that were given up back in the outbox. Returns how many."""
    return mails.exclude(failed_at=None).update(failed_at=None, not_before=None, attempts=0)


def _take(mail: OutgoingMail) -> bool:
    """Make the e-mail ours for a while; committed before a word is said to the server."""
    now = timezone.now()
    mail.attempts += 1
    return bool(waiting(now).filter(pk=mail.pk).update(attempts=F("attempts") + 1, not_before=now + HELD))


def _hand_over(mail: OutgoingMail) -> None:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{mail.pk}@{domain}>"}
    try:
        EmailMessage(mail.subject, mail.body, None, [mail.to], headers=headers).send()
    except SMTPRecipientsRefused as refusal:
        code = next(iter(refusal.recipients.values()))[0]
        if code < 500:
            raise
        raise _Refused(f"{code}: the server knows no such mailbox") from refusal
    except SMTPDataError as refusal:
        if refusal.smtp_code < 500:
            raise
        raise _Refused(str(refusal)) from refusal


def _wait_or_give_up(mail: OutgoingMail, fault: OSError) -> None:
    if mail.attempts >= MOST_ATTEMPTS:
        _give_up(mail, str(fault))
        return
    pause = min(PAUSE * 2 ** (mail.attempts - 1), LONGEST_PAUSE)
    OutgoingMail.objects.filter(pk=mail.pk).update(not_before=timezone.now() + pause, error=str(fault)[:500])
    log.warning("e-mail %s could not be sent; again in %s: %s", mail.pk, pause, type(fault).__name__)


def _give_up(mail: OutgoingMail, why: str) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(failed_at=timezone.now(), error=why[:500])
    log.error("e-mail %s was given up", mail.pk)
