from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.models import UUIDModel
from organisations.models import Organisation
from trajectories.models import Agreement


class Requirement(UUIDModel):
    """What an agreement demands of a figure: that it is reported, and perhaps a target, from a day until a day."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="requirements", verbose_name=_("Agreement")
    )
    figure = models.CharField(_("Figure"), max_length=60)
    target = models.DecimalField(_("Target"), max_digits=12, decimal_places=4, null=True, blank=True)
    starts_on = models.DateField(_("First day"), null=True, blank=True)
    ends_on = models.DateField(_("Last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
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

    agreement = models.OneToOneField(
        Agreement, on_delete=models.CASCADE, related_name="combination_consent", verbose_name=_("Agreement")
    )
    given_by = models.CharField(_("Given by"), max_length=200)
    given_on = models.DateField(_("Given on"))

    class Meta:
        verbose_name = _("consent to one report")
        verbose_name_plural = _("consents to one report")

    def __str__(self) -> str:
        return f"consent of {self.given_by}"


class Rhythm(models.TextChoices):
    """How often a report is made."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    YEAR = "year", _("Every year")


class ReportSchedule(UUIDModel):
    """When the report of an agreement, or of several together, is drafted by itself."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="report_schedules", verbose_name=_("Provider")
    )
    name = models.CharField(_("Name"), max_length=200)
    agreements = models.ManyToManyField(Agreement, related_name="report_schedules", verbose_name=_("Agreements"))
    rhythm = models.CharField(_("How often"), max_length=10, choices=Rhythm)
    starts_on = models.DateField(_("First day"), help_text=_("The first period is the one that holds this day."))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    days_after = models.PositiveSmallIntegerField(
        _("Days after the period"),
        default=5,
        help_text=_("Drafted on this day after the period, at 06:00; that day is the reference date."),
    )
    language = models.CharField(_("Language"), max_length=2, default="nl")

    class Meta:
        verbose_name = _("report schedule")
        verbose_name_plural = _("report schedules")
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
