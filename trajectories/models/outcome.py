from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from participants.models import Participant
from trajectories.models.trajectory import Trajectory


class OutcomeKind(models.TextChoices):
    """What can come of a trajectory. An outcome is neither the destination nor the end reason."""

    PAID_WORK = "paid_work", _("Paid work")
    HELP_QUESTION_INSIGHT = "help_question_insight", _("Insight into the help question")
    VOLUNTEERING = "volunteering", _("Volunteering")
    EDUCATION = "education", _("Education")
    CARE = "care", _("Care or treatment")
    DAY_ACTIVITY = "day_activity", _("Work-like day activity")
    BUDDY = "buddy", _("Buddy")
    DEBT_HELP = "debt_help", _("Help with debts")
    NEXT_TRAJECTORY = "next_trajectory", _("Next trajectory")
    OTHER = "other", _("Other")


class ContractForm(models.TextChoices):
    REGULAR = "regular", _("Regular contract")
    SUBSIDISED = "subsidised", _("With wage cost subsidy")
    SHELTERED = "sheltered", _("Sheltered work")
    SELF_EMPLOYED = "self_employed", _("Self-employed")


def not_long_before_start(column: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses a row dated more than 30 days before its trajectory's start."""
    return pgtrigger.Trigger(
        name="not_long_before_start",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NEW.{column} < (SELECT t.started_on - 30 FROM trajectories_trajectory t WHERE t.id = NEW.trajectory_id) THEN
                RAISE EXCEPTION 'long_before_start' USING ERRCODE = 'check_violation', CONSTRAINT = 'long_before_start';
            END IF;
            RETURN NEW;
        """,  # noqa: E501 - SQL
    )


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Outcomes of the people whose file ``member`` may see."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))


@tracked()
class Outcome(UUIDModel):
    """What came of a trajectory, dated; several per trajectory. Paid work also says where and how."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="outcomes")
    dated_on = models.DateField(_("Date"))
    kind = models.CharField(max_length=25, choices=OutcomeKind)
    employer = models.CharField(_("Employer"), max_length=200, blank=True)
    hours_per_week = models.DecimalField(_("Hours a week"), max_digits=5, decimal_places=2, null=True, blank=True)
    contract_form = models.CharField(_("Kind of contract"), max_length=15, choices=ContractForm, blank=True)
    employment_starts_on = models.DateField(null=True, blank=True)
    employment_ended_on = models.DateField(null=True, blank=True)
    employment_last_seen_on = models.DateField(null=True, blank=True)
    note = SealedTextField()
    is_imported = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["dated_on"]
        indexes = [models.Index(fields=["provider", "kind", "dated_on"], name="outcome_kind_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "dated_on", "kind"],
                name="outcome_once",
                violation_error_message=_("This outcome is recorded already for that day."),
            ),
            dates_in_order(
                "employment_starts_on",
                "employment_ended_on",
                name="employment_dates_in_order",
                message=_("The job ends before it starts. Check both dates."),
            ),
            dates_in_order(
                "employment_starts_on",
                "employment_last_seen_on",
                name="employment_seen_after_start",
                message=_("Last seen at work lies before the start of the job. Check both dates."),
            ),
            dates_in_order(
                "employment_last_seen_on",
                "employment_ended_on",
                name="employment_seen_before_end",
                message=_("Last seen at work lies after the end of the job. Check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True) | Q(hours_per_week__gte=0),
                name="outcome_hours",
                violation_error_message=_("Hours a week cannot be below zero."),
            ),
        ]
        triggers = [not_long_before_start("dated_on")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.dated_on}"


@tracked()
class Certificate(UUIDModel):
    """A certificate somebody earned, such as VCA."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="certificates")
    name = models.CharField(_("Name"), max_length=200)
    dated_on = models.DateField(_("Date"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)

    class Meta:
        ordering = ["dated_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "name", "dated_on"],
                name="certificate_once",
                violation_error_message=_("This certificate is recorded already."),
            ),
            dates_in_order(
                "dated_on",
                "valid_until",
                name="certificate_dates_in_order",
                message=_("It is valid until a day before its date. Check both dates."),
            ),
        ]
        triggers = [not_long_before_start("dated_on")]

    def __str__(self) -> str:
        return self.name
