"""The import files of guidance: sessions, half-days and assessments."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.imports.columns import Choice, Day, Reference, Sealed, Text, Whole
from foundation.imports.declaring import ImportFile, Row, Rule
from foundation.imports.merging import Target, merge
from foundation.imports.running import Run
from guidance.models import (
    Assessment,
    AttendanceKind,
    HalfDay,
    HalfDayAttendance,
    HalfDayStatus,
    Moment,
    Score,
    Session,
    SessionKind,
)
from guidance.scoring import SCALES
from trajectories.imports.course import not_long_before
from trajectories.imports.referrals import stays_with_person
from trajectories.imports.results import IMPORTED, PERSON, WHOSE


def write_sessions(run: Run) -> None:
    merge(
        run,
        Target(
            file=SESSIONS,
            model=Session,
            values={name: f"s.{name}" for name in SESSIONS.stored},
            once=IMPORTED,
            counts_up="version",
        ),
    )


SESSIONS = ImportFile(
    name="sessions",
    columns=(
        Text("reference", required=True, most=60),
        Reference("trajectory", field="trajectory_id", required=True, to="trajectories"),
        Day("on", field="held_on", required=True),
        Whole("minutes"),
        Choice("kind", required=True, values=SessionKind.values),
        Choice("attendance", values=AttendanceKind.values),
        Reference("coach", field="coach_id", to="staff", lower=True),
        Sealed("note"),
        Sealed("plan"),
    ),
    key=("reference",),
    model=Session,
    derived=(("participant_id", "uuid"),),
    joins=WHOSE,
    given=PERSON,
    rules=(
        *not_long_before("sessions", "guidance_session", "held_on"),
        stays_with_person("import_sessions", "guidance_session", "trajectory", "t.trajectory_id <> s.trajectory_id"),
    ),
    write=(write_sessions,),
    writes_itself=True,
)

_HALF_DAY_OUTSIDE = (
    Rule(
        "on",
        gettext_lazy("%(day)s lies outside the trajectory (%(days)s). Choose a day in it."),
        "SELECT s.line, s.dated_on AS day, concat_ws(' – ', t.started_on, t.ended_on) AS days FROM import_attendance s"
        " JOIN all_trajectories t ON t.id = s.trajectory_id"
        " WHERE s.dated_on < t.started_on OR s.dated_on > t.ended_on",
    ),
    Rule(
        "started_on",
        gettext_lazy("%(reference)s has a half-day on %(day)s, outside these days. Let them hold that day."),
        "SELECT DISTINCT ON (m.line) m.line, 'trajectories' AS file, m.reference, x.dated_on AS day,"
        " CASE WHEN x.dated_on > m.ended_on THEN 'ended_on' ELSE 'started_on' END AS column FROM moved_trajectories m"
        " JOIN guidance_halfdayattendance x ON x.trajectory_id = m.id"
        " WHERE (x.dated_on < m.started_on OR x.dated_on > m.ended_on)"
        " AND NOT EXISTS (SELECT FROM import_attendance s WHERE s.id = x.id) ORDER BY m.line, x.dated_on",
    ),
)

ATTENDANCE = ImportFile(
    name="attendance",
    columns=(
        Reference("trajectory", field="trajectory_id", required=True, to="trajectories"),
        Day("on", field="dated_on", required=True),
        Choice("half_day", required=True, values=HalfDay.values),
        Choice("status", required=True, values=HalfDayStatus.values),
    ),
    key=("trajectory", "on", "half_day"),
    model=HalfDayAttendance,
    fixed=IMPORTED,
    derived=(("participant_id", "uuid"),),
    joins=WHOSE,
    given=PERSON,
    rules=_HALF_DAY_OUTSIDE,
)


def check_score(row: Row) -> None:
    """A dimension and an answer must be those of the instrument."""
    scale = SCALES.get(row["instrument"] or "")
    if scale is None:
        return
    if row["dimension"] and row["dimension"] not in scale.dimensions:
        row.refuse(
            "dimension",
            _("'%(text)s' is not in %(instrument)s. Choose from: %(list)s.")
            % {"text": row["dimension"], "instrument": scale.slug, "list": ", ".join(scale.dimensions)},
        )
    if row["value"]:
        row.derived["value"] = scale.answer(row["value"])
        if row.derived["value"] is None:
            row.refuse(
                "value",
                _("'%(text)s' is not an answer of %(instrument)s. Choose from: %(list)s.")
                % {"text": row["value"], "instrument": scale.slug, "list": ", ".join(scale.allowed)},
            )


# The rows of one assessment, as one row: the first line, and the trajectory that any of them names.
_ASSESSMENTS = (
    "(SELECT min(line) AS line, assessment_id, participant_id, version_id, dated_on, moment,"
    " (array_agg(trajectory_id) FILTER (WHERE trajectory_id IS NOT NULL))[1] AS trajectory_id"
    " FROM import_assessments GROUP BY assessment_id, participant_id, version_id, dated_on, moment)"
)


def write_assessments(run: Run) -> None:
    """Write one assessment for the rows of one person, instrument, day and moment, and a score for each row."""
    owned = {"provider_id": "%(provider)s", "participant_id": "s.participant_id"}
    about = {name: f"s.{name}" for name in ("version_id", "dated_on", "moment")}
    merge(
        run,
        Target(
            file=ASSESSMENTS,
            model=Assessment,
            source=_ASSESSMENTS,
            id_field="assessment_id",
            values={"trajectory_id": "s.trajectory_id"},
            once={**owned, **about, "is_imported": "true"},
        ),
    )
    merge(
        run,
        Target(
            file=ASSESSMENTS,
            model=Score,
            values={"value": "s.value"},
            once={**owned, "assessment_id": "s.assessment_id", "dimension": "s.dimension"},
        ),
    )


_SAME = (
    " a.participant_id = s.participant_id AND a.version_id = s.version_id AND a.dated_on = s.dated_on"
    " AND a.moment = s.moment"
)

ASSESSMENTS = ImportFile(
    name="assessments",
    columns=(
        Reference("participant", field="participant_id", required=True, to="participants"),
        Reference("trajectory", field="trajectory_id", to="trajectories"),
        Choice("instrument", required=True, values=tuple(SCALES)),
        Day("on", field="dated_on", required=True),
        Choice("moment", required=True, values=Moment.values),
        Text("dimension", required=True),
        Text("value", field="answer", required=True),
    ),
    key=("participant", "instrument", "on", "moment", "dimension"),
    model=Score,
    derived=(("version_id", "uuid"), ("assessment_id", "uuid"), ("value", "smallint")),
    check=check_score,
    joins="LEFT JOIN guidance_instrumentversion v ON v.slug = s.instrument",
    given={"version_id": "v.id", "assessment_id": "t.assessment_id"},
    existing="(SELECT c.id, c.provider_id, c.assessment_id, c.dimension, a.participant_id, a.dated_on, a.moment,"
    " v.slug AS instrument FROM guidance_score c JOIN guidance_assessment a ON a.id = c.assessment_id"
    " JOIN guidance_instrumentversion v ON v.id = a.version_id)",
    prepare=(
        f"UPDATE import_assessments s SET assessment_id = a.id FROM guidance_assessment a WHERE{_SAME}"
        " AND s.assessment_id IS NULL",
        "WITH made AS MATERIALIZED (SELECT participant_id, version_id, dated_on, moment, gen_random_uuid() AS id"
        " FROM import_assessments WHERE assessment_id IS NULL GROUP BY participant_id, version_id, dated_on, moment)"
        f" UPDATE import_assessments s SET assessment_id = a.id FROM made a WHERE{_SAME} AND s.assessment_id IS NULL",
        # Without the column, and where no row of it says otherwise, an assessment keeps its trajectory.
        "UPDATE import_assessments s SET trajectory_id = a.trajectory_id FROM guidance_assessment a"
        " WHERE a.id = s.assessment_id AND s.trajectory IS NULL AND NOT EXISTS (SELECT FROM import_assessments o"
        " WHERE o.assessment_id = s.assessment_id AND o.trajectory IS NOT NULL)",
    ),
    rules=(
        *not_long_before("assessments", "guidance_assessment", "dated_on"),
        Rule(
            "trajectory",
            gettext_lazy("%(trajectory)s is a trajectory of another person. Name one of %(participant)s, or none."),
            "SELECT s.line, s.trajectory, s.participant FROM import_assessments s JOIN all_trajectories t"
            " ON t.id = s.trajectory_id WHERE s.trajectory IS NOT NULL AND t.participant_id <> s.participant_id",
        ),
        Rule(
            "trajectory",
            gettext_lazy("Line %(first)s is of the same measurement and names %(other)s. Name one trajectory on both."),
            "SELECT line, first, other FROM (SELECT line, trajectory, first_value(line) OVER same AS first,"
            " first_value(trajectory) OVER same AS other FROM import_assessments"
            " WHERE trajectory IS NOT NULL AND assessment_id IS NOT NULL"
            " WINDOW same AS (PARTITION BY assessment_id ORDER BY line)) found WHERE trajectory <> other",
        ),
    ),
    write=(write_assessments,),
    writes_itself=True,
)
