from datetime import timedelta

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.models.base import UUIDModel

CHANNEL = "draad_work"
"""On which PostgreSQL says that there is work: a job in the queue, an e-mail in the outbox."""

LONG_WAIT = timedelta(seconds=20)
"""So long after its turn, what waits is late: no worker takes it, or all of them are busy."""


def rings(*, when: pgtrigger.Q | None = None) -> pgtrigger.Trigger:
    """Return a trigger that tells the dispatcher, as soon as it is committed, that a row waits."""
    return pgtrigger.Trigger(
        name="rings",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=when,
        func=f"PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL;",
    )


class JobState(models.TextChoices):
    """Where a job is: it waits, a worker holds it, it is finished, or it gave up."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Busy")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Job(UUIDModel):
    """One piece of background work. This row is the truth; the broker only rings the bell.

    A worker claims a row with a lease, renews the lease while it works, and writes the result and
    ``done`` in one transaction. A worker that dies lets the lease run out; another takes over.
    """

    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(help_text="What the job works on; no personal data in the payload.")
    provider_id = models.UUIDField(null=True)
    requested_by = models.UUIDField(null=True)
    options = models.JSONField(default=dict)
    is_quick = models.BooleanField(default=False, db_default=False, help_text="Goes before what takes long.")
    not_before = models.DateTimeField(null=True, help_text="When it may be tried again after a failure.")
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    step = models.CharField(max_length=60, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=0)
    claims = models.PositiveSmallIntegerField(
        default=0, help_text="How often a worker took it; a worker that dies gives it back."
    )
    failures = models.PositiveSmallIntegerField(default=0, help_text="How often the work itself went wrong.")
    error = models.TextField(blank=True)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                name="job_open",
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
                name="job_one_open_per_subject",
                violation_error_message=_("This is already being made."),
            ),
        ]
        triggers = [rings(when=pgtrigger.Q(new__state=JobState.QUEUED))]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def percent(self) -> int:
        """How far the job is, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return 100 * self.steps_done // self.steps_total if self.steps_total else 0

    @property
    def is_late(self) -> bool:
        """Whether nobody took it though its turn came a while ago: it waits, or its worker is gone."""
        if self.state == JobState.QUEUED:
            since = max(self.created_at, self.not_before or self.created_at)
        elif self.state == JobState.RUNNING and self.lease_until:
            since = self.lease_until
        else:
            return False
        return timezone.now() - since > LONG_WAIT


class PeriodicRun(models.Model):
    """That a periodic task ran for a period. Unique, so any number of schedulers does it once."""

    task = models.CharField(max_length=80)
    period = models.CharField(max_length=40)
    ran_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "period"], name="periodic_run_once")]

    def __str__(self) -> str:
        return f"{self.task} {self.period}"
