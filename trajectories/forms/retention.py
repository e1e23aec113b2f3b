"""The form of a retention class."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HouseForm, Segments
from participants.models import Process
from trajectories.models import Decision, LegalGround
from trajectories.provision_kinds import KIND_LABELS

OVER = (Decision.DECLINED, Decision.WITHDRAWN)


class RetentionClassForm(HouseForm):
    """How long, after which process with which result, and which rule says so."""

    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=200)
    process = forms.ChoiceField(label=_("Process"), choices=Process, widget=Segments("seg-list"))
    results = forms.MultipleChoiceField(
        label=_("Only with these results"),
        required=False,
        widget=forms.SelectMultiple({"size": 10}),
        help_text=_("Choose none for every result that no other class names."),
    )
    years = forms.IntegerField(label=_("Years after the end"), min_value=0, max_value=120)
    source = forms.CharField(label=_("Which rule says so"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["results"].choices = [  # type: ignore[attr-defined]
            (str(_("Referral")), [(one.value, one.label) for one in OVER]),
            (str(_("Trajectory")), list(LegalGround.choices)),
            (str(_("Provision")), [(code, f"{code}: {label}") for code, label in KIND_LABELS.items()]),
        ]

    def clean(self) -> dict[str, Any]:
        """A result belongs to the process that was chosen."""
        given = super().clean() or {}
        fitting = {
            Process.REFERRAL: {str(one.value) for one in OVER},
            Process.TRAJECTORY: set(LegalGround.values),
            Process.PROVISION: set(KIND_LABELS),
        }.get(given.get("process", ""), set())
        if set(given.get("results", [])) - fitting:
            self.add_error("results", _("These results are of another process. Choose them again."))
        return given
