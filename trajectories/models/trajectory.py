from datetime import date, timedelta
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember, Unit
from organisations.roles import Permission
from participants.models import Participant
from trajectories.models.codes import Destination, EndReason
from trajectories.models.offer import Agreement, Aim, LegalGround, Programme
from trajectories.models.referral import Referral
from trajectories.workflow import AFTERCARE, UNDERWAY, EventKind, State

__all__ = ["EventKind", "State", "Trajectory", "TrajectoryCoach", "TrajectoryEvent"]


class TrajectoryQuerySet(models.QuerySet["Trajectory"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """All trajectories of the people whose file ``member`` may see: the file is one whole."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))

    def underway(self) -> Self:
        """Started and not ended."""
        return self.filter(state__in=UNDERWAY)


@tracked()
class Trajectory(UUIDModel):
    """One participant in one programme, paid under one agreement, with named coaches over time.

    Several at once and one after another are normal. ``ended_on`` is the last day it ran. The state
    is stored and always equals the replay of the events. A return is a new trajectory that points
    back to the old one by ``previous``; the old one is never reopened.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="trajectories")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="trajectories")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="trajectories")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="trajectories")
    referral = models.OneToOneField(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="trajectory"
    )
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_ones")
    reference = models.CharField(max_length=60)
    coach = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    legal_ground = models.CharField(max_length=20, choices=LegalGround)
    aim = models.CharField(max_length=15, choices=Aim)
    indication_number = models.CharField(max_length=60, blank=True)
    indication_starts_on = models.DateField(null=True, blank=True)
    indication_ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    started_on = models.DateField()
    planned_end_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.ForeignKey(EndReason, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    destination = models.ForeignKey(Destination, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    aftercare_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TrajectoryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "ended_on"], include=["started_on", "participant"], name="trajectory_unit"),
            models.Index(
                fields=["agreement", "ended_on"], include=["started_on", "participant"], name="trajectory_agreement"
            ),
            models.Index(fields=["coach", "state"], condition=Q(state__in=UNDERWAY), name="trajectory_coach_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"],
                name="trajectory_reference_once",
                violation_error_message=_("Another trajectory has this number."),
            ),
            dates_in_order(
                "started_on",
                "ended_on",
                name="trajectory_ends_after_start",
                message=_("The last day lies before the start. Check both dates."),
            ),
            dates_in_order(
                "ended_on",
                "aftercare_until",
                name="trajectory_aftercare_after_end",
                message=_("Aftercare lies before the last day. Check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.ENDED, ended_on__isnull=False)
                | (~Q(state=State.ENDED) & Q(ended_on__isnull=True)),
                name="trajectory_ended_has_day",
                violation_error_message=_("An ended trajectory has a last day, and only an ended one has."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False) | Q(end_reason__isnull=True, destination__isnull=True),
                name="trajectory_reason_needs_end",
                violation_error_message=_(
                    "A reason or destination belongs to an ended trajectory. Fill in the last day too."
                ),
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("id")),
                name="trajectory_not_its_own_previous",
                violation_error_message=_("A trajectory cannot follow itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


@tracked()
class TrajectoryCoach(UUIDModel):
    """Who coached a trajectory, from a day until a day. Figures per coach count with these."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="coaches")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            dates_in_order(
                "starts_on",
                "ends_on",
                name="coach_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.UniqueConstraint(
                fields=["trajectory", "starts_on"],
                name="coach_once_per_day",
                violation_error_message=_("Another coach starts on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} from {self.starts_on}"


class TrajectoryEventQuerySet(models.QuerySet["TrajectoryEvent"]):
    def holding(self) -> Self:
        """Without what was undone, and without the undoing itself; in order."""
        return self.exclude(kind=EventKind.VOIDED).filter(voided_by__isnull=True).order_by("dated_on", "sequence")


_INSIDE_TRAJECTORY = """
    PERFORM 1 FROM trajectories_trajectory t
     WHERE t.id = NEW.trajectory_id
       AND NEW.dated_on >= t.started_on
       AND (t.ended_on IS NULL OR NEW.dated_on <= t.ended_on OR NEW.kind IN ({aftercare}, 'voided'))
       AND (NEW.kind NOT IN ({aftercare}) OR NEW.dated_on >= t.ended_on);
    IF NOT FOUND AND NEW.kind NOT IN ('cancelled', 'voided') THEN
        RAISE EXCEPTION 'event_outside_trajectory' USING ERRCODE = 'check_violation', CONSTRAINT = 'event_outside_trajectory';
    END IF;
    RETURN NULL;
""".format(aftercare=", ".join(f"'{kind.value}'" for kind in sorted(AFTERCARE)))  # noqa: E501 - SQL


@tracked()
class TrajectoryEvent(UUIDModel):
    """One event on the thread of a trajectory (de draad). Append-only.

    A mistake is voided by a later event with a reason; figures leave both out. ``sequence`` gives
    the order within a day.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="events")
    sequence = models.PositiveIntegerField()
    dated_on = models.DateField()
    kind = models.CharField(max_length=25, choices=EventKind)
    note = SealedTextField()
    planned_end_on = models.DateField(null=True, blank=True)
    coach = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    voids = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="voided_by")
    is_imported = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TrajectoryEventQuerySet.as_manager()

    class Meta:
        ordering = ["dated_on", "sequence"]
        indexes = [models.Index(fields=["provider", "kind", "dated_on"], name="event_kind_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "sequence"],
                name="event_sequence_once",
                violation_error_message=_("Somebody recorded something just now. Try again."),
            ),
            models.CheckConstraint(
                condition=Q(kind=EventKind.VOIDED, voids__isnull=False)
                | (~Q(kind=EventKind.VOIDED) & Q(voids__isnull=True)),
                name="event_voids_another",
                violation_error_message=_("Undoing says which event it undoes."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="event_inside_trajectory",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_INSIDE_TRAJECTORY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.dated_on}"


def trial_ends_on(trajectory: Trajectory) -> date | None:
    """The last day of the trial weeks; None for a programme without a trial."""
    weeks = trajectory.programme.trial_weeks
    return trajectory.started_on + timedelta(weeks=weeks, days=-1) if weeks else None
