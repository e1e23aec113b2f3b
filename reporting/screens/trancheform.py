"""The forms of the wizard for a new tranche: its name and days, its terms, and the figures it demands."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.forms import DayField, HouseForm, HouseModelForm
from reporting.composing.demanded import SPLIT_BY, SPLIT_OUT
from reporting.demanding import Demand
from reporting.figures import CATALOGUE
from reporting.models import Tranche
from reporting.screens.words import split_label

HIGHEST_TARGET = Decimal("99999999")


class OpenTrancheForm(HouseForm):
    """What the tranche is called, and from when to when it holds."""

    name = forms.CharField(
        label=_("Name of the tranche"), max_length=120, help_text=_("As the payer calls it: “Tranche 3, 2027”.")
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty when it holds until the next tranche.")
    )


class TermsForm(HouseModelForm):
    """How often, when it is due, who signs, which chapters, and from how many people a number is shown."""

    class Meta:
        model = Tranche
        fields = ("rhythm", "deadline_days", "signed_by", "template", "profile", "small_count")
        widgets = {
            "rhythm": forms.RadioSelect,
            "template": forms.RadioSelect,
            "profile": forms.RadioSelect,
            "deadline_days": forms.NumberInput({"class": "w-short", "inputmode": "numeric"}),
            "small_count": forms.NumberInput({"class": "w-short", "inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].help_text = _("After each period the report opens by itself, and reminders follow.")
        self.fields["small_count"].help_text = _(
            "In confidence, numbers below this are withheld from who may not see the files. In public always 1 to 9,"
            " and the rest is rounded to 5."
        )


class DemandRow:
    """One figure that can be demanded: ticked or not, its target, and by what it is split out."""

    def __init__(self, figure: str, demand: Demand | None, query: QueryDict | None) -> None:
        definition = CATALOGUE[figure]
        self.figure, self.label, self.sentence = figure, definition.label, definition.sentence
        self.takes_target = definition.is_plain
        self.error = ""
        if query is None:
            self.is_asked = demand is not None
            self.target = _written(demand.target) if demand else ""
            chosen = set(demand.splits) if demand else set()
        else:
            self.is_asked = figure in query.getlist("figure")
            self.target = query.get(f"target-{figure}", "").strip()
            chosen = set(query.getlist(f"split-{figure}"))
        offered = SPLIT_BY if figure in SPLIT_OUT else ()
        self.splits = [(by, split_label(by), by in chosen) for by in offered]

    def demand(self) -> Demand | None:
        """Return what is asked for; None when it is not ticked or its target is no number (then `error` says so)."""
        if self.target and not self.is_asked:
            self.error = str(_("You wrote a target here. Tick the figure too, or empty the target."))
        if not self.is_asked:
            return None
        target = None
        if self.target and self.takes_target:
            target = _number(self.target)
            if target is None:
                self.error = str(_("Write the target as a number, like 12 or 12,5."))
                return None
        return Demand(self.figure, target, tuple(by for by, _name, is_chosen in self.splits if is_chosen))


def demand_rows(known: Mapping[str, Demand], query: QueryDict | None = None) -> list[DemandRow]:
    """Return a row for every figure that is counted now: as it stands, or as it was just sent."""
    return [DemandRow(figure, known.get(figure), query) for figure in CATALOGUE if figure != "targets"]


def _written(target: Decimal | None) -> str:
    return "" if target is None else f"{target.normalize():f}".replace(".", ",")


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "."))
    except ArithmeticError:
        return None
    return value if value.is_finite() and 0 <= value < HIGHEST_TARGET else None
