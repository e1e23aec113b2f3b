"""The form on which somebody is measured: made from the scale of the instrument."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.forms import DayField, HouseForm, Segments
from guidance.models import Moment
from guidance.scoring import SCALES
from guidance.wording import ANSWERS, DIMENSIONS

MOST_SEGMENTS = 4


class RecordAssessmentForm(HouseForm):
    """Which day, at which moment, and an answer for each part; every part may be left open."""

    on = DayField(label=gettext_lazy("Day"), initial=today)
    moment = forms.ChoiceField(
        label=gettext_lazy("When in the trajectory?"), choices=Moment, initial=Moment.INTERIM, widget=Segments("seg-4")
    )

    def __init__(self, *args: Any, instrument: str, **kwargs: Any) -> None:
        self.scale = SCALES[instrument]
        super().__init__(*args, **kwargs)
        answers = [(str(value), _answer(instrument, value)) for value in ANSWERS[instrument]]
        for dimension in self.scale.dimensions:
            self.fields[f"part_{dimension}"] = _part(str(DIMENSIONS[instrument][dimension]), answers)
        self.refused_at = {dimension: f"part_{dimension}" for dimension in self.scale.dimensions}

    def answers(self) -> dict[str, int]:
        given = {dimension: self.cleaned_data[f"part_{dimension}"] for dimension in self.scale.dimensions}
        return {dimension: int(value) for dimension, value in given.items() if value}


def _answer(instrument: str, value: int) -> str:
    """The words of an answer; of ladder steps and levels with their number."""
    words = str(ANSWERS[instrument][value])
    return words if SCALES[instrument].words else f"{value}. {words}"


def _part(label: str, answers: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    if len(answers) <= MOST_SEGMENTS:
        return forms.ChoiceField(label=label, choices=list(answers), widget=Segments(), required=False)
    return forms.ChoiceField(label=label, choices=[("", _("Not measured")), *answers], required=False)
