"""The form of the filters. It is sent with the address (GET), so that every selection has one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.forms import DayField, HouseForm
from foundation.periods import Period
from reporting.screens.days import OWN, spelled_out
from reporting.screens.filters import Choices, choice_of, period_names, period_of

LONGEST_YEARS = 10


class FilterForm(HouseForm):
    """Over which days, and of which part of the own units."""

    period = forms.ChoiceField(label=_("Period"), choices=period_names)
    first = DayField(label=_("First day"), required=False, help_text=_("Only with own dates."))
    last = DayField(label=_("Last day"), required=False)
    unit = forms.MultipleChoiceField(label=_("Unit"), required=False, widget=forms.CheckboxSelectMultiple)
    municipality = forms.MultipleChoiceField(
        label=_("Municipality"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agreement = forms.MultipleChoiceField(label=_("Agreement"), required=False, widget=forms.CheckboxSelectMultiple)
    programme = forms.MultipleChoiceField(label=_("Programme"), required=False, widget=forms.CheckboxSelectMultiple)
    coach = forms.ChoiceField(label=_("Coach"), required=False)
    started = forms.ChoiceField(label=_("Starting year of the trajectory"), required=False)

    def __init__(self, query: QueryDict, choices: Choices) -> None:
        data = spelled_out(query).copy()
        data["period"] = choice_of(query)
        super().__init__(data)
        offered = {
            "unit": choices.units,
            "municipality": choices.municipalities,
            "agreement": choices.agreement_names,
            "programme": choices.own_programmes,
        }
        for name, options in offered.items():
            self._offer(name, options)
        self._offer_one("coach", str(_("All coaches")), choices.coaches)
        self._offer_one("started", str(_("All years")), {year: str(year) for year in choices.years})

    def _offer_one(self, name: str, all_of_them: str, options: Mapping[Any, str]) -> None:
        """Offer one of these, or all of them."""
        offered = [("", all_of_them), *((str(key), label) for key, label in options.items())]
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    def _offer(self, name: str, options: Mapping[UUID, str]) -> None:
        """Offer a choice where there is one."""
        if len(options) < 2:
            del self.fields[name]
        else:
            self.fields[name].choices = [(str(key), label) for key, label in options.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("period") != OWN:
            return data
        first, last = data.get("first"), data.get("last")
        for name in ("first", "last"):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Fill in a day."))
        if first and first > today():
            self.add_error("first", _("This day lies in the future. Choose today or an earlier day."))
        elif first and last and last < first:
            self.add_error("last", _("The last day lies before the first day. Check both dates."))
        elif first and last and last.year - first.year > LONGEST_YEARS:
            self.add_error("last", _("Choose ten years or less."))
        return data

    @property
    def days(self) -> Period | None:
        """The period that is asked for; None when its days are wrong, and then the form says what."""
        if any(name in self.errors for name in ("first", "last")):
            return None
        if self.cleaned_data["period"] != OWN:
            return period_of(self.cleaned_data["period"])
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
