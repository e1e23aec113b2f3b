from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from participants.models.participant import Participant
from participants.models.scoped import ProviderScoped


class ShieldKind(models.TextChoices):
    """Why colleagues should not come across a file."""

    STAFF = "staff", _("Works here, or did")
    RELATIVE = "relative", _("Family or a friend of somebody who works here")
    KNOWN = "known", _("Known in town")
    SAFETY = "safety", _("Must not be found by somebody")


@tracked()
class Shield(UUIDModel):
    """A file that stands in no list and no search, and opens for its named readers only."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="shields")
    kind = models.CharField(_("Why"), max_length=10, choices=ShieldKind)
    reason = SealedTextField(_("Explanation"))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    placed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(ends_on__isnull=True),
                name="shield_one_at_a_time",
                violation_error_message=_("This file is shielded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"shield of {self.participant_id}"


@tracked()
class FileReader(UUIDModel):
    """Who opens a shielded file."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="readers")
    shield = models.ForeignKey(Shield, on_delete=models.CASCADE, related_name="readers")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shield", "staff_member"], name="file_reader_once")]

    def __str__(self) -> str:
        return f"{self.staff_member_id} reads {self.participant_id}"


class AccessKind(models.TextChoices):
    """What somebody opened with a reason."""

    EMERGENCY = "emergency", _("Opened a shielded file")
    BSN = "bsn", _("Looked at a BSN")


class AccessReason(UUIDModel):
    """Why somebody opened what is closed: a shielded file for three hours, or a BSN for one look. Never changed.

    The privacy officer hears of the first at once, and looks at both.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="access_reasons")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=AccessKind)
    reason = SealedTextField(_("Reason"))
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        indexes = [models.Index(fields=["participant", "staff_member", "ends_at"], name="access_reason_open")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.staff_member_id}"
