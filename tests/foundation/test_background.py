"""Who keeps the system sees what was given up, and can have it tried again."""

import io
import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone

from foundation import jobs, mail
from foundation.models import Job, JobState, OutgoingMail

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("background", *arguments, stdout=out)
    return out.getvalue()


def test_what_waits_and_what_was_given_up_is_told_and_tried_again() -> None:
    jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    failed = jobs.ask_for("test.break", uuid.uuid4(), steps=1)
    Job.objects.filter(pk=failed.pk).update(state=JobState.FAILED, error="kapot", finished_at=timezone.now())
    lost = mail.queue(to="omar@example.org", subject="Klaar", body="Klaar.")
    OutgoingMail.objects.update(failed_at=timezone.now(), error="550: no such mailbox")
    first, job, post = said().splitlines()
    assert "1" in first
    assert (str(failed.pk) in job, "kapot" in job) == (True, True)
    assert (str(lost.pk) in post, "550" in post, "omar" in post) == (True, True, False)
    said("--again")
    assert Job.objects.filter(state=JobState.QUEUED).count() == 2
    assert mail.send_waiting() == 1
