"""To a signed report no file, part, text or frozen row is added, nor moved into it.

Until now only what was there could not be changed, so that a file could be added that nobody had signed.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_consent_and_role")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="frozentable",
            name="signed_rows_stand",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reportevent",
            name="signed_events_stand",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reportfile",
            name="signed_file_stands",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reportpart",
            name="signed_part_stands",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reporttext",
            name="signed_text_stands",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="frozentable",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_rows_stand",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP <> 'INSERT' THEN\n                IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = OLD.report_id AND r.state = 'signed') THEN\n                    RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            PERFORM 1 FROM reporting_report r WHERE r.id = NEW.report_id FOR SHARE;\n            IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = NEW.report_id AND r.state = 'signed') THEN\n                RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="5c188b58264be3389bb4862867e2497c8131547b",
                    operation="UPDATE OR DELETE OR INSERT",
                    pgid="pgtrigger_signed_rows_stand_cc355",
                    table="reporting_frozentable",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportevent",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_events_stand",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP <> 'INSERT' THEN\n                IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = OLD.report_id AND r.state = 'signed') THEN\n                    RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            PERFORM 1 FROM reporting_report r WHERE r.id = NEW.report_id FOR SHARE;\n            IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = NEW.report_id AND r.state = 'signed') THEN\n                RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="58a536a7afbcfa29aed4a05a25b91731ce094f46",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_signed_events_stand_58035",
                    table="reporting_reportevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportfile",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_file_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP <> 'INSERT' THEN\n                IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = OLD.report_id AND r.state = 'signed') THEN\n                    RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            PERFORM 1 FROM reporting_report r WHERE r.id = NEW.report_id FOR SHARE;\n            IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = NEW.report_id AND r.state = 'signed') THEN\n                RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="549bcac4dd86b5b6756c1187a7f1a2beedde9d06",
                    operation="UPDATE OR DELETE OR INSERT",
                    pgid="pgtrigger_signed_file_stands_e96a7",
                    table="reporting_reportfile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpart",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_part_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP <> 'INSERT' THEN\n                IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = OLD.report_id AND r.state = 'signed') THEN\n                    RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            PERFORM 1 FROM reporting_report r WHERE r.id = NEW.report_id FOR SHARE;\n            IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = NEW.report_id AND r.state = 'signed') THEN\n                RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="2481e1b9f2155dd55a8d7e3458f4a3e2f142881e",
                    operation="UPDATE OR DELETE OR INSERT",
                    pgid="pgtrigger_signed_part_stands_0a508",
                    table="reporting_reportpart",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reporttext",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_text_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP <> 'INSERT' THEN\n                IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = OLD.report_id AND r.state = 'signed') THEN\n                    RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            PERFORM 1 FROM reporting_report r WHERE r.id = NEW.report_id FOR SHARE;\n            IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = NEW.report_id AND r.state = 'signed') THEN\n                RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="d8ed60425228c94a5c2006ece572e3ba2e7d10ff",
                    operation="UPDATE OR DELETE OR INSERT",
                    pgid="pgtrigger_signed_text_stands_810a8",
                    table="reporting_reporttext",
                    when="BEFORE",
                ),
            ),
        ),
    ]
