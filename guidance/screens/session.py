"""What stands beside the form of a session, and on the page of one session: the plan of last time, earlier versions."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from foundation.clock import AMSTERDAM
from guidance.models import Session
from guidance.models.session import TOOK_PLACE
from guidance.screens.words import kind_and_minutes, what_became
from organisations.models import StaffMember
from participants.models import LifeDomain
from trajectories.models import EventKind, Trajectory
from trajectories.workflow import may_happen

EARLIER_VERSIONS = 20
Rows = TypeVar("Rows", bound="QuerySet[Any]")


def knowing_coach(rows: Rows, member: StaffMember) -> Rows:
    """Give each row `is_named`: whether this member may read the restricted notes, as a coach of that person."""
    coached = Trajectory.objects.filter(participant=OuterRef("participant"), coach=member)
    return rows.annotate(is_named=Exists(coached))


def form_settings(trajectory: Trajectory, *, is_named: bool) -> dict[str, Any]:
    """What the forms of a session must know of the person: one query for the goals."""
    return {
        "first_name": trajectory.participant.first_name,
        "goals": list(trajectory.participant.goals.to_come().order_by("target_on", "set_on")),
        "sees_restricted": is_named,
        "may_relapse": may_happen(trajectory.state, EventKind.RELAPSE),
    }


def last_time(trajectory: Trajectory, *, before: Session | None = None) -> dict[str, Any] | None:
    """The last session of which something was written (before this one), with the plan that was made then."""
    written = Q(note__isnull=False) | Q(plan__isnull=False)
    sessions = Session.objects.filter(written, participant_id=trajectory.participant_id, attendance__in=TOOK_PLACE)
    if before:
        sessions = sessions.filter(held_on__lte=before.held_on).exclude(pk=before.pk)
    last = sessions.order_by("-held_on", "-starts_at").first()
    return {"on": last.held_on, "plan": last.plan, "note": last.note} if last else None


def page_of(session: Session, *, is_named: bool) -> dict[str, Any]:
    """One session in words."""
    return {
        "session": session,
        "what": kind_and_minutes(session),
        "attendance": session.get_attendance_display() if session.attendance else "",
        "domains": [str(LifeDomain(domain).label) for domain in session.life_domains],
        "goals": [goal.words for goal in session.goals.all()],
        "restricted_note": session.restricted_note if is_named else "",
        "versions": list(earlier_versions(session)),
    }


def earlier_versions(session: Session) -> Iterator[dict[str, Any]]:
    """How the session stood before, newest first, and who changed it then: two queries."""
    history = session.history.filter(~Q(version=session.version))  # type: ignore[attr-defined]  # made by pghistory
    rows = list(history.select_related("pgh_context").order_by("-pgh_id")[:EARLIER_VERSIONS])
    names = _names([_user(row) for row in rows])
    for row in rows:
        yield {
            "at": row.pgh_created_at.astimezone(AMSTERDAM),
            "by": names.get(_user(row), ""),
            "on": row.held_on,
            "what": what_became(row) if row.attendance else _("Appointment"),
            "note": row.note,
            "plan": row.plan,
        }


def changed_by(session: Session) -> dict[str, Any]:
    """Who changed a session last, and when."""
    row = session.history.select_related("pgh_context").order_by("-pgh_id").first()  # type: ignore[attr-defined]
    if row is None:
        return {"name": _("A colleague"), "at": None}
    return {
        "name": _names([_user(row)]).get(_user(row), _("A colleague")),
        "at": row.pgh_created_at.astimezone(AMSTERDAM),
    }


def _user(row: Any) -> str:
    return str(row.pgh_context.metadata.get("user") or "") if row.pgh_context else ""


def _names(keys: list[str]) -> dict[str, str]:
    found = StaffMember.objects.filter(pk__in={key for key in keys if key})
    return {str(key): name for key, name in found.values_list("pk", "name")}
