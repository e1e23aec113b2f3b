"""The forms of the worklist: an answer, and what was left blank."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.forms import DayField, HouseForm
from organisations.models import StaffMember
from trajectories.models import Destination, EndReason, OutcomeKind, Trajectory

LONGEST_REASON = 2000


def reason_field(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3})
    )


class AnswerSignalForm(HouseForm):
    """Why it is right as it is."""

    reason = reason_field(_("Why is it right as it is?"), required=True)


class PassOnSignalForm(HouseForm):
    """Who is to look at it."""

    coach: forms.ModelChoiceField[StaffMember] = forms.ModelChoiceField(label=_("Coach"), queryset=None)
    reason = reason_field(_("What do you ask?"), required=False)

    def __init__(self, *args: Any, coaches: QuerySet[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = coaches  # type: ignore[attr-defined]


class EndingForm(HouseForm):
    """What is not known yet of an end: reason, destination, or both."""

    end_reason: forms.ModelChoiceField[EndReason] = forms.ModelChoiceField(
        label=_("Why did it stop?"), queryset=None, empty_label=_("Choose a reason")
    )
    destination: forms.ModelChoiceField[Destination] = forms.ModelChoiceField(
        label=_("Where did the person go?"), queryset=None, empty_label=_("Choose a destination")
    )

    def __init__(self, *args: Any, trajectory: Trajectory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to_choose = Q(active_until=None) | Q(active_until__gte=trajectory.ended_on or today())
        offered: dict[str, QuerySet[Any]] = {
            "end_reason": EndReason.objects.filter(to_choose, provider=trajectory.provider_id),
            "destination": Destination.objects.filter(to_choose, provider=trajectory.provider_id),
        }
        for name, rows in offered.items():
            if getattr(trajectory, f"{name}_id") is None:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class ReferredForm(HouseForm):
    """On which day somebody was referred."""

    referred_on = DayField(label=_("Day of the referral"))


class JobStartForm(HouseForm):
    """On which day a job began."""

    starts_on = DayField(label=_("First day of the job"))


class LateOutcomeForm(HouseForm):
    """What came of a trajectory that ended without an outcome."""

    kind = forms.ChoiceField(label=_("What came of it?"), choices=OutcomeKind.choices)
    on = DayField(label=_("Date"))
    starts_on = DayField(label=_("First day of the job"), required=False, help_text=_("Only with paid work."))

    def __init__(self, *args: Any, trajectory: Trajectory, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": trajectory.ended_on}, **kwargs)


class LeaveSlotForm(HouseForm):
    """Nothing to fill in: the place is given back."""
