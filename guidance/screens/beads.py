"""What a bead of the timeline says: of an event, a session, a measurement, an outcome, a certificate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from foundation.templatetags.look import full_date, short_date
from guidance.models import AttendanceKind, SessionKind
from guidance.models.session import TOOK_PLACE
from guidance.scoring import LADDER
from guidance.screens.timeline import Happening
from guidance.wording import INSTRUMENT_NAMES, LADDER_STEPS
from trajectories.models import EventKind, OutcomeKind, Trajectory
from trajectories.thread import bead as css_of

LONGEST = 280


@dataclass
class Bead:
    """One bead on a strand: its look, the day, what it is, what was written, and what hung slack under it."""

    css: str
    when: str
    title: str
    url: str = ""
    text: str = ""
    step: Mapping[str, Any] = field(default_factory=dict)
    undo_url: str = ""
    hanging: list["Bead"] = field(default_factory=list)
    key: UUID | None = None

    @property
    def is_slack(self) -> bool:
        return "is-slack" in self.css


def bead_of(row: Happening, trajectory: Trajectory | None, ladder: Sequence[Mapping[str, Any]]) -> Bead:
    """Put one happening into words."""
    bead = {
        "event": lambda: _event(row, trajectory),
        "session": lambda: _session(row),
        "assessment": lambda: _assessment(row, ladder),
        "outcome": lambda: _outcome(row),
        "certificate": lambda: _certificate(row),
    }[row.source]()
    bead.key = row.key
    bead.when = " · ".join(part for part in (short_date(row.on), row.by.split(" ")[0]) if part)
    return bead


def _event(row: Happening, trajectory: Trajectory | None) -> Bead:
    label = str(EventKind(row.kind).label)
    if row.kind == EventKind.VOIDED:
        undone = str(EventKind(row.detail["undoes"]).label).lower()
        return Bead("is-small", "", _("Undone: %(what)s") % {"what": undone}, text=row.note)
    if row.detail["undone_by"]:
        return Bead("is-small", "", _("%(what)s (undone later)") % {"what": label}, text=row.note)
    title = _("Thread picked up again") if row.kind == EventKind.RESUMED else label
    return Bead(css_of(row.kind), "", title, text=" ".join(part for part in (_more(row, trajectory), row.note) if part))


def _more(row: Happening, trajectory: Trajectory | None) -> str:
    """What an event changed: the goal date, the coach, or how it ended."""
    if row.kind == EventKind.EXTENDED and row.detail["planned"]:
        return _("New goal date: %(day)s.") % {"day": full_date(date.fromisoformat(row.detail["planned"]))}
    if row.kind == EventKind.COACH_CHANGED and row.detail["coach"]:
        return _("From now on: %(name)s.") % {"name": row.detail["coach"]}
    if row.kind == EventKind.ENDED and trajectory:
        return " ".join(_how_it_ended(trajectory))
    return ""


def _how_it_ended(trajectory: Trajectory) -> list[str]:
    sentences = []
    if trajectory.end_reason:
        sentences.append(_("Reason: %(name)s.") % {"name": trajectory.end_reason})
    if trajectory.destination:
        sentences.append(_("Destination: %(name)s.") % {"name": trajectory.destination})
    return sentences


def _session(row: Happening) -> Bead:
    kind, attendance = str(SessionKind(row.kind).label), row.detail["attendance"]
    title = _("%(kind)s, %(minutes)s min") % {"kind": kind, "minutes": row.minutes} if row.minutes else kind
    text = Truncator(row.note).chars(LONGEST)
    if not attendance:
        text = _("Still to be filled in.")
    elif attendance not in TOOK_PLACE:
        title = str(AttendanceKind(attendance).label)
    return Bead("is-small", "", title, url=reverse("guidance:session", args=[row.key]), text=text)


def _assessment(row: Happening, ladder: Sequence[Mapping[str, Any]]) -> Bead:
    bead = Bead("", "", _("Measured: %(name)s") % {"name": INSTRUMENT_NAMES.get(row.kind, row.detail["name"])})
    if row.kind != LADDER or not row.detail["scores"]:
        return bead
    step = row.detail["scores"][0]["value"]
    earlier = [known["step"] for known in ladder if date.fromisoformat(known["on"]) < row.on]
    bead.step = {"before": earlier[-1] if earlier else None, "step": step, "words": str(LADDER_STEPS[step])}
    return bead


def _outcome(row: Happening) -> Bead:
    title = _("Outcome: %(what)s") % {"what": str(OutcomeKind(row.kind).label).lower()}
    text = " ".join(part for part in (row.detail["employer"], row.note) if part)
    return Bead("is-result", "", title, text=text)


def _certificate(row: Happening) -> Bead:
    until = row.detail["valid_until"]
    text = _("Valid until %(day)s.") % {"day": full_date(date.fromisoformat(until))} if until else ""
    return Bead("", "", _("Certificate: %(name)s") % {"name": row.kind}, text=text)
