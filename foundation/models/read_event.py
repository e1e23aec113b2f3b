from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models.transaction_id import ThisCluster, ThisTransaction, TransactionId


class ReadAction(models.TextChoices):
    """What somebody did."""

    VIEW = "view", _("Looked at a file")
    LIST = "list", _("Looked at a list")
    SEARCH = "search", _("Searched")
    EXPORT = "export", _("Took a list along")
    DOWNLOAD = "download", _("Took a document along")
    LOG_READ = "log_read", _("Read this log")
    DENIED = "denied", _("Was refused")
    SIGN_IN = "sign_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Could not sign in")
    SIGN_OUT = "sign_out", _("Signed out")


class ReadOutcome(models.TextChoices):
    """How it ended."""

    OK = "ok", _("Allowed")
    DENIED = "denied", _("Refused")


class ReadLink(models.TextChoices):
    """Which relation with the person gave access."""

    CASELOAD = "caseload", _("Own participant")
    UNIT = "unit", _("Participant of the own unit")
    PROVIDER = "provider", _("Participant of the own organisation")
    PAYER = "payer", _("The municipality pays")


class ReadEvent(models.Model):
    """That somebody read something about people, was refused, or came in or went: who, whose file, what, from where.

    A read is written in the transaction of the read; a refusal and a sign-in outlive the transaction that was rolled
    back. Rows are never changed: the application's database role may only add and read them, and seals cover them.
    People are plain ids, so that the log outlives what it tells of. What the caller does not know stays empty.

    ``written_in`` and ``cluster`` say in which transaction of which database the row was written; the database fills
    them. ``request_id`` is that of the change history where the request also changed something.
    ``typed_hash`` is a keyed hash of the name that somebody typed who could not sign in and has no account.
    """

    read_at = models.DateTimeField(auto_now_add=True)
    provider_id = models.UUIDField(null=True)
    staff_member_id = models.UUIDField(null=True)
    staff_name = models.CharField(max_length=200, db_default="")
    role = models.CharField(max_length=30)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=200, db_default="")
    action = models.CharField(max_length=20, choices=ReadAction, db_default="")
    outcome = models.CharField(max_length=10, choices=ReadOutcome, db_default=ReadOutcome.OK)
    what = models.CharField(max_length=80)
    view_name = models.CharField(max_length=80, db_default="")
    object_id = models.UUIDField(null=True)
    participant_ids = ArrayField(models.UUIDField(), default=list)
    link = models.CharField(max_length=20, choices=ReadLink, db_default="")
    results = models.PositiveIntegerField(null=True)
    address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=40, db_default="")
    session_hash = models.CharField(max_length=64, db_default="")
    request_id = models.UUIDField(null=True)
    typed_hash = models.CharField(max_length=64, db_default="")
    written_in = TransactionId(db_default=ThisTransaction(), editable=False)
    cluster = models.BigIntegerField(db_default=ThisCluster(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["provider_id", "read_at"], name="read_event_provider"),
            models.Index(fields=["cluster", "written_in"], name="read_event_written"),
            # Asked at each opening of a file: how many this account opened in the last hour.
            models.Index(fields=["staff_member_id", "read_at"], name="read_event_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.read_at}"
