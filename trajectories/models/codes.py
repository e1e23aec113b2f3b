from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import UUIDModel
from organisations.models import Organisation


class DestinationCategory(models.TextChoices):
    """What kind of place somebody went to after a trajectory."""

    PAID_WORK = "paid_work", _("Paid work")
    EDUCATION = "education", _("Education")
    VOLUNTEERING = "volunteering", _("Volunteering")
    NEXT_TRAJECTORY = "next_trajectory", _("Next trajectory")
    CARE = "care", _("Care or treatment")
    DAY_ACTIVITY = "day_activity", _("Work-like day activity")
    OTHER_HELP = "other_help", _("Other help")
    BACK_TO_MUNICIPALITY = "back_to_municipality", _("Back to the municipality")
    MOVED = "moved", _("Moved away")
    RETIRED = "retired", _("Retired")
    DECEASED = "deceased", _("Deceased")
    NONE = "none", _("No destination")
    UNKNOWN = "unknown", _("Unknown")


class Destination(UUIDModel):
    """Where somebody went after a trajectory (bestemming). Each provider keeps its own list."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="destinations", verbose_name=_("Provider")
    )
    code = models.CharField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200)
    category = models.CharField(_("Category"), max_length=30, choices=DestinationCategory)
    active_until = models.DateField(_("To be chosen until"), null=True, blank=True)

    class Meta:
        verbose_name = _("destination")
        verbose_name_plural = _("destinations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"],
                name="destination_code_once",
                violation_error_message=_("Another destination has this code. Choose another code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EndReason(UUIDModel):
    """Why a trajectory stopped (reden van einde). Not the same list as where somebody went."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="end_reasons", verbose_name=_("Provider")
    )
    code = models.CharField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200)
    is_dropout = models.BooleanField(_("Counts as dropout"), help_text=_("Ended early without a result."))
    active_until = models.DateField(_("To be chosen until"), null=True, blank=True)

    class Meta:
        verbose_name = _("reason of the end")
        verbose_name_plural = _("reasons of the end")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"],
                name="end_reason_code_once",
                violation_error_message=_("Another reason has this code. Choose another code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OutcomeLabel(UUIDModel):
    """The word a provider uses for a kind of outcome; without it, ours."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="outcome_labels", verbose_name=_("Provider")
    )
    kind = models.CharField(_("Kind of outcome"), max_length=30)
    label = models.CharField(_("Own word"), max_length=200)

    class Meta:
        verbose_name = _("own word for an outcome")
        verbose_name_plural = _("own words for outcomes")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "kind"],
                name="outcome_label_once",
                violation_error_message=_("This kind has a label already."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
