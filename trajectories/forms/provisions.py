"""The forms on which the provisions of somebody are kept: what the national statistic counts."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.forms import DayField, HouseForm, Segments
from organisations.models import StaffMember
from organisations.roles import Permission
from trajectories.models import Programme, ProvisionAim, ProvisionEnd, Trajectory, WorkCapacity


def _description() -> forms.CharField:
    return forms.CharField(
        label=_("Description"),
        help_text=_(
            "Leave it empty for the name of the programme. It goes to CBS: write nothing about the person here."
        ),
        max_length=200,
        required=False,
    )


def _wage_value() -> forms.IntegerField:
    message = _("Write a whole number from 1 to 100.")
    return forms.IntegerField(
        label=_("Wage value in percent"),
        help_text=_("Only for a wage-cost subsidy of the Participatiewet."),
        required=False,
        widget=forms.NumberInput({"class": "w-short", "inputmode": "numeric", "min": 1, "max": 100}),
        validators=[MinValueValidator(1, message), MaxValueValidator(100, message)],
        error_messages={"invalid": message},
    )


def _review() -> DayField:
    return DayField(
        label=_("Look again on"), help_text=_("Then you check whether the provision still runs."), required=False
    )


class AddProvisionForm(HouseForm):
    """Which programme somebody uses, from which day."""

    programme: forms.ModelChoiceField[Programme] = forms.ModelChoiceField(
        label=_("Programme"), queryset=None, empty_label=_("Choose a programme")
    )
    starts_on = DayField(label=_("First day"))
    description = _description()
    wage_value_percent = _wage_value()
    review_on = _review()

    def __init__(self, *args: Any, trajectory: Trajectory, member: StaffMember, **kwargs: Any) -> None:
        initial = {"programme": trajectory.programme_id, "starts_on": trajectory.started_on}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        units = member.standing.units(Permission.TRAJECTORY_MOVE)
        offered = Programme.objects.filter(provider=trajectory.provider_id).exclude(provision_type="")
        own = Q(unit__in=units) | Q(pk=trajectory.programme_id)
        self.fields["programme"].queryset = offered.filter(own)  # type: ignore[attr-defined]


class ChangeProvisionForm(HouseForm):
    """The dates and the words of a provision that was recorded otherwise than it was."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False)
    end_reason = forms.ChoiceField(
        label=_("Reason of the end"), choices=[("", _("Still running")), *ProvisionEnd.choices], required=False
    )
    description = _description()
    wage_value_percent = _wage_value()
    review_on = _review()
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndProvisionForm(HouseForm):
    """The last day of a provision, and whether it really ended."""

    on = DayField(label=_("Last day"), initial=today)
    reason = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (ProvisionEnd.REAL.value, _("It really ended")),
            (ProvisionEnd.ADMINISTRATIVE.value, _("It goes on under another number")),
        ],
        help_text=_(
            "It goes on under another number when only the contract, the payer's case or the administration changes."
            " The new number starts the next day by itself."
        ),
        widget=Segments(),
        error_messages={"required": _("Choose whether it really ended.")},
    )


class RecordPositionForm(HouseForm):
    """Somebody's work capacity, and what the provisions are for, from a day on."""

    starts_on = DayField(label=_("From"), initial=today)
    capacity = forms.ChoiceField(
        label=_("Work capacity"), choices=WorkCapacity.choices, initial=WorkCapacity.UNKNOWN.value
    )
    aim = forms.ChoiceField(
        label=_("What are the provisions for?"),
        choices=ProvisionAim.choices,
        widget=Segments(),
        error_messages={"required": _("Choose what the provisions are for.")},
    )
