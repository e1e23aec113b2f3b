"""The file on one page: the threads, the last sessions, the goals, what to mind, who is around."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.encryption import open_file_keys
from foundation.templatetags.look import full_date
from guidance.models import Goal, Score, Session
from guidance.scoring import LADDER
from guidance.screens.file import File, may_change, steps_for
from guidance.screens.words import kind_and_minutes, what_became
from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import NetworkContact, Participant
from trajectories.drawing import status_of, thread_of
from trajectories.models import Outcome, State, Trajectory
from trajectories.workflow import OPEN

LAST_SESSIONS = 3
LONGEST_NOTE = 240
MOST_STEPS = 8


def people_with_surroundings() -> Any:
    """People with, in the same query, their contacts, their steps on the participation ladder and their outcomes."""
    contacts = NetworkContact.objects.filter(participant=OuterRef("pk")).order_by("role", "name")
    steps = Score.objects.filter(
        assessment__participant=OuterRef("pk"), assessment__version__slug=LADDER, dimension="step"
    ).order_by("assessment__dated_on", "assessment__recorded_at")
    outcomes = Outcome.objects.filter(participant=OuterRef("pk")).order_by("-dated_on")
    return Participant.objects.annotate(
        around=ArraySubquery(contacts.values(pair=JSONObject(name="name", role="role", at="organisation_name"))),
        ladder=ArraySubquery(steps.values(pair=JSONObject(on="assessment__dated_on", step="value"))),
        outcome_kinds=ArraySubquery(outcomes.values("kind")),
    )


def overview_of(file: File, member: StaffMember) -> dict[str, Any]:
    """Everything below the header, in three queries more: sessions, goals, and the key of the file."""
    sessions, upcoming = _sessions(file.person)
    open_file_keys([file.person.pk])
    may_move = may_change(file, member, Permission.TRAJECTORY_MOVE)
    main = file.main
    return {
        "main": _panel(main, with_steps=may_move and len(file.open) > 1) if main else None,
        "others": [_panel(t, with_steps=may_move) for t in file.trajectories if t is not main],
        "sessions": [_session(session) for session in sessions[:LAST_SESSIONS]],
        "has_more_sessions": len(sessions) > LAST_SESSIONS,
        "upcoming": _appointment(upcoming) if upcoming else None,
        "goals": [_goal(goal) for goal in _goals(file.person)],
        "around": _around(file),
        "ladder": _ladder(file),
    }


def _panel(trajectory: Trajectory, *, with_steps: bool) -> dict[str, Any]:
    label, glyph = status_of(trajectory)
    return {
        "title": f"{trajectory.programme.name}, {trajectory.agreement.municipality.name}",
        "status": label,
        "glyph": glyph,
        "is_open": trajectory.state in OPEN,
        "thread": thread_of(trajectory),
        "steps": steps_for(trajectory) if with_steps else [],
        "ended": _ended(trajectory),
    }


def _ended(trajectory: Trajectory) -> str:
    """When, why and where to, for what is over."""
    if trajectory.state != State.ENDED or not trajectory.ended_on:
        return ""
    sentences = [f"{full_date(trajectory.started_on)} – {full_date(trajectory.ended_on)}."]
    if trajectory.end_reason:
        sentences.append(_("Reason: %(name)s.") % {"name": trajectory.end_reason})
    if trajectory.destination:
        sentences.append(_("Destination: %(name)s.") % {"name": trajectory.destination})
    return " ".join(sentences)


def _sessions(person: Participant) -> tuple[list[Session], Session | None]:
    """The newest sessions and the next appointment, in one query."""
    held = person.sessions.filter(Q(held_on__lt=today()) | ~Q(attendance="")).order_by("-held_on", "-starts_at")
    coming = person.sessions.filter(attendance="", held_on__gte=today()).order_by("held_on", "starts_at")
    rows = list(held[: LAST_SESSIONS + 1].union(coming[:1], all=True))
    upcoming = [row for row in rows if not row.attendance and row.held_on >= today()]
    past = [row for row in rows if row not in upcoming]
    past.sort(key=lambda row: (row.held_on, row.starts_at is not None, row.starts_at), reverse=True)
    return past, upcoming[0] if upcoming else None


def _session(session: Session) -> dict[str, Any]:
    return {
        "on": session.held_on,
        "url": reverse("guidance:session", args=[session.pk]),
        "what": what_became(session) if session.attendance else _("To be filled in"),
        "note": Truncator(session.note).chars(LONGEST_NOTE),
        "plan": Truncator(session.plan).chars(LONGEST_NOTE),
    }


def _appointment(session: Session) -> dict[str, Any]:
    return {
        "on": session.held_on,
        "at": session.starts_at,
        "what": kind_and_minutes(session),
        "place": session.place,
        "move_url": reverse("guidance:move_appointment", args=[session.pk]),
    }


def _goals(person: Participant) -> Iterable[Goal]:
    goals: Iterable[Goal] = (
        person.goals.to_come()
        .annotate(steps_total=Count("steps"), steps_done=Count("steps", filter=Q(steps__done_on__isnull=False)))
        .order_by("target_on", "set_on")
    )
    return goals


def _goal(goal: Any) -> dict[str, Any]:
    total, done = min(goal.steps_total, MOST_STEPS), min(goal.steps_done, MOST_STEPS)
    words = {"done": goal.steps_done, "total": goal.steps_total}
    return {
        "words": goal.words,
        "domain": goal.get_domain_display() if goal.domain else "",
        "target_on": goal.target_on,
        "pips": [{"x": 8 + 18 * place, "is_done": place < done} for place in range(total)],
        "steps": _("%(done)s of %(total)s steps") % words if total else "",
        "pips_label": _("%(done)s of %(total)s steps done") % words,
    }


def _around(file: File) -> list[dict[str, str]]:
    """The coach, the payer and the people around somebody."""
    main = file.main
    rows = []
    if main and main.coach:
        rows.append({"role": _("Job coach"), "name": main.coach.name})
    for contact in file.person.around:  # type: ignore[attr-defined]  # annotated
        name = ", ".join(part for part in (contact["name"], contact["at"]) if part)
        rows.append({"role": contact["role"], "name": name})
    if main:
        rows.append({"role": _("Municipality that pays"), "name": main.agreement.municipality.name})
    return rows


def _ladder(file: File) -> dict[str, Any]:
    """The step on the participation ladder now, and at the first measurement."""
    steps = file.person.ladder  # type: ignore[attr-defined]  # annotated
    if not steps:
        return {}
    first, last = steps[0], steps[-1]
    return {
        "step": last["step"],
        "first": first["step"] if len(steps) > 1 else None,
        "on": date.fromisoformat(last["on"]),
    }
