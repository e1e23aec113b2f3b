"""The forms of what the law asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.forms import DayField, HouseForm, Segments
from participants.models import ExportKind, RequestKind, RequestState, RestrictionGround


def _words(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=4000, widget=forms.Textarea({"rows": rows})
    )


class NotLaterDay(DayField):
    """A day that has been."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day > today():
            raise ValidationError(_("This day is still to come. Fill in a day that has been."))
        return day


class RequestForm(HouseForm):
    """What somebody asks about their own file."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=RequestKind, widget=Segments("seg-list"))
    received_on = NotLaterDay(label=_("Received on"))
    words = _words(_("In the words of the person"), required=False)
    identity_checked = forms.CharField(
        label=_("How you know that it is this person"),
        max_length=200,
        help_text=_("For example: came in person, known to the coach. Copy no identity document."),
    )


class DecideForm(HouseForm):
    """What is decided on a request, and why."""

    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[(one.value, one.label) for one in RequestState if one != RequestState.OPEN],
        widget=Segments("seg-list"),
    )
    decision = _words(_("What was decided, and why"), _("The person reads this."))


class ExtendForm(HouseForm):
    """Why a request takes longer."""

    because = _words(_("Why it takes longer"), _("Tell the person, too."))


class StatementForm(HouseForm):
    """The person's own words beside the file."""

    words = _words(_("In the words of the person"), rows=5)
    given_on = NotLaterDay(label=_("Day"))


class ReasonForm(HouseForm):
    """Why something is done with a file."""

    reason = _words(_("Reason"))


class RestrictForm(HouseForm):
    """Why the use of a file is restricted."""

    ground = forms.ChoiceField(label=_("Why"), choices=RestrictionGround, widget=Segments("seg-list"))
    reason = _words(_("Explanation"))


class ExportForm(HouseForm):
    """What is made ready to hand over."""

    kind = forms.ChoiceField(label=_("What"), choices=ExportKind, widget=Segments("seg-list"), initial=ExportKind.WHOLE)
    with_names = forms.BooleanField(
        label=_("Tell who looked by name"),
        required=False,
        help_text=_(
            "Otherwise by role and organisation. A person gets names only when they need them for their rights."
        ),
    )


class DisclosureForm(HouseForm):
    """What was given to somebody outside."""

    recipient = forms.CharField(label=_("Who got it"), max_length=200)
    what = _words(_("What was given"))
    ground = forms.CharField(label=_("On which ground"), max_length=200)
    given_on = NotLaterDay(label=_("Day"))
