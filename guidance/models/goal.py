from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from participants.models import LifeDomain, Participant


class GoalState(models.TextChoices):
    OPEN = "open", _("Open")
    BUSY = "busy", _("Busy")
    REACHED = "reached", _("Reached")
    LET_GO = "let_go", _("Let go")


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Goals of the people whose file ``member`` may see."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))

    def to_come(self) -> Self:
        """Not reached and not let go."""
        return self.filter(state__in=[GoalState.OPEN, GoalState.BUSY])


@tracked()
class Goal(UUIDModel):
    """A goal (leerdoel) in the participant's own words, in a life domain, with steps and ratings."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="goals")
    domain = models.CharField(max_length=20, choices=LifeDomain, blank=True)
    words = SealedTextField(_("Goal, in the participant's own words"))
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    set_on = models.DateField()
    target_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["target_on", "set_on"]

    def __str__(self) -> str:
        return f"goal of {self.participant_id}"


@tracked()
class GoalStep(UUIDModel):
    """One step towards a goal."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    words = SealedTextField()
    position = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"step {self.position} of {self.goal_id}"


class Rater(models.TextChoices):
    PARTICIPANT = "participant", _("Participant")
    COACH = "coach", _("Job coach")


@tracked()
class GoalRating(UUIDModel):
    """How far somebody is with a goal, 0 to 10, by the participant or by the coach, on a day."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    rater = models.CharField(max_length=12, choices=Rater)
    rated_on = models.DateField()
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "rater", "rated_on"],
                name="goal_rating_once",
                violation_error_message=_("There is a rating for this day already."),
            ),
            models.CheckConstraint(
                condition=Q(value__lte=10), name="goal_rating_scale", violation_error_message=_("A rating is 0 to 10.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} on {self.rated_on}"


@tracked()
class ActionPoint(UUIDModel):
    """Who does what by when, aftercare included. Done aftercare becomes an event of the trajectory."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="action_points")
    trajectory = models.ForeignKey(
        "trajectories.Trajectory", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    what = SealedTextField()
    staff_member = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    is_aftercare = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on"]
        indexes = [
            models.Index(fields=["staff_member", "due_on"], condition=Q(done_on__isnull=True), name="action_point_open")
        ]

    def __str__(self) -> str:
        return f"action point due {self.due_on}"
