from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from participants.models.participant import Participant
from participants.models.scoped import ProviderScoped


class ProcessingActivity(UUIDModel):
    """One line of the register of processing (AVG article 30): why a provider keeps what of whom, and who gets it."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200)
    purpose = models.TextField(_("What for"))
    ground = models.TextField(_("Legal ground"))
    subjects = models.TextField(_("Of whom"))
    data = models.TextField(_("What"))
    recipients = models.TextField(_("Who gets it"))
    kept = models.TextField(_("How long"))
    security = models.TextField(_("How it is protected"))

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"],
                name="processing_activity_code_once",
                violation_error_message=_("Another line has this code. Choose another code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Disclosure(UUIDModel):
    """That something of a file was given to somebody outside: who got what, when, and on which ground."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="disclosures")
    recipient = models.CharField(_("Who got it"), max_length=200)
    ground = models.CharField(_("On which ground"), max_length=200)
    what = SealedTextField(_("What was given"))
    given_on = models.DateField(_("Day"))
    recorded_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        ordering = ["given_on", "id"]

    def __str__(self) -> str:
        return f"disclosure of {self.participant_id}"


class LogReview(UUIDModel):
    """A sample of the read log that the privacy officer looks at and signs off."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    drawn_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    signed_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    conclusion = SealedTextField(_("Conclusion"), file="id")

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        indexes = [models.Index(fields=["provider", "-drawn_at"], name="log_review_newest")]

    def __str__(self) -> str:
        return f"review of {self.first_on} to {self.last_on}"


class Verdict(models.TextChoices):
    """What the privacy officer thinks of an opening."""

    FINE = "fine", _("Fine")
    ASK = "ask", _("To ask about")
    WRONG = "wrong", _("Not allowed")


class LogReviewItem(UUIDModel):
    """One row of the read log in a sample, by its number, with what the privacy officer thinks of it."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(LogReview, on_delete=models.CASCADE, related_name="items")
    event_id = models.BigIntegerField()
    verdict = models.CharField(max_length=5, choices=Verdict, blank=True)

    class Meta:
        ordering = ["event_id"]
        constraints = [models.UniqueConstraint(fields=["review", "event_id"], name="log_review_item_once")]

    def __str__(self) -> str:
        return f"event {self.event_id}"
