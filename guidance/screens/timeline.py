"""The timeline of a file: everything that happened, newest first, in one query of one page."""

import uuid
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BinaryField,
    Case,
    CharField,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    TimeField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractHour, JSONObject

from guidance.models import Assessment, Score, Session
from participants.models import Participant
from trajectories.models import Certificate, EventKind, Outcome, TrajectoryEvent

PAGE_SIZE = 40
# Within a day: the start first and the end last, then what was recorded on the thread, then the rest.
FIRST, CERTIFICATE, OUTCOME, MEASUREMENT, SESSION, EVENT, LAST = 0, 200, 300, 400, 500, 1000, 100_000
PARTS: dict[str, tuple[str, ...]] = {
    "all": ("event", "session", "assessment", "outcome", "certificate"),
    "trajectory": ("event", "outcome", "certificate"),
    "sessions": ("session",),
    "measurements": ("assessment",),
}
COLUMNS = (
    "t_on", "t_order", "t_key", "t_source", "t_kind", "t_detail", "t_minutes", "t_at", "t_note", "t_trajectory", "t_by",
)  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """One thing on the timeline, whatever table it stands in.

    Attributes:
        source: event, session, assessment, outcome or certificate.
        kind: what of that: the kind of event, of session, of outcome; the version of an instrument; a name.
        detail: a session's attendance, an event's undoing, the answers of a measurement.
        note: what was written with it, opened.
        by: the name of who did it.
    """

    on: date
    order: int
    key: uuid.UUID
    source: str
    kind: str
    detail: Any
    minutes: int | None
    at: time | None
    note: str
    trajectory_id: uuid.UUID | None
    by: str

    @property
    def token(self) -> str:
        """Where a page ends, for the address of the next."""
        return f"{self.on.isoformat()}_{self.order}_{self.key}"


def page_of(person: Participant, *, part: str, after: str) -> tuple[list[Happening], str]:
    """One page of the timeline, and the token of the next page ("" when this is the last)."""
    beyond = _beyond(after)
    sources = [SOURCES[name](person).filter(beyond).values_list(*COLUMNS) for name in PARTS.get(part, PARTS["all"])]
    rows: Any = sources[0].union(*sources[1:], all=True) if len(sources) > 1 else sources[0]
    found = [_happening(row, person) for row in rows.order_by("-t_on", "-t_order", "t_key")[: PAGE_SIZE + 1]]
    shown = found[:PAGE_SIZE]
    return shown, shown[-1].token if len(found) > PAGE_SIZE else ""


def _beyond(token: str) -> Q:
    """The rows after the one that a token names; an unknown token gives the first page."""
    try:
        day, order, key = token.split("_")
        on, number, last = date.fromisoformat(day), int(order), uuid.UUID(key)
    except ValueError:
        return Q()
    same_day = Q(t_on=on)
    return Q(t_on__lt=on) | same_day & Q(t_order__lt=number) | same_day & Q(t_order=number, t_key__gt=last)


def _happening(row: tuple[Any, ...], person: Participant) -> Happening:
    on, order, key, source, kind, detail, minutes, at, sealed, trajectory_id, by = row
    note = _open(source, key, person, sealed) if sealed else ""
    return Happening(on, order, key, source, kind, detail, minutes, at, note, trajectory_id, by or "")


def _open(source: str, key: uuid.UUID, person: Participant, sealed: bytes) -> str:
    """Open a sealed note as its own row would."""
    models: dict[str, Any] = {"event": TrajectoryEvent, "session": Session, "outcome": Outcome}
    note: str = models[source](id=key, participant_id=person.pk, note=sealed).note
    return note


def _columns(rows: QuerySet[Any], source: str, **given: Any) -> QuerySet[Any]:
    """Give rows of one table the columns that all tables share; what a table has not is empty."""
    shared: dict[str, Any] = {
        "t_key": F("pk"),
        "t_source": Value(source, CharField()),
        "t_trajectory": F("trajectory_id"),
        "t_kind": Value("", CharField()),
        "t_detail": Value(None, JSONField()),
        "t_minutes": Cast(Value(None), IntegerField()),
        "t_at": Cast(Value(None), TimeField()),
        "t_note": Cast(Value(None), BinaryField()),
        "t_by": Value("", CharField()),
    }
    shown: QuerySet[Any] = rows.order_by().annotate(**{**shared, **given})
    return shown


def _events(person: Participant) -> QuerySet[Any]:
    order = Case(
        When(kind=EventKind.STARTED, then=Value(FIRST)),
        When(kind=EventKind.ENDED, then=Value(LAST)),
        default=F("sequence") + EVENT,
        output_field=IntegerField(),
    )
    more = JSONObject(undone_by="voided_by__pk", undoes="voids__kind", planned="planned_end_on", coach="coach__name")
    return _columns(
        TrajectoryEvent.objects.filter(participant=person),
        "event",
        t_on=F("dated_on"),
        t_order=order,
        t_kind=F("kind"),
        t_detail=more,
        t_note=F("note"),
        t_by=F("recorded_by__name"),
    )


def _sessions(person: Participant) -> QuerySet[Any]:
    return _columns(
        Session.objects.filter(participant=person),
        "session",
        t_on=F("held_on"),
        t_order=SESSION + Coalesce(Cast(ExtractHour("starts_at"), IntegerField()), 0),
        t_kind=F("kind"),
        t_detail=JSONObject(attendance="attendance"),
        t_minutes=Cast("minutes", IntegerField()),
        t_at=F("starts_at"),
        t_note=F("note"),
        t_by=F("coach__name"),
    )


def _assessments(person: Participant) -> QuerySet[Any]:
    scores = Score.objects.filter(assessment=OuterRef("pk")).values(pair=JSONObject(name="dimension", value="value"))
    return _columns(
        Assessment.objects.filter(participant=person),
        "assessment",
        t_on=F("dated_on"),
        t_order=Value(MEASUREMENT),
        t_kind=F("version__slug"),
        t_detail=JSONObject(name="version__name", scores=ArraySubquery(scores)),
        t_by=F("recorded_by__name"),
    )


def _outcomes(person: Participant) -> QuerySet[Any]:
    return _columns(
        Outcome.objects.filter(participant=person),
        "outcome",
        t_on=F("dated_on"),
        t_order=Value(OUTCOME),
        t_kind=F("kind"),
        t_detail=JSONObject(employer="employer"),
        t_note=F("note"),
        t_by=F("recorded_by__name"),
    )


def _certificates(person: Participant) -> QuerySet[Any]:
    return _columns(
        Certificate.objects.filter(participant=person),
        "certificate",
        t_on=F("dated_on"),
        t_order=Value(CERTIFICATE),
        t_kind=F("name"),
        t_detail=JSONObject(valid_until="valid_until"),
    )


SOURCES = {
    "event": _events,
    "session": _sessions,
    "assessment": _assessments,
    "outcome": _outcomes,
    "certificate": _certificates,
}
