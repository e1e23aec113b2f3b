from django.contrib.postgres.fields import ArrayField
from django.db import models


class ReadEvent(models.Model):
    """That somebody read something about people: who, in which role, whose file, what, from where.

    Written in the transaction of the read and never changed: the application's database role may
    only add and read these rows. People are plain ids, so that the log outlives what it tells of.
    """

    read_at = models.DateTimeField(auto_now_add=True)
    provider_id = models.UUIDField(null=True)
    staff_member_id = models.UUIDField()
    role = models.CharField(max_length=30)
    what = models.CharField(max_length=80)
    participant_ids = ArrayField(models.UUIDField(), default=list)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [models.Index(fields=["provider_id", "read_at"], name="read_event_provider")]

    def __str__(self) -> str:
        return f"{self.what} at {self.read_at}"
