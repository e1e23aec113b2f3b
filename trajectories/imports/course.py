"""The import file of trajectories, with the referral that each came from and the coach."""

from django.utils.translation import gettext_lazy

from foundation.imports.columns import Day, Reference, Sealed, Text
from foundation.imports.declaring import ImportFile, Rule
from foundation.imports.merging import Target, merge
from foundation.imports.running import Run
from trajectories.imports.offer import pays_for
from trajectories.imports.referrals import stays_with_person
from trajectories.imports.threads import note_touched
from trajectories.models import Referral, Trajectory, TrajectoryCoach

EARLIEST = 30
"""So many days before its start a trajectory may have an outcome, session, certificate or assessment."""


def keep_referral(run: Run) -> None:
    """Give rows what the stored referral says in columns that the file does not have."""
    for column in {"referred_on", "referrer"} - run.staged["trajectories"].columns:
        run.execute(
            f"UPDATE import_trajectories s SET {column} = r.{column} FROM trajectories_referral r"
            " WHERE r.id = s.referral_id"
        )


def write_trajectories(run: Run) -> None:
    """Write the referral, the trajectory and its coach of each row."""
    note_touched(run)
    whose = {name: f"s.{name}" for name in ("participant_id", "programme_id", "agreement_id")}
    own = {"provider_id": "%(provider)s"}
    merge(
        run,
        Target(
            file=TRAJECTORIES,
            model=Referral,
            id_field="referral_id",
            values={**whose, "referred_on": "s.referred_on", "referrer": "s.referrer", "question": "s.question"},
            once={**own, "decision": "'placed'"},
            where="s.has_referral",
        ),
    )
    merge(
        run,
        Target(
            file=TRAJECTORIES,
            model=Trajectory,
            # ``previous`` comes after: the row it names may stand further down.
            values={name: f"s.{name}" for name in TRAJECTORIES.stored if name != "previous_id"},
            once=own,
            counts_up="version",
        ),
    )
    run.execute(
        "WITH touched AS (UPDATE trajectories_trajectory t SET previous_id = s.previous_id FROM import_trajectories s"
        " WHERE t.id = s.id AND t.previous_id IS DISTINCT FROM s.previous_id RETURNING s.line)"
        " UPDATE import_trajectories m SET is_changed = true FROM touched WHERE m.line = touched.line"
    )
    merge(
        run,
        Target(
            file=TRAJECTORIES,
            model=TrajectoryCoach,
            id_field="coaching_id",
            values={
                "participant_id": "s.participant_id",
                "staff_member_id": "s.coach_id",
                "starts_on": "s.started_on",
                "ends_on": "s.ended_on",
            },
            once={**own, "trajectory_id": "s.id"},
            # A coach whom the row does not name was chosen here, from a day that the folder does not know.
            where="s.coach IS NOT NULL AND s.coaching_id IS NOT NULL",
        ),
    )
    run.execute(
        "UPDATE trajectories_trajectorycoach c SET ends_on = s.ended_on FROM import_trajectories s"
        " WHERE c.trajectory_id = s.id AND c.ends_on IS NULL AND c.starts_on <= s.ended_on"
    )


PREPARE = (
    # The old trajectory is never reopened: what ended here stays ended. And a coach who was followed up here by
    # another is not put back.
    "UPDATE import_trajectories s SET"
    " ended_on = CASE WHEN 'ended_on' = ANY(s.bad) THEN NULL ELSE coalesce(s.ended_on, t.ended_on) END,"
    " end_reason_id = CASE WHEN s.end_reason IS NULL THEN t.end_reason_id ELSE s.end_reason_id END,"
    " destination_id = CASE WHEN s.destination IS NULL THEN t.destination_id ELSE s.destination_id END,"
    " coach_id = CASE WHEN s.coach IS NULL OR c.number > 1 THEN t.coach_id ELSE s.coach_id END,"
    " coaching_id = CASE WHEN c.number = 1 THEN c.id END,"
    " is_coached = c.number > 0, referral_id = t.referral_id"
    " FROM trajectories_trajectory t CROSS JOIN LATERAL (SELECT count(*) AS number, (array_agg(c.id))[1] AS id"
    " FROM trajectories_trajectorycoach c WHERE c.trajectory_id = t.id) c WHERE t.id = s.id",
    "UPDATE import_trajectories SET"
    " coaching_id = CASE WHEN is_coached THEN coaching_id ELSE gen_random_uuid() END,"
    " has_referral = referred_on IS NOT NULL OR referrer <> '' OR question IS NOT NULL,"
    " referral_id = coalesce(referral_id, CASE WHEN referred_on IS NOT NULL OR referrer <> ''"
    " OR question IS NOT NULL THEN gen_random_uuid() END)",
    keep_referral,
    # The programme gives the unit, and legal ground and aim unless the agreement differs. What a trajectory has of
    # these stays while programme and agreement stay.
    "UPDATE import_trajectories s SET unit_id = p.unit_id,"
    " legal_ground = coalesce(nullif(a.legal_ground, ''), p.legal_ground), aim = coalesce(nullif(a.aim, ''), p.aim),"
    " has_trial = p.trial_weeks > 0"
    " FROM all_programmes p, import_trajectories i LEFT JOIN trajectories_agreement a ON a.id = i.agreement_id"
    " WHERE p.id = s.programme_id AND i.line = s.line",
    "UPDATE import_trajectories s SET legal_ground = t.legal_ground, aim = t.aim FROM trajectories_trajectory t"
    " WHERE t.id = s.id AND t.programme_id = s.programme_id AND t.agreement_id = s.agreement_id",
    # Where it stands by its dates alone; its events come after (threads).
    "UPDATE import_trajectories s SET state = CASE"
    " WHEN s.ended_on IS NOT NULL THEN 'ended'"
    " WHEN s.state = 'cancelled' THEN s.state"
    " WHEN s.started_on > %(today)s THEN 'planned'"
    " WHEN s.state IS NOT NULL AND s.state <> 'planned' THEN s.state"
    " WHEN s.has_trial THEN 'trial' ELSE 'running' END",
    "CREATE TEMPORARY VIEW moved_trajectories AS SELECT s.* FROM import_trajectories s"
    " JOIN trajectories_trajectory t ON t.id = s.id"
    " WHERE (s.started_on, s.ended_on) IS DISTINCT FROM (t.started_on, t.ended_on)",
)

RULES = (
    *(
        Rule(
            column,
            gettext_lazy("The trajectory has not ended. Fill in ended_on too, or leave this blank."),
            f"SELECT line FROM import_trajectories WHERE {column} IS NOT NULL AND ended_on IS NULL"
            " AND NOT 'ended_on' = ANY(bad)",
        )
        for column in ("end_reason", "destination")
    ),
    Rule(
        "referred_on",
        gettext_lazy("The referral was decided on %(decided_on)s, before this. Choose that day or an earlier one."),
        "SELECT s.line, r.decided_on FROM import_trajectories s JOIN trajectories_referral r ON r.id = s.referral_id"
        " WHERE r.decided_on < s.referred_on",
    ),
    Rule(
        "ended_on",
        gettext_lazy("Aftercare was to last until %(until)s, before this. Choose that day or an earlier one."),
        "SELECT s.line, t.aftercare_until AS until FROM import_trajectories s"
        " JOIN trajectories_trajectory t ON t.id = s.id WHERE t.aftercare_until < s.ended_on",
    ),
    Rule(
        "ended_on",
        gettext_lazy("%(reference)s was cancelled before it started. Leave this blank."),
        "SELECT s.line, s.reference FROM import_trajectories s JOIN trajectories_trajectory t ON t.id = s.id"
        " WHERE t.state = 'cancelled' AND s.ended_on IS NOT NULL",
    ),
    Rule(
        "started_on",
        gettext_lazy("%(started_on)s lies outside agreement %(agreement)s (%(days)s). Choose a day in it."),
        "SELECT s.line, s.started_on, s.agreement, concat_ws(' – ', a.starts_on, a.ends_on) AS days"
        " FROM import_trajectories s JOIN all_agreements a ON a.id = s.agreement_id"
        " WHERE s.started_on < a.starts_on OR s.started_on > a.ends_on",
    ),
    pays_for("import_trajectories"),
    stays_with_person("import_trajectories", "trajectories_trajectory", "participant"),
    Rule(
        "previous",
        gettext_lazy("%(previous)s is a trajectory of another person. Name one of the same person."),
        "SELECT s.line, s.previous FROM import_trajectories s JOIN all_trajectories p ON p.id = s.previous_id"
        " WHERE p.participant_id <> s.participant_id",
    ),
    Rule(
        "previous",
        gettext_lazy("%(previous)s has not ended by %(started_on)s. Name one that ended before this one starts."),
        "SELECT s.line, s.previous, s.started_on FROM import_trajectories s JOIN all_trajectories p"
        " ON p.id = s.previous_id WHERE p.participant_id = s.participant_id AND ("
        "s.previous_id = s.id OR p.ended_on > s.started_on OR (p.ended_on IS NULL AND NOT 'ended_on' = ANY(p.bad)))",
    ),
)

TRAJECTORIES = ImportFile(
    name="trajectories",
    columns=(
        Text("reference", required=True, most=60),
        Reference("participant", field="participant_id", required=True, to="participants"),
        Reference("programme", field="programme_id", required=True, to="programmes"),
        Reference("agreement", field="agreement_id", required=True, to="agreements"),
        Reference("coach", field="coach_id", to="staff", lower=True),
        Day("referred_on"),
        Text("referrer"),
        Sealed("question"),
        Day("started_on", required=True),
        Day("planned_end_on"),
        Day("ended_on"),
        Reference("end_reason", field="end_reason_id", to="end_reasons"),
        Reference("destination", field="destination_id", to="destinations"),
        Reference("previous", field="previous_id", to="trajectories"),
    ),
    key=("reference",),
    model=Trajectory,
    derived=(
        ("unit_id", "uuid"),
        ("legal_ground", "text"),
        ("aim", "text"),
        ("has_trial", "boolean"),
        ("state", "text"),
        ("referral_id", "uuid"),
        ("has_referral", "boolean"),
        ("coaching_id", "uuid"),
        ("is_coached", "boolean"),
    ),
    filled={"state": ""},
    in_order=(("referred_on", "started_on"), ("started_on", "planned_end_on"), ("started_on", "ended_on")),
    prepare=PREPARE,
    rules=RULES,
    write=(write_trajectories,),
    writes_itself=True,
)


def not_long_before(file: str, table: str, column: str) -> tuple[Rule, Rule]:
    """Rules: no row of a file is dated more than 30 days before its trajectory starts, whichever of the two changes.

    Args:
        file: name of the file, without ending; its rows have ``trajectory_id``.
        table: the table they go to.
        column: with the date, in both.
    """
    return (
        Rule(
            "on",
            gettext_lazy(
                "%(day)s lies more than %(most)s days before the start of %(trajectory)s (%(started_on)s)."
                " Choose %(first)s or a later day."
            ),
            f"SELECT s.line, s.{column} AS day, {EARLIEST} AS most, s.trajectory, t.started_on,"
            f" t.started_on - {EARLIEST} AS first FROM import_{file} s"
            f" JOIN all_trajectories t ON t.id = s.trajectory_id WHERE s.{column} < t.started_on - {EARLIEST}",
        ),
        Rule(
            "started_on",
            gettext_lazy(
                "%(reference)s has something on %(day)s (%(file_name)s), more than %(most)s days before this."
                " Choose %(last)s or an earlier day."
            ),
            f"SELECT m.line, 'trajectories' AS file, m.reference, min(x.{column}) AS day, '{file}' AS file_name,"
            f" {EARLIEST} AS most, min(x.{column}) + {EARLIEST} AS last FROM moved_trajectories m"
            f" JOIN {table} x ON x.trajectory_id = m.id WHERE x.{column} < m.started_on - {EARLIEST}"
            f" AND NOT EXISTS (SELECT FROM import_{file} s WHERE s.id = x.id) GROUP BY m.line, m.reference",
        ),
    )
