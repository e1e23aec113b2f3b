"""What is due for a coach: each signal says what, about whom, and leads to the page where it is done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.clock import today
from foundation.periods import ONE_DAY
from foundation.templatetags.look import short_date
from guidance.models import ActionPoint, Assessment, Session
from guidance.models.session import TOOK_PLACE
from guidance.screens.answered import Answered, Signal
from organisations.models import StaffMember
from trajectories.drawing import happened, has_verdict, with_happened
from trajectories.models import EventKind, State, Trajectory
from trajectories.models.trajectory import trial_ends_on
from trajectories.workflow import UNDERWAY

MOST_SHOWN = 7
TRIAL_WARNING = timedelta(days=3)
WITHOUT_CONTACT = timedelta(weeks=4)
WITHOUT_MEASUREMENT = timedelta(days=182)


def signals_of(member: StaffMember, answered: Answered) -> list[Signal]:
    """What is due for the people that a coach guides, most pressing first, without what was answered: one query."""
    trajectories = list(_with_newest(with_happened(Trajectory.objects.filter(coach=member, state__in=UNDERWAY))))
    return [
        due[1]
        for name, check in CHECKS.items()
        for row in trajectories
        if (due := check(row)) and not answered.holds(name, row.pk, due[0])
    ]


def _with_newest(trajectories: QuerySet[Trajectory]) -> QuerySet[Trajectory]:
    contacts = Session.objects.filter(participant=OuterRef("participant"), attendance__in=TOOK_PLACE)
    measured = Assessment.objects.filter(participant=OuterRef("participant"))
    rows = trajectories.annotate(
        contact_on=Subquery(contacts.order_by("-held_on").values("held_on")[:1]),
        measured_on=Subquery(measured.order_by("-dated_on").values("dated_on")[:1]),
    )
    return rows.select_related("participant", "programme").order_by("participant__sort_name", "pk")


Due = tuple[date, Signal] | None
"""Since when something is due, and the signal."""


def _trial(trajectory: Trajectory) -> Due:
    """The trial weeks are over, or nearly, and nobody recorded whether the team fits."""
    last_day = trial_ends_on(trajectory)
    if last_day is None or trajectory.state != State.TRIAL:
        return None
    if has_verdict(trajectory):
        failed_on = next((on for on, kind in happened(trajectory) if kind == EventKind.TRIAL_FAILED), None)
        if failed_on is None:
            return None
        url = reverse("guidance:end_trajectory", args=[trajectory.pk])
        text = _("The trial was not passed.")
        return failed_on, Signal(trajectory.participant, text, _("End the trajectory"), url)
    if last_day - TRIAL_WARNING > today():
        return None
    url = reverse("trajectories:trial", args=[trajectory.pk])
    signal = Signal(trajectory.participant, _trial_words(last_day), _("Record the verdict"), url)
    return last_day + ONE_DAY, signal


def _trial_words(last_day: date) -> str:
    days = (last_day - today()).days
    if days < 0:
        return _("The trial period was over on %(day)s.") % {"day": short_date(last_day)}
    if days == 0:
        return _("The trial period ends today.")
    return ngettext("The trial period ends tomorrow.", "The trial period ends in %(days)s days.", days) % {"days": days}


def _goal_date(trajectory: Trajectory) -> Due:
    """The day on which the trajectory would be done has gone by."""
    if trajectory.planned_end_on is None or trajectory.planned_end_on >= today():
        return None
    text = _("The goal date was %(day)s.") % {"day": short_date(trajectory.planned_end_on)}
    signal = Signal(trajectory.participant, text, _("Extend or end"), _file(trajectory))
    return trajectory.planned_end_on + ONE_DAY, signal


def _contact(trajectory: Any) -> Due:
    """Nobody spoke with the person for four weeks or longer."""
    last = trajectory.contact_on or trajectory.started_on
    days = (today() - last).days
    if days < WITHOUT_CONTACT.days:
        return None
    text = _("No contact for %(weeks)s weeks.") % {"weeks": days // 7}
    url = reverse("guidance:plan_appointment", args=[trajectory.participant_id])
    return last + WITHOUT_CONTACT, Signal(trajectory.participant, text, _("Plan an appointment"), url)


def _measurement(trajectory: Any) -> Due:
    """The last measurement is half a year old, or there was none in the first half year."""
    last = trajectory.measured_on
    if (last or trajectory.started_on) > today() - WITHOUT_MEASUREMENT:
        return None
    months = (today() - last).days // 30 if last else 0
    text = _("The last measurement is %(months)s months old.") % {"months": months} if last else _("Not measured yet.")
    url = reverse("guidance:record_assessment", args=[trajectory.participant_id])
    since = (last or trajectory.started_on) + WITHOUT_MEASUREMENT
    return since, Signal(trajectory.participant, text, _("Measure"), url)


CHECKS: dict[str, Callable[[Any], Due]] = {
    "trial_without_decision": _trial,
    "past_goal_date": _goal_date,
    "no_contact_4_weeks": _contact,
    "no_measurement_6_months": _measurement,
}
"""By the name of the check on the worklist, most pressing first."""


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
