"""The database shows a report to its own provider and, once signed, to the municipalities that pay for it.

The rows behind a report, the answers to signals, the notes and the deliveries stay with the provider. Whether a report
is signed is asked past the policies: the policy on reports looks at their parts already."""

from django.db import migrations

from foundation.row_security import OWN, seen_by


class Migration(migrations.Migration):
    dependencies = [("reporting", "0008_confirmed_tranche_stands"), ("participants", "0005_row_security"), ("foundation", "0007_row_security")]
    operations = [
        seen_by(
            [
                "reporting_signalanswer",
                "reporting_signalanswerhistory",
                "reporting_statisticdelivery",
                "reporting_figurenote",
            ]
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION draad_is_signed(report uuid) RETURNS boolean LANGUAGE plpgsql COST 1000 AS $$
            DECLARE
                named text := coalesce(current_setting('draad.providers', true), '');
                signed boolean;
            BEGIN
                PERFORM set_config('draad.providers', '*', true);
                signed := EXISTS (SELECT FROM public.reporting_report r WHERE r.id = report AND r.state = 'signed');
                PERFORM set_config('draad.providers', named, true);
                RETURN signed;
            END $$
            """,
            "DROP FUNCTION draad_is_signed(uuid)",
        ),
        seen_by(
            ["reporting_reportpart"],
            rows="""
                EXISTS (SELECT FROM trajectories_agreement a WHERE a.id = agreement_id AND (
                    a.provider_id = ANY ((SELECT draad_providers())::uuid[])
                    OR a.municipality_id = ANY ((SELECT draad_municipalities())::uuid[]) AND draad_is_signed(report_id)))
            """,
        ),
        seen_by(
            ["reporting_report"],
            rows=f"""
                {OWN} OR state = 'signed' AND EXISTS (
                    SELECT FROM reporting_reportpart p JOIN trajectories_agreement a ON a.id = p.agreement_id
                     WHERE p.report_id = reporting_report.id
                       AND a.municipality_id = ANY ((SELECT draad_municipalities())::uuid[]))
            """,
        ),
        seen_by(
            ["reporting_reportevent"], rows="EXISTS (SELECT FROM reporting_report r WHERE r.id = report_id)"
        ),
        seen_by(
            ["reporting_frozentable", "reporting_reporttext"],
            rows=f"EXISTS (SELECT FROM reporting_report r WHERE r.id = report_id AND r.{OWN})",
        ),
        seen_by(
            ["reporting_reportfile"],
            rows=f"""
                EXISTS (SELECT FROM reporting_report r WHERE r.id = report_id AND (format <> 'rows' OR r.{OWN}))
                AND (part_id IS NULL OR EXISTS (SELECT FROM reporting_reportpart p WHERE p.id = part_id))
            """,
        ),
    ]
