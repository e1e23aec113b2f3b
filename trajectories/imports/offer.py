"""The import files of what is offered and paid: code lists, programmes, agreements and slots."""

from django.utils.translation import gettext_lazy as _

from foundation.imports.columns import Choice, Day, Digits, Number, Reference, References, Text, Whole, YesNo
from foundation.imports.declaring import ImportFile, Rule
from foundation.imports.running import Run
from trajectories.models import (
    Agreement,
    Aim,
    Destination,
    DestinationCategory,
    EndReason,
    LegalGround,
    Programme,
    ProgrammeKind,
    Slot,
)

DESTINATIONS = ImportFile(
    name="destinations",
    columns=(
        Text("code", required=True, most=40),
        Text("name", required=True),
        Choice("category", required=True, values=DestinationCategory.values),
    ),
    key=("code",),
    model=Destination,
)

END_REASONS = ImportFile(
    name="end_reasons",
    columns=(
        Text("code", required=True, most=40),
        Text("name", required=True),
        YesNo("dropout", field="is_dropout", required=True),
    ),
    key=("code",),
    model=EndReason,
)

PROGRAMMES = ImportFile(
    name="programmes",
    columns=(
        Text("code", required=True, most=40),
        Text("name", required=True),
        Reference("unit", field="unit_id", required=True, to="units"),
        Choice("kind", required=True, values=ProgrammeKind.values),
        Choice("aim", required=True, values=Aim.values),
        Choice("legal_ground", required=True, values=LegalGround.values),
        Whole("trial_weeks", default=0),
        Whole("norm_weeks"),
        Number("days_per_week", digits=2, places=1),
        Digits("provision_type", length=2),
    ),
    key=("code",),
    model=Programme,
)


def write_paid_programmes(run: Run) -> None:
    """Let each agreement pay for the programmes of its row, and no others."""
    run.execute(
        "WITH gone AS (DELETE FROM trajectories_agreement_programmes m USING import_agreements s"
        " WHERE m.agreement_id = s.id AND NOT EXISTS (SELECT FROM paid_programmes p"
        " WHERE p.agreement_id = m.agreement_id AND p.programme_id = m.programme_id) RETURNING s.line)"
        " UPDATE import_agreements a SET is_changed = true FROM gone WHERE a.line = gone.line"
    )
    run.execute(
        "WITH added AS (INSERT INTO trajectories_agreement_programmes (agreement_id, programme_id)"
        " SELECT p.agreement_id, p.programme_id FROM paid_programmes p"
        " JOIN import_agreements s ON s.id = p.agreement_id ON CONFLICT DO NOTHING RETURNING agreement_id)"
        " UPDATE import_agreements a SET is_changed = true FROM added WHERE a.id = added.agreement_id"
    )


AGREEMENTS = ImportFile(
    name="agreements",
    columns=(
        Text("code", required=True, most=60),
        Reference("municipality", field="municipality_id", required=True, to="municipalities"),
        References("programmes", required=True, to="programmes"),
        Day("starts_on", required=True),
        Day("ends_on"),
        Text("lot"),
        Whole("capacity", most=2_147_483_647),
        Number("price_per_trajectory", digits=8, places=2),
        Whole("small_count", default=5, least=1),
    ),
    key=("code",),
    model=Agreement,
    in_order=(("starts_on", "ends_on"),),
    prepare=(
        "CREATE TEMPORARY VIEW paid_programmes AS"
        " SELECT a.id AS agreement_id, k.id AS programme_id FROM import_agreements a,"
        " unnest(a.programmes) AS listed(ref) JOIN known_programmes k ON k.ref = listed.ref"
        " UNION SELECT m.agreement_id, m.programme_id FROM trajectories_agreement_programmes m"
        " WHERE NOT EXISTS (SELECT FROM import_agreements a WHERE a.id = m.agreement_id)",
    ),
    rules=(
        Rule(
            "programmes",
            _("Trajectory %(reference)s under this agreement is in programme %(code)s. Keep it in the list."),
            "SELECT a.line, t.reference, p.code FROM import_agreements a"
            " JOIN trajectories_agreement_programmes m ON m.agreement_id = a.id"
            " JOIN trajectories_programme p ON p.id = m.programme_id AND p.code <> ALL(a.programmes)"
            " JOIN trajectories_trajectory t ON t.agreement_id = a.id AND t.programme_id = p.id"
            " WHERE NOT EXISTS (SELECT FROM import_trajectories s WHERE s.id = t.id)",
        ),
        Rule(
            "starts_on",
            _("Trajectory %(reference)s starts on %(started_on)s, outside these dates. Let them hold that day."),
            "SELECT a.line, t.reference, t.started_on,"
            " CASE WHEN t.started_on > a.ends_on THEN 'ends_on' ELSE 'starts_on' END AS column"
            " FROM import_agreements a JOIN trajectories_agreement o ON o.id = a.id"
            " JOIN trajectories_trajectory t ON t.agreement_id = a.id"
            " WHERE (a.starts_on, a.ends_on) IS DISTINCT FROM (o.starts_on, o.ends_on)"
            " AND (t.started_on < a.starts_on OR t.started_on > a.ends_on)"
            " AND NOT EXISTS (SELECT FROM import_trajectories s WHERE s.id = t.id)",
        ),
    ),
    write=(write_paid_programmes,),
)


def pays_for(staging: str) -> Rule:
    """A rule: the agreement of a row pays for its programme.

    Args:
        staging: table with ``agreement_id`` and ``programme_id``.
    """
    return Rule(
        "programme",
        _("Agreement %(agreement)s does not pay for programme %(programme)s. It pays for: %(paid)s."),
        "SELECT s.line, s.agreement, s.programme, (SELECT string_agg(k.ref, ', ' ORDER BY k.ref)"
        " FROM known_programmes k JOIN paid_programmes p ON p.programme_id = k.id"
        " WHERE p.agreement_id = s.agreement_id) AS paid"
        f" FROM {staging} s WHERE s.agreement_id IS NOT NULL AND s.programme_id IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM paid_programmes p"
        " WHERE p.agreement_id = s.agreement_id AND p.programme_id = s.programme_id)"
        " AND NOT EXISTS (SELECT FROM import_agreements a WHERE a.id = s.agreement_id AND 'programmes' = ANY(a.bad))",
    )


def mark_programmes_with_slots(run: Run) -> None:
    """A programme of which there are places is one that works with places."""
    run.execute(
        "UPDATE trajectories_programme t SET has_slots = true"
        " WHERE NOT t.has_slots AND t.id IN (SELECT programme_id FROM import_slots)"
    )


SLOTS = ImportFile(
    name="slots",
    columns=(
        Text("code", required=True, most=60),
        Reference("programme", field="programme_id", required=True, to="programmes"),
        Reference("host", field="host_id", to="hosts"),
        Day("from", field="starts_on", required=True),
        Day("until", field="ends_on"),
        Number("hours_per_week", digits=3, places=2),
    ),
    key=("code",),
    model=Slot,
    in_order=(("from", "until"),),
    write=(mark_programmes_with_slots,),
)
