from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from participants.models import Participant


class AnswerKind(models.TextChoices):
    """What somebody said of a signal."""

    FINE = "fine", _("Right as it is")
    PASSED_ON = "passed_on", _("Passed on to a coach")


@tracked()
class SignalAnswer(UUIDModel):
    """What somebody said of a signal: that it is right as it is, and why, or which coach will look at it.

    A signal is no row of its own: it follows from the records. ``check_name`` and ``record_id`` say which.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    check_name = models.CharField(max_length=60)
    record_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=AnswerKind)
    reason = SealedTextField(_("Reason"))
    coach = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_name", "record_id"],
                name="signal_answer_once",
                violation_error_message=_("Somebody answered this signal already. Look at it again."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.PASSED_ON) | Q(coach__isnull=False),
                name="signal_passed_on_to_coach",
                violation_error_message=_("Choose a coach."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_name} of {self.record_id}"
