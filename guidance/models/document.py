from base64 import b64decode
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from participants.models import Paper, Participant
from trajectories.models import Certificate


class DocumentKind(models.TextChoices):
    """What somebody put in a file."""

    LETTER = "letter", _("Letter")
    CERTIFICATE = "certificate", _("Certificate")
    SIGNED = "signed", _("Signed plan or agreement")
    OTHER = "other", _("Something else")


class DocumentFormat(models.TextChoices):
    """What it is by its content. There are no others."""

    PDF = "pdf", _("PDF")
    JPEG = "jpeg", _("Photo")
    PNG = "png", _("Picture")


class DocumentState(models.TextChoices):
    """Whether it can be opened. It begins waiting, and nothing but the worker's own look lets it out."""

    WAITING = "waiting", _("Being looked at")
    READY = "ready", _("Can be opened")
    REFUSED = "refused", _("Thrown away")


ENDINGS = {DocumentFormat.PDF: "pdf", DocumentFormat.JPEG: "jpg", DocumentFormat.PNG: "png"}
CONTENT_TYPES = {
    DocumentFormat.PDF: "application/pdf",
    DocumentFormat.JPEG: "image/jpeg",
    DocumentFormat.PNG: "image/png",
}


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Documents of the people whose file ``member`` may see."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))

    def not_looked_at(self) -> Self:
        """Those that wait; where a virus scanner is set up, also what was let in before there was one."""
        waits = Q(state=DocumentState.WAITING)
        if settings.DRAAD_CLAMAV:
            waits |= Q(state=DocumentState.READY, scanned_at=None)
        return self.filter(waits)


@tracked(exclude=("content", "unanswered_at"))
class Document(Paper, UUIDModel):
    """A letter, certificate or other paper in somebody's file, sealed with the key of the file.

    Its content stands here once, and in no earlier version: a document is never changed, only added and taken away.
    What the paper was called where it came from is not kept.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="documents")
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    kind = models.CharField(max_length=12, choices=DocumentKind)
    title = SealedTextField(_("What it is about"))
    dated_on = models.DateField()
    format = models.CharField(max_length=4, choices=DocumentFormat)
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    content = SealedTextField(help_text=_("In letters and digits."))
    state = models.CharField(max_length=8, choices=DocumentState, default=DocumentState.WAITING)
    looked_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True, help_text=_("When the virus scanner found nothing in it."))
    unanswered_at = models.DateTimeField(null=True, help_text=_("When the virus scanner last gave no answer."))
    finding = models.CharField(max_length=100, blank=True, help_text=_("What the virus scanner calls what it found."))
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-dated_on", "-recorded_at", "id"]
        indexes = [
            models.Index(fields=["participant", "-dated_on"], name="document_newest"),
            models.Index(fields=["state", "recorded_at"], name="document_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DocumentState.REFUSED) | Q(content__isnull=True), name="document_refused_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"document of {self.participant_id}"

    @property
    def may_be_opened(self) -> bool:
        """Whether it was looked at. Where a virus scanner is set up, nothing goes out that it did not see."""
        scanned = self.scanned_at is not None or not settings.DRAAD_CLAMAV
        return self.state == DocumentState.READY and scanned

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[DocumentFormat(self.format)]

    @property
    def download_name(self) -> str:
        """What it is called when it is taken along: kind, day and a piece of its id. Nothing that somebody typed."""
        kind = slugify(self.get_kind_display()) or "document"
        return f"{kind}-{self.dated_on:%Y-%m-%d}-{str(self.pk)[:8]}.{ENDINGS[DocumentFormat(self.format)]}"

    def read(self) -> bytes:
        """Return the paper itself. Raises Unreadable when it was tampered with, or its key is gone."""
        return b64decode(self.content, validate=True)
