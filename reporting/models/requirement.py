from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.models import UUIDModel
from organisations.models import Organisation
from trajectories.models import Agreement


class Requirement(UUIDModel):
    """What an agreement demands of a figure: that it is reported, and perhaps a target, from a day until a day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="requirements")
    figure = models.CharField(max_length=60)
    target = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["agreement__code", "figure"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "figure", "starts_on"],
                nulls_distinct=False,
                name="requirement_once",
                violation_error_message=_("This agreement demands this figure already from that day."),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(target__gte=0),
                name="requirement_target",
                violation_error_message=_("A target cannot be below zero."),
            ),
            dates_in_order(
                "starts_on",
                "ends_on",
                name="requirement_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} of {self.agreement_id}"


class CombinationConsent(UUIDModel):
    """That a payer agrees to its agreement standing in one report with others."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="combination_consent")
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()

    def __str__(self) -> str:
        return f"consent of {self.given_by}"


class Rhythm(models.TextChoices):
    """How often a report is made."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    YEAR = "year", _("Every year")


class ReportSchedule(UUIDModel):
    """When the report of an agreement, or of several together, is drafted by itself."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="report_schedules")
    name = models.CharField(max_length=200)
    agreements = models.ManyToManyField(Agreement, related_name="report_schedules")
    rhythm = models.CharField(max_length=10, choices=Rhythm)
    starts_on = models.DateField(help_text=_("The first period is the one that holds this day."))
    ends_on = models.DateField(null=True, blank=True)
    days_after = models.PositiveSmallIntegerField(
        default=5, help_text=_("Drafted on this day after the period, at 06:00; that day is the reference date.")
    )
    language = models.CharField(max_length=2, default="nl")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "name"],
                name="report_schedule_name_once",
                violation_error_message=_("Another schedule has this name."),
            ),
            dates_in_order(
                "starts_on",
                "ends_on",
                name="schedule_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
