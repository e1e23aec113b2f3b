"""The forms of a group: who was there on a half-day, and who is in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.forms import HouseForm, Segments
from guidance.answers import Presence
from guidance.models import HalfDayStatus
from trajectories.models import Trajectory

LONGEST_REMARK = 200
STATUS, REMARK = "status", "remark"
CHOICES = (
    (HalfDayStatus.PRESENT.value, HalfDayStatus.PRESENT.label),
    (HalfDayStatus.ABSENT_NOTICE.value, gettext_lazy("With notice")),
    (HalfDayStatus.ABSENT_NO_NOTICE.value, gettext_lazy("Without notice")),
    (HalfDayStatus.SICK.value, HalfDayStatus.SICK.label),
)


def name_of(trajectory: Trajectory, part: str) -> str:
    """The name of a field: it ends in what it asks, so that a script can fill in one answer for everybody."""
    return f"{trajectory.pk}-{part}"


class HalfDayForm(HouseForm):
    """For each participant one of four answers, or none yet; and with an answer a remark."""

    def __init__(self, *args: Any, trajectories: Iterable[Trajectory], **kwargs: Any) -> None:
        self.trajectories = list(trajectories)
        super().__init__(*args, **kwargs)
        for trajectory in self.trajectories:
            name = trajectory.participant.full_name
            self.fields[name_of(trajectory, STATUS)] = forms.ChoiceField(
                label=name, choices=CHOICES, widget=Segments("seg-4"), required=False
            )
            self.fields[name_of(trajectory, REMARK)] = forms.CharField(
                label=name, max_length=LONGEST_REMARK, required=False
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for trajectory in self.trajectories if "cancelled" not in self.data else []:
            remark = name_of(trajectory, REMARK)
            if answers.get(remark) and not answers.get(name_of(trajectory, STATUS)):
                self.add_error(remark, _("Say too whether they were there: a remark is saved with that."))
        return answers

    def presences(self) -> Mapping[Trajectory, Presence]:
        """Who was given an answer."""
        given = {
            trajectory: self._presence(trajectory, self.cleaned_data[name_of(trajectory, STATUS)])
            for trajectory in self.trajectories
        }
        return {trajectory: presence for trajectory, presence in given.items() if presence.status}

    def all_cancelled(self) -> Mapping[Trajectory, Presence]:
        """We cancelled: nobody was absent. What was remarked stays."""
        return {trajectory: self._presence(trajectory, HalfDayStatus.CANCELLED) for trajectory in self.trajectories}

    def _presence(self, trajectory: Trajectory, status: str) -> Presence:
        return Presence(status, self.cleaned_data[name_of(trajectory, REMARK)])

    def fill_in(self, status: str) -> None:
        """Give everybody without an answer this one; nothing is saved yet."""
        names = [name_of(trajectory, STATUS) for trajectory in self.trajectories]
        self.data = {**dict(self.data.items()), **{name: self.data.get(name) or status for name in names}}

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "person": trajectory.participant,
                "status": self[name_of(trajectory, STATUS)],
                "remark": self[name_of(trajectory, REMARK)],
            }
            for trajectory in self.trajectories
        ]


class GroupMembersForm(HouseForm):
    """Who is in a group."""

    members = forms.MultipleChoiceField(
        label=gettext_lazy("Who is in this group?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, trajectories: Iterable[Trajectory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(trajectory.pk): trajectory for trajectory in trajectories}
        self.fields["members"].choices = [  # type: ignore[attr-defined]
            (key, trajectory.participant.full_name) for key, trajectory in self.known.items()
        ]

    def trajectories(self) -> list[Trajectory]:
        return [self.known[key] for key in self.cleaned_data["members"]]
