"""The forms of reporting."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.forms import DayField, HouseForm
from foundation.periods import Period
from trajectories.models import Agreement


class MakeReportForm(HouseForm):
    """Ask for a report: over which agreements, and over which days."""

    agreements = forms.ModelMultipleChoiceField(
        Agreement.objects.none(),
        label=_("For which agreement?"),
        help_text=_("Choose several for one report together. That needs the recorded consent of each payer."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one agreement.")},
    )
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    reference_date = DayField(
        label=_("Reference date"), help_text=_("The day on which is counted. What is dated later does not count.")
    )

    def __init__(self, *args: Any, agreements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[Agreement]", self.fields["agreements"]).queryset = agreements

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last, reference = data.get("first"), data.get("last"), data.get("reference_date")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first day. Check both dates."))
        elif first and last:
            data["period"] = Period(first, last)
        if first and reference and reference < first:
            self.add_error("reference_date", _("The reference date lies before the period. Choose a later day."))
        if reference and reference > today():
            self.add_error(
                "reference_date", _("The reference date lies in the future. Choose today or an earlier day.")
            )
        return data


def last_year() -> dict[str, Any]:
    """Return what the form starts with: the last whole calendar year, counted today."""
    year = Period.year(today().year - 1)
    return {"first": year.start, "last": year.end, "reference_date": today()}
