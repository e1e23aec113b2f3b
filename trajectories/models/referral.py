from typing import Self

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
from trajectories.models.offer import Agreement, Programme


class Decision(models.TextChoices):
    """Where a referral stands."""

    NEW = "new", _("New")
    IN_CONVERSATION = "in_conversation", _("In conversation")
    WAITING = "waiting", _("Waiting for a place")
    PLACED = "placed", _("Placed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Referrals to programmes of the units of ``member``."""
        return self.filter(programme__unit__in=member.standing.units(permission))

    def open(self) -> Self:
        """Not decided yet: together they are the waiting list."""
        return self.filter(decision__in=[Decision.NEW, Decision.IN_CONVERSATION, Decision.WAITING])


@tracked()
class Referral(UUIDModel):
    """Who sent a person, when, and with what question (aanmelding). Somebody may refer themselves."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="referrals")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="referrals")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    reference = models.CharField(max_length=60, null=True, blank=True)
    referred_on = models.DateField(null=True, blank=True)
    referrer = models.CharField(max_length=200, blank=True)
    question = SealedTextField(_("Question"))
    decision = models.CharField(max_length=20, choices=Decision, default=Decision.NEW)
    decided_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["programme", "decision", "referred_on"], name="referral_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"],
                name="referral_reference_once",
                violation_error_message=_("Another referral has this number."),
            ),
            models.CheckConstraint(
                condition=Q(referred_on__isnull=False) | Q(decision=Decision.PLACED),
                name="referral_has_day",
                violation_error_message=_("Fill in the day of the referral."),
            ),
            dates_in_order(
                "referred_on",
                "decided_on",
                name="referral_dates_in_order",
                message=_("The decision lies before the referral. Check both dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"referral of {self.participant_id}"
