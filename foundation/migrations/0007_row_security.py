"""What policies on rows ask, and the first of them: on the read log.

A transaction sees the events of its providers and municipalities, and those that it wrote itself: Django asks for the
number of a row that it adds. Everybody may add, also who sees nothing: a refusal has its event."""

from django.db import migrations

from foundation.row_security import FUNCTIONS, OWN, seen_by


class Migration(migrations.Migration):
    dependencies = [("foundation", "0006_work_that_waits")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION draad_providers(); DROP FUNCTION draad_municipalities(); DROP FUNCTION draad_sees_everything();",
        ),
        seen_by(
            ["foundation_readevent"],
            rows=f"""
                {OWN} OR organisation_id = ANY ((SELECT draad_providers() || draad_municipalities())::uuid[])
                OR (SELECT draad_sees_everything()) OR written_in = (SELECT pg_current_xact_id_if_assigned())
            """,
            new_rows="true",
        ),
    ]
