"""The forms beside a figure: a dated note, and a name for the filters of now."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import DayField, HouseForm


class NoteForm(HouseForm):
    """What a manager writes beside a figure."""

    dated_on = DayField(label=_("Day"))
    unit = forms.ChoiceField(label=_("Unit"))
    text = forms.CharField(
        label=_("Note"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("No names of people, and nothing by which somebody can be recognised. The note is printed too."),
    )

    def __init__(self, *args: Any, units: Mapping[UUID, str], last_day: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("dated_on", last_day)
        choices = [(str(key), name) for key, name in units.items()]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["unit"].required = False
            self.fields["unit"].widget = forms.HiddenInput()
        self._only = next(iter(units), None) if len(units) == 1 else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["unit_id"] = self._only or (UUID(data["unit"]) if data.get("unit") else None)
        return data


class SaveViewForm(HouseForm):
    """Under which name the filters of now are kept."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For instance: Amersfoort, this quarter."))
