"""The forms around a shielded file and a BSN."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.forms import HouseForm, Segments
from organisations.models import Membership, StaffMember
from organisations.roles import Role
from participants.models import Participant, ShieldKind

ENOUGH = 10  # letters: "even kijken" is no reason


def _reason(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        help_text=help_text,
        min_length=ENOUGH,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"min_length": _("Write in a sentence why it is needed.")},
    )


class ShieldForm(HouseForm):
    """Why a file is shielded, and who still opens it."""

    kind = forms.ChoiceField(label=_("Why"), choices=ShieldKind, widget=Segments("seg-list"))
    reason = forms.CharField(label=_("Explanation"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    readers = forms.ModelMultipleChoiceField(
        StaffMember.objects.none(),
        label=_("Who may open it"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose somebody at least: without a reader nobody can work with this person.")},
    )

    def __init__(self, *args: Any, person: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_teams = Membership.objects.on(today()).filter(
            organisation=person.provider_id, role__in=[Role.COACH, Role.UNIT_MANAGER]
        )
        field = cast("forms.ModelMultipleChoiceField[StaffMember]", self.fields["readers"])
        field.queryset = StaffMember.objects.filter(pk__in=of_teams.values("staff_member"), is_active=True)


class EmergencyForm(HouseForm):
    """Which shielded file, and why it cannot wait."""

    reference = forms.CharField(label=_("Number of the file"), max_length=60)
    reason = _reason(_("The privacy officer reads this today."))


class RevealForm(HouseForm):
    """Why a BSN is needed whole."""

    reason = _reason(_("It stands in the read log, and the person can ask for it."))
