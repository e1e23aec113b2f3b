"""What is due for a coach: each signal says what, about whom, and leads to the page where it is done."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.clock import today
from foundation.templatetags.look import short_date
from guidance.models import ActionPoint, Assessment, Session
from guidance.models.session import TOOK_PLACE
from organisations.models import StaffMember
from participants.models import Participant
from trajectories.drawing import happened, has_verdict, with_happened
from trajectories.models import EventKind, State, Trajectory
from trajectories.models.trajectory import trial_ends_on
from trajectories.workflow import UNDERWAY

MOST_SHOWN = 7
TRIAL_WARNING = timedelta(days=3)
WITHOUT_CONTACT = timedelta(weeks=4)
WITHOUT_MEASUREMENT = timedelta(days=182)


@dataclass(frozen=True)
class Signal:
    """Something that is due: about whom, what, and where it is done."""

    person: Participant
    text: str
    action: str
    url: str


def signals_of(member: StaffMember) -> list[Signal]:
    """What is due for the people that a coach guides, most pressing first: one query."""
    trajectories = list(_with_newest(with_happened(Trajectory.objects.filter(coach=member, state__in=UNDERWAY))))
    checks = (_trial, _goal_date, _contact, _measurement)
    return [signal for check in checks for row in trajectories if (signal := check(row))]


def _with_newest(trajectories: QuerySet[Trajectory]) -> QuerySet[Trajectory]:
    contacts = Session.objects.filter(participant=OuterRef("participant"), attendance__in=TOOK_PLACE)
    measured = Assessment.objects.filter(participant=OuterRef("participant"))
    rows = trajectories.annotate(
        contact_on=Subquery(contacts.order_by("-held_on").values("held_on")[:1]),
        measured_on=Subquery(measured.order_by("-dated_on").values("dated_on")[:1]),
    )
    return rows.select_related("participant", "programme").order_by("participant__sort_name", "pk")


def _trial(trajectory: Trajectory) -> Signal | None:
    """The trial weeks are over, or nearly, and nobody recorded whether the team fits."""
    last_day = trial_ends_on(trajectory)
    if last_day is None or trajectory.state != State.TRIAL:
        return None
    if has_verdict(trajectory):
        kinds = {kind for _on, kind in happened(trajectory)}
        if EventKind.TRIAL_FAILED not in kinds:
            return None
        url = reverse("guidance:end_trajectory", args=[trajectory.pk])
        return Signal(trajectory.participant, _("The trial was not passed."), _("End the trajectory"), url)
    if last_day - TRIAL_WARNING > today():
        return None
    url = reverse("trajectories:trial", args=[trajectory.pk])
    return Signal(trajectory.participant, _trial_words(last_day), _("Record the verdict"), url)


def _trial_words(last_day: date) -> str:
    days = (last_day - today()).days
    if days < 0:
        return _("The trial period was over on %(day)s.") % {"day": short_date(last_day)}
    if days == 0:
        return _("The trial period ends today.")
    return ngettext("The trial period ends tomorrow.", "The trial period ends in %(days)s days.", days) % {"days": days}


def _goal_date(trajectory: Trajectory) -> Signal | None:
    """The day on which the trajectory would be done has gone by."""
    if trajectory.planned_end_on is None or trajectory.planned_end_on >= today():
        return None
    text = _("The goal date was %(day)s.") % {"day": short_date(trajectory.planned_end_on)}
    return Signal(trajectory.participant, text, _("Extend or end"), _file(trajectory))


def _contact(trajectory: Any) -> Signal | None:
    """Nobody spoke with the person for four weeks or longer."""
    last = trajectory.contact_on or trajectory.started_on
    days = (today() - last).days
    if days < WITHOUT_CONTACT.days:
        return None
    text = _("No contact for %(weeks)s weeks.") % {"weeks": days // 7}
    url = reverse("guidance:plan_appointment", args=[trajectory.participant_id])
    return Signal(trajectory.participant, text, _("Plan an appointment"), url)


def _measurement(trajectory: Any) -> Signal | None:
    """The last measurement is half a year old, or there was none in the first half year."""
    last = trajectory.measured_on
    if (last or trajectory.started_on) > today() - WITHOUT_MEASUREMENT:
        return None
    months = (today() - last).days // 30 if last else 0
    text = _("The last measurement is %(months)s months old.") % {"months": months} if last else _("Not measured yet.")
    url = reverse("guidance:record_assessment", args=[trajectory.participant_id])
    return Signal(trajectory.participant, text, _("Measure"), url)


def points_due(member: StaffMember) -> QuerySet[ActionPoint]:
    """What this person promised to do by now."""
    rows = ActionPoint.objects.filter(staff_member=member, done_on=None, due_on__lte=today())
    return rows.select_related("participant").order_by("due_on")[:MOST_SHOWN]


def point_signal(point: ActionPoint) -> Signal:
    """Something that was promised, in the words in which it was."""
    url = reverse("guidance:person", args=[point.participant_id])
    return Signal(point.participant, point.what, _("Open the file"), url)


def _file(trajectory: Trajectory) -> str:
    return reverse("guidance:person", args=[trajectory.participant_id])
