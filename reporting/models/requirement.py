from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission, Role
from reporting.models.held import stretches
from trajectories.models import Agreement


class Rhythm(models.TextChoices):
    """How often a report is made."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    YEAR = "year", _("Every year")


class Profile(models.TextChoices):
    """For whom small counts are withheld: the payer in confidence, or everybody (1-9, and rounded to 5)."""

    MUNICIPALITY = "municipality", _("Municipality, in confidence")
    PUBLIC = "public", _("Public")


class Template(models.TextChoices):
    """Which chapters a report has."""

    FULL = "full", _("All chapters")
    SHORT = "short", _("In short: key figures and what the payer demands")


CLOSED = "OLD.ends_on IS NULL AND to_jsonb(OLD) - 'ends_on' = to_jsonb(NEW) - 'ends_on'"
"""That nothing is changed but a last day where there was none: the next tranche ends the one before."""

REFUSE = """
    RAISE EXCEPTION 'A confirmed tranche stays as it is.' USING ERRCODE = 'restrict_violation';
"""


def stands_when_confirmed() -> pgtrigger.Trigger:
    """Return a trigger that refuses to change or delete a confirmed tranche, but for the day on which it ends."""
    return pgtrigger.Trigger(
        name="confirmed_tranche_stands",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__confirmed_at__isnull=False),
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF {CLOSED} THEN RETURN NEW; END IF;
            END IF;
            {REFUSE}
        """,
    )


def stands_with_confirmed_tranche() -> pgtrigger.Trigger:
    """Return a trigger that refuses to change, add to or take from what a confirmed tranche demands."""
    confirmed = "SELECT 1 FROM reporting_tranche t WHERE t.confirmed_at IS NOT NULL AND t.id"
    return pgtrigger.Trigger(
        name="confirmed_demand_stands",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF {CLOSED} THEN RETURN NEW; END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                IF EXISTS ({confirmed} = OLD.tranche_id) THEN {REFUSE} END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            IF EXISTS ({confirmed} = NEW.tranche_id) THEN {REFUSE} END IF;
            RETURN NEW;
        """,
    )


class TrancheQuerySet(models.QuerySet["Tranche"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Those of the agreements of the providers that ``member`` keeps."""
        return self.filter(agreement__provider__in=member.standing.providers(permission))


class Tranche(UUIDModel):
    """What an agreement demands of its reports, from a day until a day. "Wie betaalt, bepaalt."

    A new tranche copies the last one and changes it; the old one stays as it was, so a report over
    last year is made by last year's demands.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="tranches", verbose_name=_("Agreement")
    )
    name = models.CharField(_("Name"), max_length=120)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    rhythm = models.CharField(_("How often"), max_length=10, choices=Rhythm, default=Rhythm.YEAR)
    deadline_days = models.PositiveSmallIntegerField(
        _("Days to deliver"), default=90, help_text=_("The report is due so many days after the period.")
    )
    signed_by = models.CharField(
        _("Who signs"), max_length=20, choices=[(Role.UNIT_MANAGER, Role.UNIT_MANAGER.label)], default=Role.UNIT_MANAGER
    )
    template = models.CharField(_("Chapters"), max_length=10, choices=Template, default=Template.FULL)
    profile = models.CharField(_("Who reads it"), max_length=15, choices=Profile, default=Profile.MUNICIPALITY)
    small_count = models.PositiveSmallIntegerField(
        _("Small counts below"),
        default=5,
        help_text=_("Counts of persons below this number are withheld from readers without access to the files."),
    )
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Copied from")
    )
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Confirmed by")
    )

    objects = TrancheQuerySet.as_manager()

    class Meta:
        verbose_name = _("tranche")
        verbose_name_plural = _("tranches")
        ordering = ["agreement__code", "starts_on"]
        constraints = [
            dates_in_order(
                "starts_on",
                "ends_on",
                name="tranche_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "starts_on"],
                name="tranche_once",
                violation_error_message=_("This agreement has a tranche from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(small_count__gte=1),
                name="tranche_small_count",
                violation_error_message=_("Choose 1 or more. With 1 nothing is withheld."),
            ),
        ]
        triggers = [stands_when_confirmed()]

    def __str__(self) -> str:
        return self.name


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def standing(self) -> Self:
        """Without those of a tranche that is still a draft."""
        return self.filter(Q(tranche__isnull=True) | Q(tranche__confirmed_at__isnull=False))

    def by_days_held(self) -> Self:
        """Those that stand, with the days they hold as ``held_from`` and ``held_until``: a row for each stretch.

        What was demanded without a tranche holds on the days on which no confirmed tranche does.
        """
        first, last = stretches(Tranche.objects.filter(confirmed_at__isnull=False))
        return self.standing().annotate(held_from=first, held_until=last)


class Requirement(UUIDModel):
    """What an agreement demands of a figure: that it is reported, and perhaps a target, from a day until a day."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="requirements", verbose_name=_("Agreement")
    )
    tranche = models.ForeignKey(
        Tranche,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="requirements",
        verbose_name=_("Tranche"),
    )
    figure = models.CharField(_("Figure"), max_length=60)
    splits = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("Split out by"))

    objects = RequirementQuerySet.as_manager()
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
        triggers = [stands_with_confirmed_tranche()]

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
