"""A confirmed tranche and what it demands stay as they were: the reports made by them must be understood later.

Only the day on which it ends may still be filled in, when the next tranche begins.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_signed_report_is_complete")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="requirement",
            trigger=pgtrigger.compiler.Trigger(
                name="confirmed_demand_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'UPDATE' THEN\n                IF OLD.ends_on IS NULL AND to_jsonb(OLD) - 'ends_on' = to_jsonb(NEW) - 'ends_on' THEN RETURN NEW; END IF;\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                IF EXISTS (SELECT 1 FROM reporting_tranche t WHERE t.confirmed_at IS NOT NULL AND t.id = OLD.tranche_id) THEN \n    RAISE EXCEPTION 'A confirmed tranche stays as it is.' USING ERRCODE = 'restrict_violation';\n END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            IF EXISTS (SELECT 1 FROM reporting_tranche t WHERE t.confirmed_at IS NOT NULL AND t.id = NEW.tranche_id) THEN \n    RAISE EXCEPTION 'A confirmed tranche stays as it is.' USING ERRCODE = 'restrict_violation';\n END IF;\n            RETURN NEW;\n        ",
                    hash="25220b703cc65a7dd264e8a66b5968c9d9af8b35",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_confirmed_demand_stands_48c3d",
                    table="reporting_requirement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tranche",
            trigger=pgtrigger.compiler.Trigger(
                name="confirmed_tranche_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."confirmed_at" IS NOT NULL)',
                    func="\n            IF TG_OP = 'UPDATE' THEN\n                IF OLD.ends_on IS NULL AND to_jsonb(OLD) - 'ends_on' = to_jsonb(NEW) - 'ends_on' THEN RETURN NEW; END IF;\n            END IF;\n            \n    RAISE EXCEPTION 'A confirmed tranche stays as it is.' USING ERRCODE = 'restrict_violation';\n\n        ",
                    hash="b939284a668b83a460e16a8e65c16bebcecfee72",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_confirmed_tranche_stands_1620b",
                    table="reporting_tranche",
                    when="BEFORE",
                ),
            ),
        ),
    ]
