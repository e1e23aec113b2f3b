"""What was changed in a file: which row, what stood there before, by whom and when. Triggers keep that history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import CharField, Model, Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guidance.models import ActionPoint, Assessment, Document, Goal, GoalRating, GoalStep, HalfDayAttendance, Session
from organisations.models import StaffMember
from participants.law.showing import Teller, history_of
from participants.models import NetworkContact, Participant, SupportNeed, TargetGroupFlag
from trajectories.models import (
    Certificate,
    LabourPosition,
    Outcome,
    Placement,
    Provision,
    Referral,
    Trajectory,
    TrajectoryCoach,
    TrajectoryEvent,
)

PAGE_SIZE, LONG = 20, 60
KINDS: dict[type[Model], str | Promise] = {
    Participant: _("Details"),
    TargetGroupFlag: _("Registration"),
    SupportNeed: _("Help question"),
    NetworkContact: _("Contact"),
    Document: _("Document"),
    Referral: _("Referral"),
    Trajectory: _("Trajectory"),
    TrajectoryCoach: _("Job coach"),
    TrajectoryEvent: _("Step in the trajectory"),
    Session: _("Session"),
    ActionPoint: _("Agreed to do"),
    HalfDayAttendance: _("Half-day"),
    Goal: _("Goal"),
    GoalStep: _("Step to a goal"),
    GoalRating: _("Rating of a goal"),
    Assessment: _("Measurement"),
    Placement: _("Place"),
    Provision: _("Provision"),
    LabourPosition: _("Work capacity"),
    Outcome: _("Outcome"),
    Certificate: _("Certificate"),
}
ACTIONS = {"insert": _("added"), "update": _("changed"), "delete": _("removed")}
# A BSN is shown with a reason only, and the restricted note to coaches of the person only: here just that it changed.
CLOSED, RESTRICTED = ("bsn",), ("bsn", "restricted_note")


@dataclass(frozen=True)
class Line:
    """One answer that is not what it was; "" where nothing stood or stands."""

    word: str
    before: str
    after: str

    @property
    def stands_alone(self) -> bool:
        """Whether it has a line of its own: what was and what is now, or a text; else answers follow each other."""
        return bool(self.before and self.after) or len(self.before + self.after) > LONG


@dataclass(frozen=True)
class Change:
    """One change of one row.

    Attributes:
        at: when it was written.
        by: the name of who did it; "" for an import and for what happens by itself.
        kind: of which kind the row is.
        action: added, changed or removed.
        lines: what is different; empty when that is not shown here.
    """

    at: datetime
    by: str
    kind: str
    action: str
    lines: list[Line]


@dataclass(frozen=True)
class _Place:
    """Where a change stands: when, in the history of which kind, under which number, of which row."""

    at: datetime
    kind: str
    number: int
    row: UUID


@dataclass(frozen=True)
class _History:
    """The history of one kind of row of a person, what we call a row, and who puts it into words."""

    word: str
    versions: QuerySet[Any]
    teller: Teller


def page_of(person: Participant, *, after: str, sees_restricted: bool) -> tuple[list[Change], str]:
    """One page of changes, newest first, and the token of the next page ("" when this is the last).

    Args:
        person: whose file; its key is open.
        after: the token of the page; an unknown one gives the first.
        sees_restricted: whether what only coaches of this person may read is shown.
    """
    histories = _histories(person, CLOSED if sees_restricted else RESTRICTED)
    found = _newest(histories, after)
    shown = found[:PAGE_SIZE]
    versions: dict[_Place, tuple[Any, Any]] = {}
    for kind in {place.kind for place in shown}:
        versions |= _with_the_one_before(histories[kind], [place for place in shown if place.kind == kind])
    names = _names(version for version, _before in versions.values())
    rows = [_change(place, *versions[place], histories[place.kind], names) for place in shown]
    last = shown[-1] if len(found) > PAGE_SIZE else None
    return rows, f"{last.at.isoformat()}_{last.kind}_{last.number}" if last else ""


def _histories(person: Participant, left_out: tuple[str, ...]) -> dict[str, _History]:
    found = {}
    for model, word in KINDS.items():
        if history := history_of(model):
            teller = Teller(model, leave_out=left_out)
            found[model._meta.label] = _History(str(word), teller.rows_of(history, person), teller)
    return found


def _newest(histories: dict[str, _History], after: str) -> list[_Place]:
    """The places of one page and of one change more, in one query over all histories."""
    beyond = _beyond(after)
    each = [
        history.versions.select_related(None)
        .order_by()
        .annotate(of_kind=Value(kind, CharField()))
        .filter(beyond)
        .values_list("pgh_created_at", "of_kind", "pgh_id", "id")
        for kind, history in histories.items()
    ]
    rows = each[0].union(*each[1:], all=True).order_by("-pgh_created_at", "of_kind", "-pgh_id")
    return [_Place(*row) for row in rows[: PAGE_SIZE + 1]]


def _beyond(token: str) -> Q:
    """The changes after the one that a token names; an unknown token gives the first page."""
    try:
        at, kind, number = token.split("_")
        moment, last = datetime.fromisoformat(at), int(number)
    except ValueError:
        return Q()
    same = Q(pgh_created_at=moment)
    return Q(pgh_created_at__lt=moment) | same & Q(of_kind__gt=kind) | same & Q(of_kind=kind, pgh_id__lt=last)


def _with_the_one_before(history: _History, shown: list[_Place]) -> dict[_Place, tuple[Any, Any]]:
    """Each version of a kind that is shown, and the version of that row before it: one query."""
    rows, last = {place.row for place in shown}, max(place.number for place in shown)
    by_row: dict[UUID, dict[int, Any]] = defaultdict(dict)
    for version in history.versions.filter(id__in=rows, pgh_id__lte=last).select_related("pgh_context"):
        by_row[version.id][version.pgh_id] = version
    before = {
        (row, later): versions[earlier] for row, versions in by_row.items() for earlier, later in pairwise(versions)
    }
    return {place: (by_row[place.row][place.number], before.get((place.row, place.number))) for place in shown}


def _names(versions: Iterable[Any]) -> dict[str, str]:
    """The names of those who changed something, by their id."""
    keys = {_user(version) for version in versions} - {""}
    return {str(key): name for key, name in StaffMember.objects.filter(pk__in=keys).values_list("pk", "name")}


def _user(version: Any) -> str:
    return str((version.pgh_context.metadata if version.pgh_context else {}).get("user") or "")


def _change(place: _Place, version: Any, before: Any, history: _History, names: dict[str, str]) -> Change:
    new = history.teller.pairs(version)
    old = history.teller.pairs(before) if before else {}
    if version.pgh_label == "delete":
        old, new = new, {}
    words = dict.fromkeys([*old, *new])
    lines = [Line(word, old.get(word, ""), new.get(word, "")) for word in words if old.get(word) != new.get(word)]
    return Change(place.at, names.get(_user(version), ""), history.word, str(ACTIONS[version.pgh_label]), lines)
