"""What an ending closed is opened again when the ending is undone.

Which rows it closed is read from the change history: everything that one transaction writes bears one moment, so what
was closed before the ending is told from what was closed by it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from foundation.periods import ONE_DAY
from participants.models import SupportNeed
from trajectories.models import OutcomeKind, Placement, ProvisionEnd, Slot, Trajectory


def reopen(trajectory: Trajectory, *, ended_on: date) -> None:
    """Open the provisions and places that the end on ``ended_on`` closed, and take away the outcomes it wrote.

    What somebody closed before the end stays closed. A place that somebody else holds by now stays left.
    """
    written_at = _written_at(trajectory, ended_on)
    if written_at is None:
        return
    for provision in trajectory.provisions.filter(ends_on=ended_on, end_reason=ProvisionEnd.REAL):
        if version := _closed_at(provision, ended_on, written_at):
            provision.ends_on, provision.end_reason = _before(version, ended_on)
            provision.version += 1
            provision.save(update_fields=["ends_on", "end_reason", "version"])
    _take_places(trajectory, ended_on, written_at)
    _take_outcomes_away(trajectory, ended_on, written_at)


def _written_at(trajectory: Any, ended_on: date) -> datetime | None:
    """When the end that holds was written: the first version of the trajectory that has it."""
    first, _before_it = _first_of_last_run(trajectory.history.order_by("pgh_id"), ended_on, "ended_on")
    return first.pgh_created_at if first else None


def _first_of_last_run(versions: Iterable[Any], day: date, field: str = "ends_on") -> tuple[Any, Any]:
    """The version in which a row got the end that it has now, and the one before; None where it began so."""
    before, first = None, None
    for version in versions:
        if getattr(version, field) != day:
            before, first = version, None
        elif first is None:
            first = version
    return first, before


def _closed_at(row: Any, ended_on: date, written_at: datetime) -> tuple[Any, Any] | None:
    """How the end of a trajectory (or what was added after it) closed a row; None where it was closed before."""
    closed, before = _first_of_last_run(row.history.order_by("pgh_id"), ended_on)
    return (closed, before) if closed and closed.pgh_created_at >= written_at else None


def _before(version: tuple[Any, Any], ended_on: date) -> tuple[date | None, str]:
    """The end that was planned before, with its reason; none where it simply ran, or was added after the end."""
    before = version[1]
    if before is None or before.ends_on is None or before.ends_on < ended_on:
        return None, ""
    return before.ends_on, getattr(before, "end_reason", "")


def _take_places(trajectory: Trajectory, ended_on: date, written_at: datetime) -> None:
    """Give back the places that the end took, as far as nobody else has them now."""
    history = Placement.history.rel.related_model.objects  # type: ignore[attr-defined]
    gone = history.filter(trajectory_id=trajectory.pk, pgh_label="delete", pgh_created_at=written_at)
    given_up = [_as_it_was(version) for version in gone]
    left = []
    for row in trajectory.placements.filter(ends_on=ended_on):
        version = _closed_at(row, ended_on, written_at)
        if version and version[1]:  # a place that came in with its end (an import) was never open
            row.ends_on, _no_reason = _before(version, ended_on)
            left.append((row, ended_on + ONE_DAY))
    held = [*left, *((row, row.starts_on) for row in given_up)]
    list(Slot.objects.select_for_update().filter(pk__in={row.slot_id for row, _since in held}).order_by("pk"))
    for row, since in held:
        if not _is_taken(row, since):
            row.save()


def _as_it_was(version: Any) -> Placement:
    fields = [field.attname for field in Placement._meta.concrete_fields]
    return Placement(**{name: getattr(version, name) for name in fields})


def _is_taken(row: Placement, since: date) -> bool:
    """Whether somebody else holds the place on one of the days from ``since`` on that this row would have."""
    others = Placement.objects.filter(Q(ends_on=None) | Q(ends_on__gte=since), slot=row.slot_id).exclude(pk=row.pk)
    return others.filter(starts_on__lte=row.ends_on or date.max).exists()


def _take_outcomes_away(trajectory: Trajectory, ended_on: date, written_at: datetime) -> None:
    """Outcomes that were told with the end go with it: told again at the real end they would count twice."""
    for outcome in trajectory.outcomes.filter(dated_on=ended_on, is_imported=False):
        first = outcome.history.order_by("pgh_id").first()  # type: ignore[attr-defined]
        if first.pgh_created_at != written_at:
            continue
        if outcome.kind == OutcomeKind.HELP_QUESTION_INSIGHT:
            _forget_insight(trajectory, ended_on, written_at)
        outcome.delete()


def _forget_insight(trajectory: Trajectory, ended_on: date, written_at: datetime) -> None:
    """The help question is open again; its words stay. One that the end itself wrote goes."""
    for need in SupportNeed.objects.filter(participant=trajectory.participant_id, insight_on=ended_on):
        versions = list(need.history.order_by("pgh_id"))  # type: ignore[attr-defined]
        if versions[-1].pgh_created_at != written_at:
            continue
        if versions[0].insight_on:
            need.delete()
        else:
            need.insight_on = None
            need.save(update_fields=["insight_on"])
