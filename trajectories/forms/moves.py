"""The forms on which something is recorded about a trajectory. Each gives the answers that its action takes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.forms import DayField, HouseForm, Segments
from organisations.models import Membership, Role, StaffMember
from trajectories.models import EventKind, Slot, Trajectory
from trajectories.slots import free_slots

LONGEST_NOTE = 20000


def note_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 3}))


class TrajectoryForm(HouseForm):
    """Base: knows the trajectory it is about."""

    def __init__(self, *args: Any, trajectory: Trajectory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trajectory = trajectory
        if "note" in self.fields:
            words = {"name": trajectory.participant.first_name}
            self.fields["note"].help_text = _("Write facts. %(name)s may read this.") % words

    def answers(self) -> dict[str, Any]:
        """What the action takes besides who and which trajectory."""
        return self.cleaned_data


class MoveForm(TrajectoryForm):
    """On which day, and what happened."""

    on = DayField(label=gettext_lazy("Day"), initial=today)
    note = note_field(gettext_lazy("What happened, and what did you agree?"))


class StartForm(TrajectoryForm):
    """The first day, the goal date, and a place where the programme has places."""

    on = DayField(label=gettext_lazy("First day"))
    planned_end_on = DayField(label=gettext_lazy("Goal date"), required=False)
    slot: forms.ModelChoiceField[Slot] = forms.ModelChoiceField(
        label=gettext_lazy("Place"), queryset=None, required=False, empty_label=gettext_lazy("No place yet")
    )

    def __init__(self, *args: Any, trajectory: Trajectory, **kwargs: Any) -> None:
        first = min(trajectory.started_on, today())
        kwargs.setdefault("initial", {"on": first, "planned_end_on": trajectory.planned_end_on})
        super().__init__(*args, trajectory=trajectory, **kwargs)
        if trajectory.programme.has_slots:
            self.fields["slot"].queryset = free_slots(trajectory.programme, first)  # type: ignore[attr-defined]
        else:
            del self.fields["slot"]


class TrialForm(TrajectoryForm):
    """The verdict of coach, work supervisor and participant together."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Does the team fit?"),
        choices=[
            (EventKind.TRIAL_PASSED.value, gettext_lazy("Yes, the trial is passed")),
            (EventKind.TRIAL_FAILED.value, gettext_lazy("No, the trial is not passed")),
        ],
        widget=Segments(),
        error_messages={"required": gettext_lazy("Choose whether the team fits.")},
    )
    on = DayField(label=gettext_lazy("Day of the verdict"), initial=today)
    note = note_field(gettext_lazy("What do the three of you think of it?"))


class ExtendForm(TrajectoryForm):
    """A later goal date."""

    planned_end_on = DayField(label=gettext_lazy("New goal date"))
    note = note_field(gettext_lazy("Why does it take longer?"))

    def answers(self) -> dict[str, Any]:
        return {"on": today(), **self.cleaned_data}


class ChangeCoachForm(TrajectoryForm):
    """Who coaches from which day on."""

    coach: forms.ModelChoiceField[StaffMember] = forms.ModelChoiceField(label=gettext_lazy("New coach"), queryset=None)
    on = DayField(label=gettext_lazy("From"), initial=today)

    def __init__(self, *args: Any, trajectory: Trajectory, **kwargs: Any) -> None:
        super().__init__(*args, trajectory=trajectory, **kwargs)
        coaches = Membership.objects.on(today()).filter(unit=trajectory.unit_id, role=Role.COACH)
        people = StaffMember.objects.filter(is_active=True, memberships__in=coaches).distinct()
        self.fields["coach"].queryset = people.exclude(pk__in=[trajectory.coach_id])  # type: ignore[attr-defined]


class CancelForm(TrajectoryForm):
    """Why somebody never starts."""

    reason = forms.CharField(label=gettext_lazy("Why does it not go on?"), max_length=LONGEST_NOTE)


class AftercareForm(TrajectoryForm):
    """How a contact after the end went."""

    result = forms.ChoiceField(
        label=gettext_lazy("Did you speak with each other?"),
        choices=[
            ("reached", gettext_lazy("Yes, reached")),
            ("not_reached", gettext_lazy("Not reached")),
            ("refused", gettext_lazy("Wants no more contact")),
        ],
        widget=Segments("seg-visit"),
        error_messages={"required": gettext_lazy("Choose how the contact went.")},
    )
    on = DayField(label=gettext_lazy("Day"), initial=today)
    note = note_field(gettext_lazy("How is it going?"))


class VoidForm(TrajectoryForm):
    """Why an event does not hold."""

    reason = forms.CharField(label=gettext_lazy("Why is it undone?"), max_length=LONGEST_NOTE)


def suggested_extension(trajectory: Trajectory) -> dict[str, Any]:
    """Four weeks more than was planned, or than today."""
    base = max(trajectory.planned_end_on or today(), today())
    return {"planned_end_on": base + timedelta(weeks=4)}
