"""The import file of events: what happened on the thread of a trajectory."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.encryption import file_keys_kept, open_file_keys
from foundation.imports.columns import Choice, Day, Reference, Sealed
from foundation.imports.declaring import ImportFile, Rule
from foundation.imports.merging import Target, merge
from foundation.imports.running import Run
from foundation.imports.sealing import open_text
from trajectories.imports.threads import write_threads
from trajectories.models import EventKind, TrajectoryEvent
from trajectories.workflow import AFTERCARE
from trajectories.working_with import note_units

E = EventKind

KINDS = (
    E.TRIAL_PASSED,
    E.TRIAL_FAILED,
    E.PAUSED,
    E.RELAPSE,
    E.RESUMED,
    E.EXTENDED,
    E.AFTERCARE_REACHED,
    E.AFTERCARE_NOT_REACHED,
    E.AFTERCARE_REFUSED,
)
_AFTERCARE = ", ".join(f"'{kind.value}'" for kind in sorted(AFTERCARE))
_NOTES = 1_000

# The rows that say something: of an event that was undone here the folder does not know.
_STAGED = "import_events s JOIN all_trajectories t ON t.id = s.trajectory_id"
_HOLDS = "s.is_voided IS NOT TRUE"
_STORED = (
    "moved_trajectories m JOIN trajectories_trajectoryevent e ON e.trajectory_id = m.id"
    " AND NOT EXISTS (SELECT FROM trajectories_trajectoryevent v WHERE v.voids_id = e.id)"
    " AND NOT EXISTS (SELECT FROM import_events s WHERE s.id = e.id)"
)
_ORDINARY = f"e.kind NOT IN ('started', 'ended', 'cancelled', 'voided', {_AFTERCARE})"


def check_notes(run: Run) -> None:
    """A note that is there already cannot become another: events are kept as they were written."""
    after = 0
    query = (
        "SELECT s.line, e.id, e.participant_id, s.note, e.note FROM import_events s"
        " JOIN trajectories_trajectoryevent e ON e.id = s.id WHERE s.note IS NOT NULL AND e.note IS NOT NULL"
        f" AND NOT s.is_voided AND s.line > %(after)s ORDER BY s.line LIMIT {_NOTES}"
    )
    field = TrajectoryEvent._meta.get_field("note")
    while found := list(run.rows(query, {"after": after})):
        with file_keys_kept():
            open_file_keys({row[2] for row in found})
            for line, key, person, covered, stored in found:
                place = field.place_on(TrajectoryEvent(id=key))
                if open_text(stored, person, place) != run.cover.lift(covered):
                    text = _("This event has another note already. Write that one, or undo the event in Draad first.")
                    run.refuse(EVENTS, line, "note", text)
        after = found[-1][0]


def fill_notes(run: Run) -> None:
    """Fill the empty notes of events that are there already: all that a second run may do to an event."""
    merge(
        run,
        Target(
            file=EVENTS,
            model=TrajectoryEvent,
            values={"note": "s.note"},
            once={"participant_id": "s.participant_id"},
            where="s.fills_note",
        ),
    )


def note_touched_units(run: Run) -> None:
    """Say anew which units work with the people of whom a referral, trajectory or event came in."""
    query = (
        "SELECT DISTINCT participant_id FROM (SELECT participant_id FROM import_trajectories"
        " UNION ALL SELECT participant_id FROM import_referrals"
        " UNION ALL SELECT participant_id FROM import_events) touched"
        " WHERE participant_id > %(after)s ORDER BY participant_id LIMIT 1000"
    )
    after = UUID(int=0)
    while found := [key for (key,) in run.rows(query, {"after": after})]:
        note_units(found)
        after = found[-1]


EVENTS = ImportFile(
    name="events",
    columns=(
        Reference("trajectory", field="trajectory_id", required=True, to="trajectories"),
        Day("on", field="dated_on", required=True),
        Choice("event", field="kind", required=True, values=[kind.value for kind in KINDS]),
        Sealed("note"),
    ),
    key=("trajectory", "on", "event"),
    model=TrajectoryEvent,
    derived=(
        ("participant_id", "uuid"),
        ("sequence", "integer"),
        ("is_voided", "boolean"),
        ("fills_note", "boolean"),
    ),
    joins="LEFT JOIN all_trajectories w ON w.id = of_trajectory.id",
    given={
        "participant_id": "w.participant_id",
        "sequence": "t.sequence",
        "is_voided": "t.is_voided",
        "fills_note": "t.note IS NULL AND s.note IS NOT NULL AND NOT t.is_voided",
    },
    # Of an event that was undone and written again the one that holds.
    existing="(SELECT DISTINCT ON (e.trajectory_id, e.dated_on, e.kind) e.*, v.id IS NOT NULL AS is_voided"
    " FROM trajectories_trajectoryevent e LEFT JOIN trajectories_trajectoryevent v ON v.voids_id = e.id"
    " WHERE e.trajectory_id IN (SELECT k.id FROM known_trajectories k JOIN raw_events r ON r.trajectory = k.ref)"
    " ORDER BY e.trajectory_id, e.dated_on, e.kind, v.id IS NOT NULL, e.sequence DESC)",
    rules=(
        Rule(
            "on",
            gettext_lazy("%(day)s lies before the first day of the trajectory. Choose %(first)s or a later day."),
            f"SELECT s.line, s.dated_on AS day, t.started_on AS first FROM {_STAGED}"
            f" WHERE s.dated_on < t.started_on AND s.kind NOT IN ({_AFTERCARE}) AND {_HOLDS}",
        ),
        Rule(
            "on",
            gettext_lazy(
                "%(day)s lies after the last day of the trajectory (%(last)s). Choose a day from %(first)s to %(last)s."
            ),
            f"SELECT s.line, s.dated_on AS day, t.started_on AS first, t.ended_on AS last FROM {_STAGED}"
            f" WHERE s.dated_on > t.ended_on AND s.kind NOT IN ({_AFTERCARE}) AND {_HOLDS}",
        ),
        Rule(
            "on",
            gettext_lazy(
                "%(day)s lies before the end (%(last)s), and this is aftercare. Choose %(last)s or a later day."
            ),
            f"SELECT s.line, s.dated_on AS day, t.ended_on AS last FROM {_STAGED}"
            f" WHERE s.kind IN ({_AFTERCARE}) AND s.dated_on < t.ended_on AND {_HOLDS}",
        ),
        Rule(
            "on",
            gettext_lazy(
                "%(trajectory)s has not ended, and this is aftercare. Fill in its ended_on, or take this out."
            ),
            f"SELECT s.line, s.trajectory FROM {_STAGED} WHERE s.kind IN ({_AFTERCARE}) AND t.ended_on IS NULL"
            f" AND s.dated_on IS NOT NULL AND NOT 'ended_on' = ANY(t.bad) AND {_HOLDS}",
        ),
        Rule(
            "event",
            gettext_lazy("Nothing is open to resume on %(day)s. Add the relapse or pause before it, or take this out."),
            "SELECT line, dated_on AS day FROM (SELECT line, dated_on, kind, lag(kind) OVER thread AS before FROM ("
            f"SELECT s.line, s.trajectory_id, s.dated_on, s.kind, s.sequence FROM import_events s WHERE {_HOLDS}"
            " UNION ALL SELECT NULL, e.trajectory_id, e.dated_on, e.kind, e.sequence"
            " FROM trajectories_trajectoryevent e WHERE e.trajectory_id IN (SELECT trajectory_id FROM import_events)"
            " AND NOT EXISTS (SELECT FROM trajectories_trajectoryevent v WHERE v.voids_id = e.id)"
            " AND NOT EXISTS (SELECT FROM import_events s WHERE s.id = e.id)) events"
            " WHERE kind IN ('relapse', 'paused', 'resumed') AND trajectory_id IS NOT NULL AND dated_on IS NOT NULL"
            " WINDOW thread AS (PARTITION BY trajectory_id ORDER BY dated_on, sequence NULLS LAST, line)) turns"
            " WHERE kind = 'resumed' AND (before IS NULL OR before = 'resumed')",
        ),
        Rule(
            "trajectory",
            gettext_lazy("%(trajectory)s was cancelled before it started. Take this out."),
            f"SELECT s.line, s.trajectory FROM {_STAGED} WHERE t.state = 'cancelled' AND s.is_new",
        ),
        Rule(
            "started_on",
            gettext_lazy("%(reference)s has an event on %(day)s, before this. Choose %(day)s or an earlier day."),
            f"SELECT m.line, 'trajectories' AS file, m.reference, min(e.dated_on) AS day FROM {_STORED}"
            f" WHERE e.dated_on < m.started_on AND {_ORDINARY} GROUP BY m.line, m.reference",
        ),
        Rule(
            "ended_on",
            gettext_lazy("%(reference)s has an event on %(day)s, after this. Choose %(day)s or a later day."),
            f"SELECT m.line, 'trajectories' AS file, m.reference, max(e.dated_on) AS day FROM {_STORED}"
            f" WHERE e.dated_on > m.ended_on AND {_ORDINARY} GROUP BY m.line, m.reference",
        ),
        Rule(
            "ended_on",
            gettext_lazy("%(reference)s had aftercare on %(day)s, before this. Choose %(day)s or an earlier day."),
            f"SELECT m.line, 'trajectories' AS file, m.reference, min(e.dated_on) AS day FROM {_STORED}"
            f" WHERE e.dated_on < m.ended_on AND e.kind IN ({_AFTERCARE}) GROUP BY m.line, m.reference",
        ),
    ),
    inspect=check_notes,
    write=(write_threads, fill_notes, note_touched_units),
    writes_itself=True,
)
