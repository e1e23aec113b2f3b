import pgtrigger
from django.db import models

from foundation.models.base import UUIDModel
from foundation.models.job import rings


class OutgoingMail(UUIDModel):
    """An e-mail that waits to be sent, written in the transaction of what it tells about.

    It holds a link and no personal data of a participant.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, help_text="When it may be tried again, also when its sender died.")
    failed_at = models.DateTimeField(null=True, help_text="When we gave up; a person looks at it.")
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="mail_unsent", condition=models.Q(sent_at__isnull=True))]
        triggers = [rings(when=pgtrigger.Q(new__sent_at__isnull=True, new__not_before__isnull=True))]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"
