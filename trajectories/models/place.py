from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from participants.models import Participant
from trajectories.models.offer import Programme
from trajectories.models.trajectory import Trajectory


class DaysBetween(Func):
    """The days from a first to a last day, both included, as PostgreSQL's ``daterange``."""

    function = "daterange"
    output_field = DateRangeField()


class Slot(UUIDModel):
    """A counted place (plek): a neighbourhood job, a place in a crew, a desk at a host."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="slots", verbose_name=_("Provider")
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="slots", verbose_name=_("Programme")
    )
    host = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted_slots",
        verbose_name=_("Host organisation"),
    )
    code = models.CharField(_("Code"), max_length=60)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    hours_per_week = models.DecimalField(_("Hours a week"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"],
                name="slot_code_once",
                violation_error_message=_("Another place has this code. Choose another code."),
            ),
            dates_in_order(
                "starts_on",
                "ends_on",
                name="slot_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Placements of the people whose file ``member`` may see."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))


@tracked()
class Placement(UUIDModel):
    """A trajectory in a slot, from a day until a day. No slot is held twice on one day."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="placements")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="placements")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            dates_in_order(
                "starts_on",
                "ends_on",
                name="placement_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            ExclusionConstraint(
                name="placement_slot_held_once",
                expressions=[
                    (F("slot"), RangeOperators.EQUAL),
                    (
                        DaysBetween("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "This place is taken on one of these days. Choose another place or other days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True) | Q(hours_per_week__gte=0),
                name="placement_hours",
                violation_error_message=_("Hours a week cannot be below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} from {self.starts_on}"
