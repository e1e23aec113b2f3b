"""An e-mail goes out once as far as SMTP can say, and somebody sees when it does not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.utils import timezone

from foundation import mail
from foundation.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> OutgoingMail:
    return mail.queue(to="omar@example.org", subject="Klaar", body="Het rapport is klaar.")


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], Any]:
    @contextmanager
    def refuse(fault: Exception) -> Iterator[None]:
        def send(*_: object, **__: object) -> None:
            raise fault

        with monkeypatch.context() as patch:
            patch.setattr(EmailMessage, "send", send)
            yield

    return refuse


def after(minutes: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def test_it_goes_once_with_a_name_of_its_own(one: OutgoingMail) -> None:
    assert (mail.send_waiting(), mail.send_waiting()) == (1, 0)
    assert [sent.extra_headers["Message-ID"] for sent in django_mail.outbox] == [f"<{one.pk}@localhost>"]


def test_who_dies_while_sending_is_followed_after_a_while_under_the_same_name(
    one: OutgoingMail, refusing: Callable[[Exception], Any]
) -> None:
    with refusing(KeyboardInterrupt()), pytest.raises(KeyboardInterrupt):  # type: ignore[arg-type]
        mail.send_waiting()
    assert mail.send_waiting() == 0, "the server may have it"
    with after(6):
        assert mail.send_waiting() == 1
    one.refresh_from_db()
    assert one.attempts == 2


def test_a_server_that_is_away_is_tried_again_and_the_rest_waits(
    one: OutgoingMail, refusing: Callable[[Exception], Any]
) -> None:
    other = mail.queue(to="karin@example.org", subject="Klaar", body="Klaar.")
    with refusing(SMTPServerDisconnected("gone")):
        assert mail.send_waiting() == 0
    other.refresh_from_db()
    assert other.attempts == 0
    with after(1):
        assert mail.send_waiting() == 2


@pytest.mark.parametrize(
    "fault", [SMTPRecipientsRefused({"omar@example.org": (550, b"unknown")}), SMTPDataError(554, b"no")]
)
def test_what_a_server_will_never_take_is_given_up_at_once_and_can_be_tried_again(
    one: OutgoingMail, refusing: Callable[[Exception], Any], fault: Exception
) -> None:
    with refusing(fault):
        mail.send_waiting()
    one.refresh_from_db()
    assert one.failed_at
    assert one.error.startswith(("550", "(554"))
    with after(60):
        assert mail.send_waiting() == 0
    assert mail.retry(OutgoingMail.objects.all()) == 1
    assert mail.send_waiting() == 1


def test_a_server_that_stays_away_is_given_up_after_most_of_a_day(
    one: OutgoingMail, refusing: Callable[[Exception], Any]
) -> None:
    begun = timezone.now()
    with refusing(SMTPRecipientsRefused({"omar@example.org": (450, b"later")})):
        for hour in range(48):
            with time_machine.travel(begun + timedelta(hours=hour)):
                mail.send_waiting()
    one.refresh_from_db()
    assert one.attempts == mail.MOST_ATTEMPTS
    assert one.failed_at
    assert one.failed_at - begun > timedelta(hours=12)
