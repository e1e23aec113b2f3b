"""Writing the thread of each trajectory that an import touches: its events in order, and the state they lead to.

The first day and the last day of a row are events too (started, ended). Events are append-only: what no longer fits,
because a date changed or something new comes before it on the same day, is voided and written again behind it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.encryption import file_keys_kept, open_file_keys
from foundation.imports.running import Run
from trajectories.models import EventKind, State, Trajectory, TrajectoryEvent
from trajectories.workflow import AFTERCARE, replay

BATCH = 500
E = EventKind

_RANK = {E.STARTED: 0, E.ENDED: 2, E.CANCELLED: 2, **dict.fromkeys(AFTERCARE, 3)}


@dataclass
class Happening:
    """Something on a thread: stored already (then it has a sequence number), or still to be written."""

    kind: str
    dated_on: date
    note: str = ""
    id: UUID = field(default_factory=uuid4)
    sequence: int | None = None

    @property
    def place(self) -> tuple[date, int]:
        """Where it belongs: by day, and within a day the start first, then what happened, the end, and aftercare."""
        return self.dated_on, _RANK.get(EventKind(self.kind), 1)


@dataclass(frozen=True)
class Rewrite:
    """What must be done to a thread.

    Attributes:
        wanted: the whole thread as it will hold, in order.
        added: of it, what must be written, in order.
        voided: what is stored and no longer holds in its place.
    """

    wanted: Sequence[Happening]
    added: Sequence[Happening]
    voided: Sequence[Happening]


def rewrite(
    stored: Sequence[Happening], new: Sequence[Happening], *, started_on: date, ended_on: date | None, now: date
) -> Rewrite:
    """Work out how a thread comes to hold what it should.

    Args:
        stored: the events that hold, in order.
        new: the events to add, in the order of their file.
        started_on, ended_on: the first and the last day of the trajectory.
        now: a trajectory that starts later than this, and has no end, is planned: it has no start yet.
    """
    is_planned = started_on > now and ended_on is None
    is_cancelled = any(event.kind == E.CANCELLED for event in stored)
    edges = {E.STARTED: None if is_planned or is_cancelled else started_on, E.ENDED: ended_on}
    kept = [event for event in stored if event.kind not in edges or edges[EventKind(event.kind)] == event.dated_on]
    known = {event.kind for event in kept}
    missing = [Happening(kind, day) for kind, day in edges.items() if day and kind not in known]
    wanted = sorted([*kept, *new, *missing], key=lambda event: event.place)
    final, moved = _in_sequence(wanted)
    gone = [event for event in stored if event not in kept] + moved
    return Rewrite(final, [event for event in final if event.sequence is None], gone)


def _in_sequence(wanted: Iterable[Happening]) -> tuple[list[Happening], list[Happening]]:
    """Replace what comes, on its day, after something that is written later by a copy; return all, and what moved."""
    final: list[Happening] = []
    moved: list[Happening] = []
    for _day, events in groupby(wanted, key=lambda event: event.dated_on):
        last: int | None = 0
        for event in events:
            if event.sequence is not None and (last is None or event.sequence < last):
                moved.append(event)
                final.append(Happening(event.kind, event.dated_on, event.note))
                last = None
            else:
                final.append(event)
                last = event.sequence
    return final, moved


def note_touched(run: Run) -> None:
    """Note which trajectories get another thread, before they themselves are written."""
    run.execute("DROP TABLE IF EXISTS pg_temp.import_threads")
    run.execute(
        "CREATE TEMPORARY TABLE import_threads ON COMMIT DROP AS SELECT id, row_number() OVER () AS place FROM ("
        "SELECT s.id FROM import_trajectories s LEFT JOIN trajectories_trajectory t ON t.id = s.id"
        " WHERE (s.started_on, s.ended_on, s.state) IS DISTINCT FROM (t.started_on, t.ended_on, t.state)"
        " UNION SELECT trajectory_id FROM import_events WHERE is_new) touched"
    )


def write_threads(run: Run) -> None:
    """Write the events of each touched trajectory, and the state they lead to."""
    after = 0
    while True:
        found = run.rows(
            "SELECT id FROM import_threads WHERE place > %(after)s AND place <= %(upto)s",
            {"after": after, "upto": after + BATCH},
        )
        keys = [key for (key,) in found]
        if not keys:
            return
        _write_batch(run, keys)
        after += BATCH


def _write_batch(run: Run, keys: Sequence[UUID]) -> None:
    trajectories = Trajectory.objects.filter(pk__in=keys).select_related("programme").order_by("reference")
    stored, sequences, new = _stored(keys), _sequences(keys), _new(run, keys)
    made: list[TrajectoryEvent] = []
    states: dict[State, list[UUID]] = defaultdict(list)
    with file_keys_kept():
        open_file_keys({trajectory.participant_id for trajectory in trajectories})
        for trajectory in trajectories:
            change = rewrite(
                [_happening(event) for event in stored[trajectory.pk]],
                new[trajectory.pk],
                started_on=trajectory.started_on,
                ended_on=trajectory.ended_on,
                now=today(),
            )
            made.extend(_events(trajectory, change, sequences.get(trajectory.pk, 0)))
            state = replay(change.wanted, has_trial=trajectory.programme.trial_weeks > 0)
            if state != trajectory.state:
                states[state].append(trajectory.pk)
        TrajectoryEvent.objects.bulk_create(made)
    for state, ids in states.items():
        Trajectory.objects.filter(pk__in=ids).update(state=state)


def _stored(keys: Sequence[UUID]) -> dict[UUID, list[TrajectoryEvent]]:
    found: dict[UUID, list[TrajectoryEvent]] = defaultdict(list)
    for event in TrajectoryEvent.objects.holding().filter(trajectory__in=keys):
        found[event.trajectory_id].append(event)
    return found


def _sequences(keys: Sequence[UUID]) -> dict[UUID, int]:
    """The last number on each thread, voided events included."""
    rows = TrajectoryEvent.objects.filter(trajectory__in=keys).order_by("trajectory", "sequence")
    return dict(rows.values_list("trajectory", "sequence"))


def _new(run: Run, keys: Sequence[UUID]) -> dict[UUID, list[Happening]]:
    found: dict[UUID, list[Happening]] = defaultdict(list)
    rows = run.rows(
        "SELECT id, trajectory_id, kind, dated_on, note FROM import_events WHERE is_new"
        " AND trajectory_id = ANY(%(keys)s) ORDER BY line",
        {"keys": list(keys)},
    )
    for key, trajectory, kind, day, note in rows:
        found[trajectory].append(Happening(kind, day, run.cover.lift(note), key))
    return found


def _happening(event: TrajectoryEvent) -> Happening:
    return Happening(event.kind, event.dated_on, event.note, event.pk, event.sequence)


def _events(trajectory: Trajectory, change: Rewrite, last: int) -> Iterator[TrajectoryEvent]:
    """The rows to write, numbered on from ``last``: first what is undone, then what is new."""
    for event in change.voided:
        last += 1
        reason = _("Corrected by an import.")
        yield _event(trajectory, Happening(E.VOIDED, today(), reason), last, voids_id=event.id)
    for event in change.added:
        last += 1
        yield _event(trajectory, event, last)


def _event(trajectory: Trajectory, event: Happening, sequence: int, *, voids_id: UUID | None = None) -> TrajectoryEvent:
    return TrajectoryEvent(
        id=event.id,
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        sequence=sequence,
        dated_on=event.dated_on,
        kind=event.kind,
        note=event.note,
        voids_id=voids_id,
        is_imported=True,
    )
