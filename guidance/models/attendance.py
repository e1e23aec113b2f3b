from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember, Unit
from organisations.roles import Permission
from participants.models import Participant
from trajectories.models import Programme, Trajectory


class HalfDay(models.TextChoices):
    MORNING = "am", _("Morning")
    AFTERNOON = "pm", _("Afternoon")


class HalfDayStatus(models.TextChoices):
    PRESENT = "present", _("Present")
    ABSENT_NOTICE = "absent_notice", _("Absent, with notice")
    ABSENT_NO_NOTICE = "absent_no_notice", _("Absent, no notice")
    SICK = "sick", _("Sick")
    CANCELLED = "cancelled", _("Cancelled by us")


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Groups of the units of ``member``."""
        return self.filter(unit__in=member.standing.units(permission))


class Group(UUIDModel):
    """A crew or day activity that meets on fixed half-days of the week."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Provider"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="groups", verbose_name=_("Unit"))
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="groups", verbose_name=_("Programme")
    )
    name = models.CharField(_("Name"), max_length=200)
    coach = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Coach")
    )
    trajectories = models.ManyToManyField(Trajectory, blank=True, related_name="groups", verbose_name=_("Trajectories"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GroupDay(UUIDModel):
    """On which half-day of the week a group meets, and from when until when."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="days", verbose_name=_("Group"))
    weekday = models.PositiveSmallIntegerField(_("Day of the week"), help_text=_("Monday is 1, Sunday is 7."))
    half_day = models.CharField(_("Half-day"), max_length=2, choices=HalfDay)
    starts_at = models.TimeField(_("From"), null=True, blank=True)
    ends_at = models.TimeField(_("Until"), null=True, blank=True)

    class Meta:
        verbose_name = _("day of a group")
        verbose_name_plural = _("days of a group")
        ordering = ["weekday", "half_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "weekday", "half_day"],
                name="group_day_once",
                violation_error_message=_("The group meets on this half-day already."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7)),
                name="group_day_weekday",
                violation_error_message=_("A weekday is 1 (Monday) to 7 (Sunday)."),
            ),
            dates_in_order(
                "starts_at",
                "ends_at",
                name="group_day_times_in_order",
                message=_("It ends before it starts. Check both times."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.half_day}"


class HalfDayAttendanceQuerySet(models.QuerySet["HalfDayAttendance"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Half-days of the people whose file ``member`` may see."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))


@tracked()
class HalfDayAttendance(UUIDModel):
    """Whether somebody was there on one half-day (dagdeel) of a trajectory."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="half_days")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="half_days")
    dated_on = models.DateField()
    half_day = models.CharField(max_length=2, choices=HalfDay)
    status = models.CharField(max_length=20, choices=HalfDayStatus)
    remark = SealedTextField(_("Remark"))
    is_imported = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    objects = HalfDayAttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["dated_on", "half_day"]
        indexes = [models.Index(fields=["provider", "dated_on"], name="half_day_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "dated_on", "half_day"],
                name="half_day_once",
                violation_error_message=_("This half-day is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dated_on} {self.half_day}"
