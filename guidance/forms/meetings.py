"""When and where people meet: the fields of an appointment, also the next one after a session."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.forms import DayField, HouseForm, MinutesField, Segments
from guidance.answers import Meeting
from guidance.models import SessionKind

USUAL_MINUTES = 45
A_WEEK = timedelta(weeks=1)
OTHER_DAY, NOT_YET = "other", "none"
MEETING = ("held_on", "starts_at", "minutes", "kind", "place")
UNKNOWN_TIME = gettext_lazy("This is not a time we know. Write it like 09:30.")


def time_field(label: Any) -> forms.TimeField:
    """A time of the day, which may stay empty."""
    widget = forms.TimeInput({"class": "w-short", "type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, error_messages={"invalid": UNKNOWN_TIME})


class MeetingForm(HouseForm):
    """When, where and how two people meet."""

    held_on = DayField(label=gettext_lazy("Day"))
    starts_at = time_field(gettext_lazy("Time"))
    minutes = MinutesField(label=gettext_lazy("Minutes"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of contact"), choices=SessionKind)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)

    def meeting(self) -> Meeting:
        return Meeting(**{name: self.cleaned_data[name] for name in MEETING})

    @property
    def meeting_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in MEETING]

    @property
    def meeting_is_wrong(self) -> bool:
        """Whether one of these answers must be corrected, so that the fields stand open."""
        return any(name in self.errors for name in MEETING)


class PlanAppointmentForm(MeetingForm):
    """A new appointment, or another day for one that stands."""


class NextMeetingFields(MeetingForm):
    """A session form that also makes the next appointment."""

    next_meeting = forms.ChoiceField(
        label=gettext_lazy("Next appointment"),
        required=False,
        widget=Segments("seg-next"),
        error_messages={"invalid_choice": gettext_lazy("Choose once more when you meet again: a new day has begun.")},
    )
    next_on = DayField(label=gettext_lazy("Day of the next appointment"), required=False)
    next_at = time_field(gettext_lazy("Time of the next appointment"))

    def __init__(self, *args: Any, starts_at: time | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.next_days = list(_next_days(starts_at))
        self.fields["next_meeting"].choices = [(value, label) for value, label, _sub in self.next_days]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("next_meeting") == OTHER_DAY and not answers.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _("Fill in the day of the next appointment, or choose “Not yet”."))
        elif answers.get("next_on") and answers["next_on"] < today():
            self.add_error("next_on", _("This day is over. Choose today or a later day."))
        return answers

    def next_one(self) -> Meeting | None:
        """The appointment that was made for next time, like the present one; None when there is none yet."""
        answers, now = self.cleaned_data, self.meeting()
        chosen = answers.get("next_meeting") or NOT_YET
        if answers.get("next_on") and chosen in {OTHER_DAY, NOT_YET}:
            held_on, starts_at = answers["next_on"], answers["next_at"] or now.starts_at
        elif chosen not in {OTHER_DAY, NOT_YET}:
            held_on, starts_at = date.fromisoformat(chosen), now.starts_at
        else:
            return None
        return Meeting(held_on, starts_at, now.minutes, now.kind, now.place)

    @property
    def next_options(self) -> list[dict[str, Any]]:
        """The choices, each with the day under it."""
        return [
            {"option": option, "sub": sub}
            for option, (_value, _label, sub) in zip(self["next_meeting"], self.next_days, strict=True)
        ]

    @property
    def next_is_wrong(self) -> bool:
        return "next_on" in self.errors or "next_at" in self.errors


def _next_days(starts_at: time | None) -> Iterator[tuple[str, Any, str]]:
    """One and two weeks from today, at the same time; another day; not yet: value, label, the day in short."""
    for weeks, label in ((1, _("In 1 week")), (2, _("In 2 weeks"))):
        day = today() + weeks * A_WEEK
        short = date_format(day, "D j M").lower().replace(".", "")
        yield day.isoformat(), label, f"{short}, {starts_at:%H:%M}" if starts_at else short
    yield OTHER_DAY, _("Another day"), ""
    yield NOT_YET, _("Not yet"), ""
