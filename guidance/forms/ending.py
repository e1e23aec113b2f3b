"""The form on which a trajectory is ended: everything that counts in the figures, on one page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.forms import DayField, HouseForm, Segments
from guidance.wording import LADDER_STEPS
from trajectories.answers import Ending, Insight, Job
from trajectories.models import ContractForm, Destination, EndReason, OutcomeKind, Trajectory

YES, NO = "yes", "no"
INSIGHT_FIELDS = ("turned_out", "help_followed")
JOB_FIELDS = ("employer", "hours_per_week", "contract_form", "employment_starts_on")


class EndTrajectoryForm(HouseForm):
    """Last day, reason, destination, outcomes, insight, last measurement, aftercare."""

    on = DayField(label=gettext_lazy("Last day"), initial=today)
    reason: forms.ModelChoiceField[EndReason] = forms.ModelChoiceField(
        label=gettext_lazy("Why does the trajectory stop?"),
        queryset=None,
        empty_label=gettext_lazy("Choose a reason"),
        error_messages={"required": gettext_lazy("Choose why the trajectory stops.")},
    )
    destination: forms.ModelChoiceField[Destination] = forms.ModelChoiceField(
        label=gettext_lazy("Where does the participant go?"),
        queryset=None,
        empty_label=gettext_lazy("Choose a destination"),
        error_messages={"required": gettext_lazy("Choose where the participant goes.")},
    )
    outcomes = forms.MultipleChoiceField(
        label=gettext_lazy("What came of it?"),
        help_text=gettext_lazy("Several are possible. It counts in the figures on the last day."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    employer = forms.CharField(label=gettext_lazy("Employer"), max_length=200, required=False)
    hours_per_week = forms.DecimalField(
        label=gettext_lazy("Hours a week"), min_value=0, max_value=80, decimal_places=2, required=False, localize=True
    )
    contract_form = forms.ChoiceField(
        label=gettext_lazy("Kind of contract"),
        choices=[("", gettext_lazy("Not known yet")), *ContractForm.choices],
        required=False,
    )
    employment_starts_on = DayField(label=gettext_lazy("First day at work"), required=False)
    insight = forms.ChoiceField(
        label=gettext_lazy("Did it become clear which help is needed?"),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))],
        widget=Segments(),
        error_messages={"required": gettext_lazy("Choose whether the help question became clear.")},
    )
    turned_out = forms.CharField(
        label=gettext_lazy("What did the question turn out to be?"), required=False, max_length=5000
    )
    help_followed = forms.CharField(
        label=gettext_lazy("Which help follows or followed?"), required=False, max_length=5000
    )
    ladder_step = forms.TypedChoiceField(
        label=gettext_lazy("Last measurement: step on the participation ladder"),
        choices=[
            ("", gettext_lazy("Not measured")),
            *((step, f"{step}. {name}") for step, name in LADDER_STEPS.items()),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    skip_reason = forms.CharField(label=gettext_lazy("No last measurement: why not?"), required=False, max_length=500)
    aftercare_until = DayField(label=gettext_lazy("Aftercare until"), required=False)
    note = forms.CharField(
        label=gettext_lazy("How do you look back together?"),
        required=False,
        max_length=20000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        trajectory: Trajectory,
        outcome_labels: Mapping[str, str],
        uses_ladder: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        in_use = Q(active_until__isnull=True) | Q(active_until__gte=today())
        for name, model in (("reason", EndReason), ("destination", Destination)):
            self.fields[name].queryset = model.objects.filter(in_use, provider=trajectory.provider_id)  # type: ignore[attr-defined]
        self.fields["outcomes"].choices = [  # type: ignore[attr-defined]
            (kind.value, outcome_labels.get(kind, kind.label))
            for kind in OutcomeKind
            if kind != OutcomeKind.HELP_QUESTION_INSIGHT
        ]
        self.fields["ladder_step"].choices = [  # type: ignore[attr-defined]
            ("", _("Not measured")),
            *((step, f"{step}. {name}") for step, name in LADDER_STEPS.items()),
        ]
        if not uses_ladder:
            del self.fields["ladder_step"], self.fields["skip_reason"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if "ladder_step" in self.fields and not answers.get("ladder_step") and not answers.get("skip_reason"):
            self.add_error("ladder_step", _("Choose the step, or fill in below why there is no last measurement."))
        until, last_day = answers.get("aftercare_until"), answers.get("on")
        if until and last_day and until < last_day:
            self.add_error("aftercare_until", _("Aftercare lies before the last day. Check both dates."))
        return answers

    def ending(self) -> Ending:
        answers = self.cleaned_data
        return Ending(
            on=answers["on"],
            reason=answers["reason"],
            destination=answers["destination"],
            outcomes=answers["outcomes"],
            job=Job(
                employer=answers["employer"],
                hours_per_week=answers["hours_per_week"],
                contract_form=answers["contract_form"],
                starts_on=answers["employment_starts_on"],
            ),
            insight=self._insight(),
            aftercare_until=answers["aftercare_until"],
            note=self._note(),
        )

    def _insight(self) -> Insight | None:
        if self.cleaned_data["insight"] != YES:
            return None
        return Insight(**{name: self.cleaned_data[name] for name in INSIGHT_FIELDS})

    def _note(self) -> str:
        """What is written at the event, with why nothing was measured."""
        skipped = self.cleaned_data.get("skip_reason")
        reason = _("No last measurement: %(reason)s") % {"reason": skipped} if skipped else ""
        return "\n\n".join(part for part in (self.cleaned_data["note"], reason) if part)

    @property
    def ladder_step_given(self) -> int | None:
        step: int | None = self.cleaned_data.get("ladder_step")
        return step

    @property
    def open_parts(self) -> dict[str, bool]:
        """Which folded parts stand open: those that hold an answer or an error."""
        chosen = self["outcomes"].value() or ()
        return {
            "job": OutcomeKind.PAID_WORK in chosen or any(name in self.errors for name in JOB_FIELDS),
            "insight": self["insight"].value() == YES,
        }
