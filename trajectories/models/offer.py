from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.models import UUIDModel
from organisations.models import Organisation, Unit


class ProgrammeKind(models.TextChoices):
    """The way of working of a programme."""

    WORK_TEAM = "work_team", _("Work team")
    LEARN_WORK = "learn_work", _("Learning at work")
    NEIGHBOURHOOD_JOB = "neighbourhood_job", _("Neighbourhood job")
    VOLUNTEERING = "volunteering", _("Volunteering")
    DAY_ACTIVITY = "day_activity", _("Day activity")
    GUIDANCE = "guidance", _("Individual guidance")
    NATURE_WORK = "nature_work", _("Work in nature")
    SOCIAL_FIRM = "social_firm", _("Social firm")


class Aim(models.TextChoices):
    WORK = "work", _("Work")
    PARTICIPATION = "participation", _("Taking part")


class LegalGround(models.TextChoices):
    """The law on which somebody is guided."""

    PARTICIPATIEWET = "participatiewet", _("Participatiewet")
    WMO = "wmo", _("Wmo")
    INBURGERING = "inburgering", _("Civic integration act")
    OTHER = "other", _("Another ground")


class Programme(UUIDModel):
    """What a unit offers. Its rules are data: trial weeks, norm, days a week, places or not."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("Provider")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("Unit"))
    code = models.CharField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=20, choices=ProgrammeKind)
    aim = models.CharField(_("Aim"), max_length=15, choices=Aim)
    legal_ground = models.CharField(_("Legal ground"), max_length=20, choices=LegalGround)
    trial_weeks = models.PositiveSmallIntegerField(_("Weeks of trial"), default=0)
    norm_weeks = models.PositiveSmallIntegerField(_("Usual length in weeks"), null=True, blank=True)
    longest_weeks = models.PositiveSmallIntegerField(_("Longest length in weeks"), null=True, blank=True)
    days_per_week = models.DecimalField(_("Days a week"), max_digits=3, decimal_places=1, null=True, blank=True)
    learning_hours_per_week = models.DecimalField(
        _("Hours of learning a week"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    is_group = models.BooleanField(_("In a group"), default=False)
    has_slots = models.BooleanField(_("Has counted places"), default=False)
    ladder_steps = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        verbose_name=_("Steps of the participation ladder"),
    )
    hoped_outcomes = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, verbose_name=_("Outcomes hoped for")
    )
    provision_type = models.CharField(
        _("Kind of provision (SRG)"),
        max_length=2,
        blank=True,
        help_text=_("Code of the national statistic (SRG), two digits."),
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"],
                name="programme_code_once",
                violation_error_message=_("Another programme has this code. Choose another code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(UUIDModel):
    """An agreement (opdracht): a municipality pays for programmes in a period, by lot or tranche.

    "Wie betaalt, bepaalt": what the tranche demands is data with dates (``reporting.Requirement``).
    """

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("Provider")
    )
    municipality = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="paid_agreements", verbose_name=_("Municipality")
    )
    programmes = models.ManyToManyField(Programme, related_name="agreements", verbose_name=_("Programmes"))
    code = models.CharField(_("Code"), max_length=60)
    lot = models.CharField(_("Lot or tranche"), max_length=200, blank=True)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("Places agreed"), null=True, blank=True)
    price_per_trajectory = models.DecimalField(
        _("Price of a trajectory"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    aim = models.CharField(_("Aim"), max_length=15, choices=Aim, blank=True)
    legal_ground = models.CharField(_("Legal ground"), max_length=20, choices=LegalGround, blank=True)
    small_count = models.PositiveSmallIntegerField(
        _("Small counts below"),
        default=5,
        help_text=_("Counts of persons below this number are withheld from readers without access to the files."),
    )
    bsn_ground = models.CharField(
        _("Ground for the BSN"),
        max_length=200,
        blank=True,
        help_text=_("Legal ground to process the BSN; without it the BSN is not shown."),
    )

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"],
                name="agreement_code_once",
                violation_error_message=_("Another agreement has this code. Choose another code."),
            ),
            dates_in_order(
                "starts_on",
                "ends_on",
                name="agreement_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(small_count__gte=1),
                name="agreement_small_count",
                violation_error_message=_("Choose 1 or more. With 1 nothing is withheld."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.municipality.name}"

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` lies within the agreement's dates."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
