"""The forms in which a coach writes down a session: short, with attendance never chosen beforehand."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.forms import Segments
from guidance.answers import Report
from guidance.forms.meetings import MEETING, NOT_YET, USUAL_MINUTES, NextMeetingFields
from guidance.models import AttendanceKind, Goal, Session, SessionKind
from participants.models import LifeDomain

LONGEST_GOAL = 44
# The life domains that come up most stand open; the others one tap away.
USUAL_DOMAINS = frozenset(
    {
        LifeDomain.FINANCES,
        LifeDomain.DAYTIME,
        LifeDomain.WORK_EDUCATION,
        LifeDomain.HOUSING,
        LifeDomain.MENTAL_HEALTH,
        LifeDomain.SOCIAL_NETWORK,
    }
)
USUAL_ATTENDANCE = (AttendanceKind.ATTENDED, AttendanceKind.ABSENT_NOTICE, AttendanceKind.ABSENT_NO_NOTICE)
OTHER_ATTENDANCE = (AttendanceKind.LATE, AttendanceKind.NOT_HELD)

Options = list[forms.boundfield.BoundWidget]


class LogSessionForm(NextMeetingFields):
    """What a coach writes down about a session, and in one go the next appointment."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (*USUAL_ATTENDANCE, *OTHER_ATTENDANCE)],
        widget=Segments("seg-visit"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the answers shown.")},
    )
    note = forms.CharField(
        label=gettext_lazy("What did you do?"),
        required=False,
        max_length=20000,
        widget=forms.Textarea({"rows": 5}),
    )
    goals = forms.MultipleChoiceField(
        label=gettext_lazy("Which goal did you work on?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    life_domains = forms.MultipleChoiceField(
        label=gettext_lazy("What was it about?"),
        required=False,
        choices=LifeDomain,
        widget=forms.CheckboxSelectMultiple,
    )
    plan = forms.CharField(label=gettext_lazy("Plan for next time"), required=False, max_length=2000)
    has_relapse = forms.BooleanField(label=gettext_lazy("There is a concern or a relapse"), required=False)
    restricted_note = forms.CharField(
        label=gettext_lazy("Restricted note"), required=False, max_length=20000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        first_name: str,
        goals: Iterable[Goal],
        sees_restricted: bool,
        may_relapse: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known_goals = {str(goal.pk): goal for goal in goals}
        self.fields["goals"].choices = [  # type: ignore[attr-defined]
            (key, Truncator(goal.words).chars(LONGEST_GOAL)) for key, goal in self.known_goals.items()
        ]
        self._name_person(first_name)
        self._leave_out(goals=not self.known_goals, restricted_note=not sees_restricted, has_relapse=not may_relapse)

    def _name_person(self, first_name: str) -> None:
        words = {"name": first_name}
        self.fields["attendance"].label = _("Did %(name)s come?") % words
        self.fields["attendance"].error_messages["required"] = _("Choose whether %(name)s came.") % words
        self.fields["note"].help_text = _("Write facts. %(name)s may read this.") % words
        self.fields["restricted_note"].help_text = _("Only the coaches of %(name)s see this.") % words

    def _leave_out(self, **unwanted: bool) -> None:
        for name, is_unwanted in unwanted.items():
            if is_unwanted:
                del self.fields[name]

    def report(self) -> Report:
        answers = self.cleaned_data
        return Report(
            attendance=answers["attendance"],
            note=answers["note"],
            plan=answers["plan"],
            life_domains=answers["life_domains"],
            goals=[self.known_goals[key] for key in answers.get("goals", [])],
            restricted_note=answers.get("restricted_note"),
        )

    @property
    def usual_attendance(self) -> Options:
        return list(self["attendance"])[: len(USUAL_ATTENDANCE)]

    @property
    def other_attendance(self) -> Options:
        return list(self["attendance"])[len(USUAL_ATTENDANCE) :]

    @property
    def usual_domains(self) -> Options:
        return [option for option in self["life_domains"] if option.data["value"] in USUAL_DOMAINS]

    @property
    def other_domains(self) -> Options:
        return [option for option in self["life_domains"] if option.data["value"] not in USUAL_DOMAINS]

    @property
    def open_parts(self) -> dict[str, bool]:
        """Which folded parts stand open: those that hold an answer or an error."""
        chosen = set(self["life_domains"].value() or ())
        return {
            "meeting": self.meeting_is_wrong,
            "attendance": self["attendance"].value() in OTHER_ATTENDANCE,
            "domains": bool(chosen - USUAL_DOMAINS),
            "next": self.next_is_wrong or bool(self["next_on"].value()),
            "restricted": "restricted_note" in self.fields and bool(self["restricted_note"].value()),
        }


class EditSessionForm(LogSessionForm):
    """A session that stands already; `version` tells whether somebody changed it meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def new_session_answers() -> dict[str, Any]:
    """What stands in the form of a new session: today, the usual length, and no attendance."""
    return {
        "token": uuid.uuid4(),
        "held_on": today(),
        "minutes": USUAL_MINUTES,
        "kind": SessionKind.INDIVIDUAL,
        "next_meeting": NOT_YET,
    }


def answers_of(session: Session) -> dict[str, Any]:
    """What stands in the form of a session that is there."""
    names = (*MEETING, "attendance", "note", "plan", "life_domains", "restricted_note", "version")
    return {
        **{name: getattr(session, name) for name in names},
        "token": session.pk,
        "next_meeting": NOT_YET,
        "goals": [str(goal.pk) for goal in session.goals.all()],
    }
