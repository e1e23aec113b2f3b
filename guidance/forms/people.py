"""The forms on which somebody is signed up, and on which their details are kept."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.forms import DayField, HouseForm, Segments
from organisations.models import Membership, Organisation, OrganisationKind, Role, StaffMember
from organisations.roles import Permission
from participants.models import Benefit, Gender
from trajectories.answers import Person
from trajectories.models import Agreement, Programme

LEVELS = ("A0", "A1", "A2", "B1", "B2", "C1", "C2")
BIRTH = re.compile(r"(?:(?:(\d{1,2})[-/])?(\d{1,2})[-/])?(\d{4})")
UNKNOWN = ("", gettext_lazy("Not known yet"))
EARLIEST_BIRTH = 1900
PLAN, WAITING = "plan", "waiting"

PartialDate = tuple[int | None, int | None, int | None]


class PartialDateField(forms.CharField):
    """A date of birth of which the day, or day and month, may be unknown: 17-5-1985, 5-1985 or 1985.

    Its value is (year, month, day), with None for what is unknown.
    """

    default_error_messages = {
        "invalid": gettext_lazy("We cannot read this date of birth. Write it like 17-5-1985, 5-1985 or 1985."),
        "future": gettext_lazy("This date of birth lies in the future. Check the year."),
    }

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return (None, None, None)
        found = BIRTH.fullmatch(text.strip())
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day, month, year = (int(part) if part else None for part in found.groups())
        return self._checked((year, month, day))

    def _checked(self, parts: PartialDate) -> PartialDate:
        year, month, day = parts
        try:
            first = date(year or 1, month or 1, day or 1)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if first > today() or first.year < EARLIEST_BIRTH:
            raise ValidationError(self.error_messages["future" if first > today() else "invalid"], code="invalid")
        return parts

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return "-".join(str(part) for part in reversed(value) if part)
        return value


class PersonForm(HouseForm):
    """Who somebody is."""

    given_names = forms.CharField(label=gettext_lazy("First name"), max_length=200, required=False)
    prefix = forms.CharField(  # type: ignore[assignment]  # Django takes the fields out of the class
        label=gettext_lazy("Prefix"), help_text=gettext_lazy("Like “van den”."), max_length=40, required=False
    )
    surname = forms.CharField(label=gettext_lazy("Surname"), max_length=200)
    birth = PartialDateField(
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy("Like 17-5-1985. Only the year is fine too."),
        required=False,
    )
    gender = forms.ChoiceField(label=gettext_lazy("Gender"), choices=[UNKNOWN, *Gender.choices], required=False)
    home_municipality = forms.ModelChoiceField(
        label=gettext_lazy("Lives in the municipality of"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY),
        empty_label=gettext_lazy("Choose a municipality"),
    )
    language = forms.CharField(label=gettext_lazy("Language spoken at home"), max_length=60, required=False)
    language_level = forms.ChoiceField(
        label=gettext_lazy("Level of Dutch"), choices=[UNKNOWN, *((level, level) for level in LEVELS)], required=False
    )
    benefit = forms.ChoiceField(label=gettext_lazy("Benefit"), choices=[UNKNOWN, *Benefit.choices], required=False)

    PERSON = (
        "given_names", "prefix", "surname", "birth", "gender", "home_municipality", "language", "language_level",
        "benefit",
    )  # fmt: skip

    def details(self) -> dict[str, Any]:
        """The answers as the file keeps them."""
        answers = {name: self.cleaned_data[name] for name in self.PERSON}
        year, month, day = answers.pop("birth")
        return {**answers, "birth_year": year, "birth_month": month, "birth_day": day}

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PERSON]


class EditPersonForm(PersonForm):
    """The details of somebody whose file is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class OfferForm(HouseForm):
    """Which programme, who pays, from when, and with which coach."""

    offer = forms.ChoiceField(label=gettext_lazy("Programme, and who pays"))
    starts_on = DayField(label=gettext_lazy("First day"))
    planned_end_on = DayField(
        label=gettext_lazy("Goal date"),
        help_text=gettext_lazy("Leave it empty for the usual length of the programme."),
        required=False,
    )
    coach: forms.ModelChoiceField[StaffMember] = forms.ModelChoiceField(
        label=gettext_lazy("Job coach"), queryset=None, required=False, empty_label=gettext_lazy("Nobody yet")
    )

    refused_at = {"on": "starts_on"}

    def __init__(self, *args: Any, member: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = member.standing.units(Permission.PARTICIPANT_EDIT)
        self.offers = _offers(units)
        self.fields["offer"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a programme")),
            *((key, f"{programme.name}, {agreement}") for key, (programme, agreement) in self.offers.items()),
        ]
        coaches = Membership.objects.on(today()).filter(unit__in=units, role=Role.COACH)
        people = StaffMember.objects.filter(is_active=True, memberships__in=coaches).distinct()
        self.fields["coach"].queryset = people  # type: ignore[attr-defined]
        if member.standing.has_role(Role.COACH):
            self.fields["coach"].initial = member.pk

    @property
    def programme(self) -> Programme:
        return self.offers[self.cleaned_data["offer"]][0]

    @property
    def agreement(self) -> Agreement:
        return self.offers[self.cleaned_data["offer"]][1]


def _offers(units: set[Any]) -> dict[str, tuple[Programme, Agreement]]:
    """Every programme of these units with each agreement that pays for it: one query."""
    through = Agreement.programmes.through.objects.filter(programme__unit__in=units)
    rows = through.select_related("programme__provider", "agreement__municipality").order_by("programme__name")
    still = [row for row in rows if row.agreement.ends_on is None or row.agreement.ends_on >= today()]
    return {f"{row.programme_id}.{row.agreement_id}": (row.programme, row.agreement) for row in still}


class NewParticipantForm(PersonForm, OfferForm):
    """Somebody new: who, sent by whom with which question, and the trajectory when there is a place."""

    reference = forms.CharField(
        label=gettext_lazy("Own number"),
        help_text=gettext_lazy("Leave it empty for the next free number."),
        max_length=60,
        required=False,
    )
    referred_on = DayField(label=gettext_lazy("Day of the referral"), initial=today)
    referrer = forms.CharField(
        label=gettext_lazy("Referred by"),
        help_text=gettext_lazy("A name and organisation, or “self”."),
        max_length=200,
        required=False,
    )
    question = forms.CharField(
        label=gettext_lazy("What is the help question?"),
        required=False,
        max_length=20000,
        widget=forms.Textarea({"rows": 3}),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Is there a place?"),
        choices=[
            (PLAN, gettext_lazy("Yes, plan the trajectory")),
            (WAITING, gettext_lazy("No, put on the waiting list")),
        ],
        widget=Segments(),
        initial=PLAN,
    )

    REFERRAL = ("referred_on", "referrer", "question", "reference")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = False
        self.fields["starts_on"].initial = today

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("place") == PLAN and not answers.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Fill in the first day, or put this person on the waiting list."))
        return answers

    def person(self) -> Person:
        return Person(**self.details())

    @property
    def referral_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.REFERRAL]


class AttentionForm(HouseForm):
    """What every colleague must know."""

    text = forms.CharField(
        label=gettext_lazy("What must every colleague know?"),
        help_text=gettext_lazy("Short and factual. It stands above the file. Leave it empty to take it away."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class ContactForm(HouseForm):
    """Somebody around the participant."""

    role = forms.CharField(
        label=gettext_lazy("Role"), help_text=gettext_lazy("Like: work supervisor, sister."), max_length=100
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    organisation_name = forms.CharField(label=gettext_lazy("Organisation"), max_length=200, required=False)
    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        error_messages={"invalid": gettext_lazy("This is not an e-mail address. Write it like name@organisation.nl.")},
    )
