"""The forms of goals."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.forms import DayField, HouseForm, Segments
from guidance.models import GoalState, Rater
from participants.models import LifeDomain

MOST_STEPS = 8
LONGEST_STEP = 300


class SetGoalForm(HouseForm):
    """A goal in the participant's own words, with the steps towards it."""

    words = forms.CharField(
        label=gettext_lazy("What does the participant want to reach?"),
        help_text=gettext_lazy("In their own words, as “I want …”."),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    domain = forms.ChoiceField(
        label=gettext_lazy("Life domain"),
        choices=[("", gettext_lazy("Choose a life domain")), *LifeDomain.choices],
        required=False,
    )
    target_on = DayField(label=gettext_lazy("Before which day?"), required=False)
    steps = forms.CharField(
        label=gettext_lazy("Steps"),
        help_text=gettext_lazy("One on each line, eight at most."),
        required=False,
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_target_on(self) -> Any:
        day = self.cleaned_data["target_on"]
        if day and day < today():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    def clean_steps(self) -> list[str]:
        # Only where a browser begins a new line: Python would also do so at signs that nobody sees.
        lines = re.split(r"\r\n?|\n", self.cleaned_data["steps"])
        steps = [line.strip() for line in lines if line.strip()]
        if len(steps) > MOST_STEPS:
            raise forms.ValidationError(_("These are more than eight steps. Put some together."))
        if any(len(step) > LONGEST_STEP for step in steps):
            raise forms.ValidationError(_("A step is longer than 300 characters. Make it shorter."))
        return steps


class RateGoalForm(HouseForm):
    """How far it is, by the participant or by the coach."""

    rater = forms.ChoiceField(
        label=gettext_lazy("Who says so?"),
        choices=Rater,
        widget=Segments(),
        error_messages={"required": gettext_lazy("Choose who gives the mark.")},
    )
    value = forms.IntegerField(
        label=gettext_lazy("How far is it, from 0 to 10?"),
        min_value=0,
        max_value=10,
        widget=forms.NumberInput({"class": "w-short", "inputmode": "numeric", "min": 0, "max": 10}),
        error_messages={"invalid": gettext_lazy("Write a whole number from 0 to 10.")},
    )


class CloseGoalForm(HouseForm):
    """Reached, or let go."""

    state = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=[(GoalState.REACHED.value, GoalState.REACHED.label), (GoalState.LET_GO.value, GoalState.LET_GO.label)],
        widget=Segments(),
        error_messages={"required": gettext_lazy("Choose what became of the goal.")},
    )
