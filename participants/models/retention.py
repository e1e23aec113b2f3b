from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
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


class Process(models.TextChoices):
    """What a term hangs on: a selection list names processes and their results, not documents."""

    REFERRAL = "referral", _("Referral that led to no trajectory")
    TRAJECTORY = "trajectory", _("Trajectory")
    PROVISION = "provision", _("Provision")


class RetentionClass(UUIDModel):
    """How long a file is kept after a process of it came to an end, and which rule says so.

    ``results`` narrows the class down: decisions of a referral, legal grounds of a trajectory, kinds of a provision.
    Empty: every other result. A file is kept as long as the longest term of all that is in it.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200)
    process = models.CharField(_("Process"), max_length=12, choices=Process)
    results = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    years = models.PositiveSmallIntegerField(_("Years"))
    source = models.CharField(_("Which rule says so"), max_length=300)

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        ordering = ["process", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"],
                name="retention_class_code_once",
                violation_error_message=_("Another class has this code. Choose another code."),
            ),
            models.CheckConstraint(condition=~Q(source=""), name="retention_class_has_source"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class LegalHold(UUIDModel):
    """A file that must not be destroyed for now, although its term is over: a complaint, a court case, an audit."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="holds")
    reason = SealedTextField(_("Why it must be kept"))
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
                name="hold_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(ends_on__isnull=True),
                name="hold_one_at_a_time",
                violation_error_message=_("This file is held already."),
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.participant_id}"


class ListState(models.TextChoices):
    """Where a destruction list is."""

    DRAFT = "draft", _("To approve")
    APPROVED = "approved", _("Approved, being carried out")
    DONE = "done", _("Carried out")
    DISCARDED = "discarded", _("Not carried out")


class DestructionList(UUIDModel):
    """The files whose term is over on a day. A named person approves it; then the worker destroys them.

    Who made it does not approve it; a list that the schedule made has no maker.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    state = models.CharField(max_length=10, choices=ListState, default=ListState.DRAFT)
    made_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        indexes = [models.Index(fields=["provider", "-made_at"], name="destruction_list_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(state__in=["draft", "approved"]),
                name="destruction_list_one_open",
                violation_error_message=_("There is a list already that is not carried out yet."),
            ),
        ]

    def __str__(self) -> str:
        return f"destruction list as of {self.as_of}"


class ItemOutcome(models.TextChoices):
    """What became of a file on a destruction list."""

    PLANNED = "planned", _("Will be destroyed")
    KEPT = "kept", _("Taken off the list")
    HELD = "held", _("Kept: there is a hold on it")
    NOT_DUE = "not_due", _("Kept: something new is in it")
    GONE = "gone", _("Was erased already")
    ERASED = "erased", _("Destroyed")


class DestructionItem(UUIDModel):
    """One file on a destruction list: by its random id, so that the record of destruction outlives the file."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="items")
    file_id = models.UUIDField()
    class_code = models.CharField(max_length=40)
    basis = models.CharField(max_length=300)
    term_ended_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=ItemOutcome, default=ItemOutcome.PLANNED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "file_id"], name="destruction_item_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.outcome}"
