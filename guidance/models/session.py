from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from guidance.models.goal import Goal
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from participants.models import LifeDomain, Participant
from trajectories.models import Trajectory
from trajectories.models.outcome import not_long_before_start


class SessionKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Conversation")
    PHONE = "phone", _("Phone call")
    VISIT = "visit", _("Visit")
    THREE_WAY = "three_way", _("Three-way talk")
    GROUP = "group", _("Group")
    OTHER = "other", _("Other")


class AttendanceKind(models.TextChoices):
    """Whether somebody came. Empty: not filled in yet, so it is still an appointment."""

    ATTENDED = "attended", _("Came")
    LATE = "late", _("Came late")
    ABSENT_NOTICE = "absent_notice", _("Did not come, with notice")
    ABSENT_NO_NOTICE = "absent_no_notice", _("Did not come")
    NOT_HELD = "not_held", _("Did not take place")


TOOK_PLACE = (AttendanceKind.ATTENDED, AttendanceKind.LATE)


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Sessions of the people whose file ``member`` may see."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))

    def not_filled_in(self, before: date) -> Self:
        """Appointments of days before ``before`` of which nobody said whether the person came."""
        return self.filter(attendance="", held_on__lt=before)


@tracked()
class Session(UUIDModel):
    """A conversation or contact. An appointment is a session whose attendance is not filled in yet.

    The note has a work part and, in ``restricted_note``, a part only for named coaches of the person.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sessions")
    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="sessions")
    coach = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60, null=True, blank=True)
    held_on = models.DateField(_("Date"))
    starts_at = models.TimeField(_("Time"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=SessionKind, default=SessionKind.INDIVIDUAL)
    attendance = models.CharField(_("Did the participant come?"), max_length=20, choices=AttendanceKind, blank=True)
    place = models.CharField(_("Place"), max_length=120, blank=True)
    note = SealedTextField(_("What did you do?"))
    plan = SealedTextField(_("Plan for next time"))
    restricted_note = SealedTextField(_("Only for coaches of this participant"))
    life_domains = ArrayField(models.CharField(max_length=20, choices=LifeDomain), default=list, blank=True)
    goals = models.ManyToManyField(Goal, blank=True, related_name="sessions")
    is_imported = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-starts_at"]
        indexes = [
            models.Index(fields=["participant", "-held_on"], name="session_newest"),
            models.Index(fields=["trajectory", "-held_on"], name="session_trajectory_newest"),
            models.Index(fields=["coach", "held_on"], name="session_coach_day"),
            models.Index(fields=["coach", "held_on"], condition=Q(attendance=""), name="session_not_filled_in"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"],
                name="session_reference_once",
                violation_error_message=_("Another session has this number."),
            ),
        ]
        triggers = [not_long_before_start("held_on")]

    def __str__(self) -> str:
        return f"session on {self.held_on}"
