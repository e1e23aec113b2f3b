"""The list behind a number: as many lines as the number says, by name where the reader may see the file."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import Participant
from reporting.facts.rows import TrajectoryRow
from reporting.figures import Record

PAGE_SIZE = 50
BACK = "-"


@dataclass(frozen=True)
class Lines:
    """One page of a list: rows of plain strings, the files on it, and the tokens of the next and previous page."""

    rows: list[dict[str, str]]
    files: list[Participant]
    has_days: bool = True
    next: str = ""
    previous: str = ""


@dataclass(frozen=True)
class Where:
    """On what the records hang: trajectories by id, and the names of programmes and of places, which are nobody's."""

    trajectories: Mapping[UUID, TrajectoryRow]
    programmes: Mapping[UUID, str]
    places: Mapping[UUID, str] = field(default_factory=dict)

    def trajectory(self, record: Record) -> TrajectoryRow | None:
        return self.trajectories.get(record.trajectory_id) if record.trajectory_id else None

    def programme(self, record: Record) -> str:
        row = self.trajectory(record)
        return self.programmes.get(row.programme_id, "") if row else ""


People = Mapping[UUID | None, Participant]


def lines(records: Sequence[Record], people: People, where: Where, *, after: str = "", longest: bool = False) -> Lines:
    """Return one page of the list behind a number, sorted by surname, or with ``longest`` by how long it took.

    A record of somebody whose file the reader may not see (left over a year ago, or another unit's) stands in the
    list without a name, so that list and number are always the same.
    """
    ordered = in_order(records, people, longest=longest)
    first, last = _window([record.id for record in ordered], after)
    shown = ordered[first:last]
    return Lines(
        rows=[_row(record, people, where) for record in shown],
        has_days=any(not _day_is_told(record, where) for record in records),
        files=list({one.pk: one for record in shown if (one := people.get(record.participant_id))}.values()),
        next=f"{shown[-1].id}" if last < len(ordered) else "",
        previous=f"{BACK}{shown[0].id}" if first else "",
    )


def in_order(records: Sequence[Record], people: People, *, longest: bool = False) -> list[Record]:
    """The records in the order in which they are listed: by surname, without a name last; or the longest first."""
    named = sorted(records, key=lambda record: _rank(record, people))
    return sorted(named, key=lambda record: -record.amount) if longest else named


def visible_people(member: StaffMember, ids: Iterable[UUID]) -> dict[UUID | None, Participant]:
    """The files among these that the reader may see, with the names and nothing else."""
    found = Participant.objects.visible_to(member, Permission.FILE_READ).filter(pk__in=list(ids))
    fields = ("provider_id", "reference", "given_names", "prefix", "surname", "sort_name")
    return {person.pk: person for person in found.only("id", *fields)}


def _rank(record: Record, people: People) -> tuple[Any, ...]:
    person = people.get(record.participant_id)
    return person is None, person.sort_name if person else "", record.day or date.min, str(record.id)


def _window(ids: Sequence[UUID], after: str) -> tuple[int, int]:
    """From which to which line a page goes; an unknown token gives the first page."""
    backwards = after.startswith(BACK)
    try:
        at = ids.index(uuid.UUID(after.removeprefix(BACK)))
    except ValueError:
        return 0, min(PAGE_SIZE, len(ids))
    if backwards:
        return max(0, at - PAGE_SIZE), max(at, min(PAGE_SIZE, len(ids)))
    return at + 1, min(at + 1 + PAGE_SIZE, len(ids))


def _day_is_told(record: Record, where: Where) -> bool:
    """Whether the trajectory's own days say it already."""
    trajectory = where.trajectory(record)
    return trajectory is not None and record.day in {trajectory.started_on, trajectory.ended_on}


def _row(record: Record, people: People, where: Where) -> dict[str, str]:
    person, trajectory = people.get(record.participant_id), where.trajectory(record)
    return {
        "name": person.full_name if person else where.places.get(record.id, ""),
        "url": file_url(person) if person else "",
        "programme": where.programme(record),
        "ran": ran_in_words(trajectory) if trajectory else "",
        "day": brief(record.day) if record.day else "",
        "amount": str(record.amount),
    }


def file_url(person: Participant) -> str:
    """Where the file is; nothing while there is no such page."""
    try:
        return reverse("guidance:person", args=[person.pk])
    except NoReverseMatch:
        return ""


def ran_in_words(row: TrajectoryRow) -> str:
    """From when to when a trajectory ran."""
    if row.ended_on is None:
        return _("since %(day)s") % {"day": brief(row.started_on)}
    return _("%(first)s to %(last)s") % {"first": brief(row.started_on), "last": brief(row.ended_on)}


def brief(day: date) -> str:
    """Write 5-3-2026."""
    return date_format(day, "j-n-Y")
