"""The import files of outcomes, placements and certificates."""

from django.utils.translation import gettext_lazy

from foundation.imports.columns import Choice, Day, Number, Reference, Sealed, Text
from foundation.imports.declaring import ImportFile, Rule
from trajectories.imports.course import not_long_before
from trajectories.models import Certificate, ContractForm, Outcome, OutcomeKind, Placement

IMPORTED = {"provider_id": "%(provider)s", "is_imported": "true"}


# The rows of a file belong to the person of their trajectory.
WHOSE = "LEFT JOIN all_trajectories w ON w.id = of_trajectory.id"
PERSON = {"participant_id": "w.participant_id"}


OUTCOMES = ImportFile(
    name="outcomes",
    columns=(
        Reference("trajectory", field="trajectory_id", required=True, to="trajectories"),
        Day("on", field="dated_on", required=True),
        Choice("kind", required=True, values=OutcomeKind.values),
        Text("employer"),
        Number("hours_per_week", digits=3, places=2),
        Choice("contract_form", values=ContractForm.values),
        Day("employment_starts_on"),
        Day("employment_ended_on"),
        Day("employment_last_seen_on"),
        Sealed("note"),
    ),
    key=("trajectory", "on", "kind"),
    model=Outcome,
    fixed=IMPORTED,
    derived=(("participant_id", "uuid"),),
    in_order=(
        ("employment_starts_on", "employment_ended_on"),
        ("employment_starts_on", "employment_last_seen_on"),
    ),
    joins=WHOSE,
    given=PERSON,
    rules=(
        Rule(
            "employment_last_seen_on",
            gettext_lazy("%(seen)s lies after the end of the job (%(ended)s). Choose that day or an earlier one."),
            "SELECT line, employment_last_seen_on AS seen, employment_ended_on AS ended FROM import_outcomes"
            " WHERE employment_last_seen_on > employment_ended_on"
            " AND NOT coalesce(employment_ended_on < employment_starts_on, false)",
        ),
        *not_long_before("outcomes", "trajectories_outcome", "dated_on"),
    ),
)


CERTIFICATES = ImportFile(
    name="certificates",
    columns=(
        Reference("trajectory", field="trajectory_id", required=True, to="trajectories"),
        Text("name", required=True),
        Day("on", field="dated_on", required=True),
        Day("valid_until"),
    ),
    key=("trajectory", "name", "on"),
    model=Certificate,
    derived=(("participant_id", "uuid"),),
    in_order=(("on", "valid_until"),),
    joins=WHOSE,
    given=PERSON,
    rules=not_long_before("certificates", "trajectories_certificate", "dated_on"),
)


# A placement with its slot and trajectory, of which at least one is in the folder; the fault is put at the placement,
# else at what changed around it.
_PLACED = (
    " FROM all_placements p JOIN all_slots s ON s.id = p.slot_id JOIN all_trajectories t ON t.id = p.trajectory_id"
    " WHERE coalesce(p.line, s.line, t.line) IS NOT NULL"
)


def _place(placement: str, slot: str = "", trajectory: str = "") -> str:
    """SQL for line, file and column of a fault, and for what its text needs.

    Args:
        placement, slot, trajectory: the column to name in that file; empty: it is not to blame.
    """
    found = [("placements", "p", placement), ("slots", "s", slot), ("trajectories", "t", trajectory)]
    to_blame = [entry for entry in found if entry[2]]
    lines = ", ".join(f"{alias}.line" for _file, alias, _column in to_blame)
    files = " ".join(f"WHEN {alias}.line IS NOT NULL THEN '{file}'" for file, alias, _column in to_blame)
    columns = " ".join(f"WHEN {alias}.line IS NOT NULL THEN '{column}'" for _file, alias, column in to_blame)
    return (
        f"SELECT coalesce({lines}) AS line, CASE {files} END AS file, CASE {columns} END AS column,"
        " p.starts_on AS first, p.ends_on AS last, s.code AS slot, t.reference AS trajectory,"
        " s.starts_on AS slot_first, s.ends_on AS slot_last, t.started_on, t.ended_on"
    )


PLACEMENT_RULES = (
    Rule(
        "slot",
        gettext_lazy("Place %(slot)s is of another programme than %(trajectory)s. Choose a place of its programme."),
        _place("slot", "programme", "programme") + _PLACED + " AND s.programme_id <> t.programme_id",
    ),
    Rule(
        "from",
        gettext_lazy(
            "%(first)s lies before the first day of place %(slot)s (%(slot_first)s). Choose that or a later day."
        ),
        _place("from", "from") + _PLACED + " AND p.starts_on < s.starts_on",
    ),
    Rule(
        "until",
        gettext_lazy("Place %(slot)s ends on %(slot_last)s. Choose that or an earlier day as the last one."),
        # Open in a place that ends later than today is how things are now; the end comes when it comes.
        _place("until", "until")
        + _PLACED
        + " AND (p.ends_on > s.ends_on OR (p.ends_on IS NULL AND s.ends_on < %(today)s AND NOT 'until' = ANY(p.bad)))",
    ),
    Rule(
        "from",
        gettext_lazy(
            "%(first)s lies outside trajectory %(trajectory)s, which starts on %(started_on)s. Choose a day in it."
        ),
        _place("from", trajectory="started_on") + _PLACED + " AND p.starts_on < t.started_on",
    ),
    Rule(
        "from",
        gettext_lazy(
            "%(first)s lies outside trajectory %(trajectory)s, which ended on %(ended_on)s. Choose a day in it."
        ),
        _place("from", trajectory="ended_on") + _PLACED + " AND p.starts_on > t.ended_on",
    ),
    Rule(
        "until",
        gettext_lazy(
            "Longer than trajectory %(trajectory)s, which ended on %(ended_on)s. Taken as it is; check the day."
        ),
        _place("until", trajectory="ended_on")
        + _PLACED
        + " AND p.starts_on <= t.ended_on AND (p.ends_on > t.ended_on OR (p.ends_on IS NULL AND t.ended_on IS NOT NULL"
        " AND NOT 'until' = ANY(p.bad)))",
        is_warning=True,
    ),
    Rule(
        "from",
        gettext_lazy(
            "Place %(slot)s is held from %(first)s by trajectory %(trajectory)s. Choose another place or other days."
        ),
        "WITH p AS (SELECT id, line, slot_id, trajectory_id, starts_on, coalesce(ends_on, 'infinity') AS ends_on"
        " FROM all_placements WHERE slot_id IN (SELECT slot_id FROM import_placements)"
        " AND NOT 'until' = ANY(bad) AND (ends_on IS NULL OR ends_on >= starts_on)),"
        " clash AS (SELECT DISTINCT slot_id FROM (SELECT slot_id, starts_on <= max(ends_on) OVER"
        " (PARTITION BY slot_id ORDER BY starts_on, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS is_clash"
        " FROM p) held WHERE is_clash)"
        " SELECT DISTINCT ON (b.line) b.line, s.code AS slot, a.starts_on AS first, t.reference AS trajectory"
        " FROM p a JOIN p b ON b.slot_id = a.slot_id AND b.id <> a.id AND b.line > coalesce(a.line, 0)"
        " AND a.starts_on <= b.ends_on AND b.starts_on <= a.ends_on"
        " AND (a.trajectory_id, a.starts_on) IS DISTINCT FROM (b.trajectory_id, b.starts_on)"
        " JOIN clash c ON c.slot_id = a.slot_id JOIN all_slots s ON s.id = a.slot_id"
        " LEFT JOIN all_trajectories t ON t.id = a.trajectory_id ORDER BY b.line, a.starts_on",
    ),
)

PLACEMENTS = ImportFile(
    name="placements",
    columns=(
        Reference("trajectory", field="trajectory_id", required=True, to="trajectories"),
        Reference("slot", field="slot_id", required=True, to="slots"),
        Day("from", field="starts_on", required=True),
        Day("until", field="ends_on"),
        Number("hours_per_week", digits=3, places=2),
    ),
    key=("trajectory", "slot", "from"),
    model=Placement,
    derived=(("participant_id", "uuid"),),
    in_order=(("from", "until"),),
    joins=WHOSE,
    # A place that was left because the trajectory ended here stays left.
    given={
        **PERSON,
        "ends_on": "CASE WHEN s.ends_on IS NULL AND NOT 'until' = ANY(s.bad) AND t.ends_on = w.ended_on"
        " THEN t.ends_on ELSE s.ends_on END",
    },
    rules=PLACEMENT_RULES,
)
