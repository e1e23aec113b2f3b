"""The forms of looking the read log through."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HouseForm
from participants.models import LogReviewItem, Verdict


class SignOffForm(HouseForm):
    """What the privacy officer thinks of each opening of a sample, and what follows."""

    def __init__(self, *args: Any, items: Iterable[LogReviewItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        own = {f"item-{item.pk}": _verdict(number) for number, item in enumerate(self.items, start=1)}
        self.fields = {**own, "conclusion": _conclusion()}

    def verdicts(self) -> dict[UUID, str]:
        return {item.pk: self.cleaned_data[f"item-{item.pk}"] for item in self.items}

    def field_of(self, item: LogReviewItem) -> Any:
        return self[f"item-{item.pk}"]


def _verdict(number: int) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Opening %(number)s") % {"number": number},
        choices=[("", "–"), *Verdict.choices],
        widget=forms.Select({"class": "form-select"}),
        error_messages={"required": _("Say what you think of opening %(number)s.") % {"number": number}},
    )


def _conclusion() -> forms.CharField:
    return forms.CharField(
        label=_("Conclusion"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "class": "form-control"}),
        error_messages={"required": _("Write down what you conclude.")},
    )
