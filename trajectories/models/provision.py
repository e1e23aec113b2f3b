import secrets
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from participants.models import Participant
from trajectories.models.trajectory import Trajectory


class WorkCapacity(models.TextChoices):
    """Kenmerk 11 of the national statistic (SRG): Regeling statistiek Participatiewet, bijlage 2 (2025)."""

    BELOW = "10", _("Below the minimum wage")
    WITH_HELP = "11", _("Minimum wage or more, with help")
    INDEPENDENT = "20", _("Minimum wage or more, without help")
    NOT_NOW = "30", _("Not placeable, perhaps for some time")
    UNKNOWN = "40", _("Not known yet")


class ProvisionAim(models.TextChoices):
    """Kenmerk 12 of the national statistic (SRG): what a person's provisions are for."""

    REINTEGRATION = "1", _("Towards work")
    PARTICIPATION = "2", _("Towards taking part")


class ProvisionEnd(models.TextChoices):
    """Kenmerk 19 of the national statistic (SRG): why a provision ended."""

    ADMINISTRATIVE = "1", _("An administrative change: it goes on under another number")
    REAL = "2", _("It really ended")


def new_registration() -> str:
    """Return a registration number: 15 characters, never given before, saying nothing about anybody."""
    return f"D{secrets.token_hex(7)}"


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Provisions of the people whose file ``member`` may see."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))


@tracked()
class Provision(UUIDModel):
    """A provision (voorziening) in the sense of the national statistic: what a person really used, from a day.

    A trajectory has one or more, each with a registration number of its own that is never used again.
    Its payer is the municipality that delivers it.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="provisions")
    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="provisions")
    registration = models.CharField(_("Registration number"), max_length=15, default=new_registration)
    kind = models.CharField(_("Kind of provision"), max_length=2)
    description = models.CharField(_("Description"), max_length=200, blank=True)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    end_reason = models.CharField(_("Reason of the end"), max_length=1, choices=ProvisionEnd, blank=True)
    wage_value_percent = models.PositiveSmallIntegerField(
        _("Wage value in percent"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    review_on = models.DateField(_("Look again on"), null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "registration"]
        indexes = [models.Index(fields=["provider", "starts_on"], name="provision_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "registration"],
                name="provision_registration_once",
                violation_error_message=_("Another provision has this registration number."),
            ),
            dates_in_order(
                "starts_on",
                "ends_on",
                name="provision_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ends_on__isnull=False),
                name="provision_reason_needs_end",
                violation_error_message=_("A reason of the end needs a last day."),
            ),
            models.CheckConstraint(
                condition=Q(wage_value_percent__isnull=True) | Q(wage_value_percent__range=(1, 100)),
                name="provision_wage_value",
                violation_error_message=_("A wage value is 1 to 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return self.registration


@tracked()
class LabourPosition(UUIDModel):
    """Somebody's work capacity, and what the provisions are for, from a day on. Two kenmerken of the statistic."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="labour_positions")
    starts_on = models.DateField(_("From"))
    capacity = models.CharField(_("Work capacity"), max_length=2, choices=WorkCapacity, default=WorkCapacity.UNKNOWN)
    aim = models.CharField(_("Aim of the provisions"), max_length=1, choices=ProvisionAim)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "starts_on"],
                name="labour_position_once",
                violation_error_message=_("This is recorded already from that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} from {self.starts_on}"
