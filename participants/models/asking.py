from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from participants.models.participant import Participant
from participants.models.scoped import ProviderScoped


class RequestKind(models.TextChoices):
    """What a person may ask (AVG articles 15 to 21)."""

    ACCESS = "access", _("See their own file")
    CORRECTION = "correction", _("Have something corrected")
    RESTRICTION = "restriction", _("Have the file used less for a while")
    ERASURE = "erasure", _("Have the file erased")
    OBJECTION = "objection", _("Object to the use of the file")


class RequestState(models.TextChoices):
    """How a request stands."""

    OPEN = "open", _("To decide")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@tracked()
class PersonRequest(UUIDModel):
    """A request of a participant about their own file, to be answered within a month (AVG article 12)."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(_("What is asked"), max_length=12, choices=RequestKind)
    words = SealedTextField(_("In the words of the person"))
    received_on = models.DateField(_("Received on"))
    due_on = models.DateField()
    extended_because = SealedTextField(_("Why it takes longer"))
    identity_checked = models.CharField(_("How you know that it is this person"), max_length=200)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    decision = SealedTextField(_("What was decided, and why"))
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        indexes = [models.Index(fields=["provider", "state", "due_on"], name="person_request_due")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.participant_id}"


class ExportKind(models.TextChoices):
    """What is handed over."""

    WHOLE = "whole", _("The whole file")
    WHO_LOOKED = "who_looked", _("Who looked in the file")


class PersonExport(UUIDModel):
    """A file as it is handed to the person: to read (PDF) and for a machine (JSON), sealed with the key of the file.

    The worker makes it, who asked for it takes it along, and a week later it is gone.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="exports")
    request = models.ForeignKey(PersonRequest, null=True, on_delete=models.CASCADE, related_name="exports")
    kind = models.CharField(max_length=10, choices=ExportKind, default=ExportKind.WHOLE)
    with_names = models.BooleanField(
        default=False, help_text=_("Whether who looked is told by name; otherwise by role and organisation.")
    )
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    pdf = SealedTextField(help_text=_("In letters and digits."))
    json = SealedTextField()
    made_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    def __str__(self) -> str:
        return f"export of {self.participant_id}"


@tracked()
class Statement(UUIDModel):
    """What a person wants to have said about their file: it stands with it as long as the file does."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="statements")
    about_id = models.UUIDField(null=True, blank=True, help_text=_("The row it is about; empty: the whole file."))
    words = SealedTextField(_("In the words of the person"))
    given_on = models.DateField(_("Day"))
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        ordering = ["given_on", "id"]

    def __str__(self) -> str:
        return f"statement of {self.participant_id}"


class RestrictionGround(models.TextChoices):
    """Why the use of a file is restricted (AVG article 18)."""

    ACCURACY = "accuracy", _("The person says that it is not right; that is looked into")
    UNLAWFUL = "unlawful", _("It should not be kept, but the person does not want it erased")
    CLAIM = "claim", _("We no longer need it, but the person does, for a claim")
    OBJECTION = "objection", _("The person objects; that is weighed")


@tracked()
class Restriction(UUIDModel):
    """That a file is kept and not used for a while: nobody changes it, and only its own coaches open it."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="restrictions")
    ground = models.CharField(_("Why"), max_length=10, choices=RestrictionGround)
    reason = SealedTextField(_("Explanation"))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    placed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        constraints = [
            dates_in_order(
                "starts_on",
                "ends_on",
                name="restriction_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(ends_on__isnull=True),
                name="restriction_one_at_a_time",
                violation_error_message=_("The use of this file is restricted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"restriction of {self.participant_id}"
