"""Today's list of a coach: the appointments as a hanging thread, what waits to be filled in, what is due."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.clock import now, today
from foundation.encryption import open_file_keys
from guidance.models import AttendanceKind, Session
from guidance.models.session import TOOK_PLACE
from guidance.screens.answered import Answered, answers_for
from guidance.screens.groups import groups_on
from guidance.screens.signals import MOST_SHOWN, point_signal, points_due, signals_of
from guidance.screens.words import kind_and_minutes
from organisations.access import Permission
from organisations.models import StaffMember
from trajectories.models import State, Trajectory
from trajectories.models.trajectory import trial_ends_on

MOST_WAITING = 10
FURTHEST_BACK = timedelta(days=60)
ONE_DAY = timedelta(days=1)
NOON, EVENING = time(12), time(18)
BUTTONS = (AttendanceKind.ATTENDED, AttendanceKind.ABSENT_NOTICE, AttendanceKind.ABSENT_NO_NOTICE)
TRIAL_WARNING = 3
SATURDAY = 5


def day_asked(text: str) -> date:
    """The day that the address names, or today when it names none that exists."""
    try:
        return parse_date(text) or today()
    except ValueError:
        return today()


def today_of(member: StaffMember, day: date) -> dict[str, Any]:
    """Everything on the page: eight queries, whatever there is to do; a few more when something was passed on."""
    answered = answers_for(member)
    mine = _mine(member)
    appointments = list(mine.filter(held_on=day).order_by("starts_at", "pk"))
    waiting = list(_waiting(mine, answered))
    plans = _plans(appointments, day)
    points = list(points_due(member))
    sealed: list[Any] = [*plans.values(), *points]
    open_file_keys(row.participant_id for row in sealed)
    signals = [*map(point_signal, points), *answered.passed_on, *signals_of(member, answered)]
    groups = groups_on(member, day)
    rows = _in_time([*(_row(session, plans.get(session.participant_id)) for session in appointments), *groups])
    is_today = day == today()
    return {
        "day": day,
        "is_today": is_today,
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "greeting": greeting(member, now()),
        "count_words": _count(len(appointments), len(groups)) if is_today else "",
        "rows": list(_with_now(rows, now())) if is_today else rows,
        "buttons": [(kind.value, kind.label) for kind in BUTTONS],
        "waiting": [_late(session) for session in waiting],
        "waiting_words": ngettext("%(number)s session", "%(number)s sessions", len(waiting)) % {"number": len(waiting)},
        "signals": signals[:MOST_SHOWN],
        "has_more_signals": len(signals) > MOST_SHOWN,
        "people": {row.participant for row in (*appointments, *waiting)} | {s.person for s in signals[:MOST_SHOWN]},
    }


def greeting(member: StaffMember, moment: datetime) -> str:
    """Good morning, Noor: by the time of the day, with the first name."""
    name = {"name": member.first_name}
    if moment.time() < NOON:
        return _("Good morning, %(name)s") % name
    return (_("Good afternoon, %(name)s") if moment.time() < EVENING else _("Good evening, %(name)s")) % name


def _mine(member: StaffMember) -> Any:
    sessions = Session.objects.visible_to(member, Permission.SESSION_LOG).filter(coach=member)
    return sessions.select_related("participant", "trajectory__programme")


def _waiting(mine: Any, answered: Answered) -> Any:
    """Appointments of days gone by of which nobody filled in whether the person came, newest first."""
    settled = answered.records("session_not_filled_in")
    recent = mine.exclude(pk__in=settled).not_filled_in(before=today()).filter(held_on__gte=today() - FURTHEST_BACK)
    return recent.order_by("-held_on", "-starts_at")[:MOST_WAITING]


def _plans(appointments: Iterable[Session], day: date) -> dict[object, Session]:
    """For everybody who is still to come the last session that took place, for what was agreed then: one query."""
    people = [session.participant_id for session in appointments if not session.attendance]
    rows = Session.objects.filter(participant__in=people, attendance__in=TOOK_PLACE, held_on__lte=day)
    newest = rows.order_by("participant_id", "-held_on", "-starts_at").distinct("participant_id")
    return {row.participant_id: row for row in newest.defer("note", "restricted_note")}


def _row(session: Session, last: Session | None) -> dict[str, Any]:
    return {
        "session": session,
        "at": session.starts_at,
        "person": session.participant,
        "url": reverse("guidance:person", args=[session.participant_id]),
        "what": kind_and_minutes(session),
        "place": session.place,
        "attendance": session.get_attendance_display() if session.attendance else "",
        "is_to_come": session.held_on > today(),
        "came": session.attendance in TOOK_PLACE,
        "is_written": bool(session.note),
        "plan": last.plan if last else "",
        "trial": _trial(session.trajectory),
    }


def _trial(trajectory: Trajectory) -> str:
    """Where somebody is in the trial, when it is nearly over."""
    last_day = trial_ends_on(trajectory)
    if last_day is None or trajectory.state != State.TRIAL or (last_day - today()).days > TRIAL_WARNING:
        return ""
    day, days = (today() - trajectory.started_on).days + 1, (last_day - trajectory.started_on).days + 1
    return _("Trial, day %(day)s of %(days)s") % {"day": day, "days": days}


def _with_now(rows: Iterable[dict[str, Any]], moment: datetime) -> Iterator[dict[str, Any]]:
    """The rows with the present time between those before and those after it."""
    is_put = False
    for row in rows:
        if not is_put and row["at"] and row["at"] > moment.time():
            is_put = True
            yield {"now": moment}
        yield row


def _late(session: Session) -> dict[str, Any]:
    days = working_days(session.held_on, today())
    return {
        "person": session.participant,
        "url": reverse("guidance:edit_session", args=[session.pk]),
        "on": session.held_on,
        "kind": str(session.get_kind_display()).lower(),
        "late": ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days} if days else "",
    }


def working_days(since: date, until: date) -> int:
    """How many working days (Monday to Friday) there are after the first day, up to and including the last."""
    days = (since + ONE_DAY * number for number in range(1, (until - since).days + 1))
    return sum(day.weekday() < SATURDAY for day in days)


def _count(appointments: int, groups: int) -> str:
    """You have 5 appointments and 1 group today."""
    if not appointments and not groups:
        return _("You have no appointments today.")
    words = ngettext("%(number)s appointment", "%(number)s appointments", appointments) % {"number": appointments}
    if groups:
        also = ngettext("%(number)s group", "%(number)s groups", groups) % {"number": groups}
        words = _("%(these)s and %(those)s") % {"these": words, "those": also} if appointments else also
    return _("You have %(what)s today.") % {"what": words}


def _in_time(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By the clock; what has no time comes first."""
    return sorted(rows, key=lambda row: row["at"] or time.min)
