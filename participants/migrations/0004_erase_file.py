"""What was erased and why somebody opened what is closed stays written; and the one way in which a file is erased.

The application's role may not delete history, and should not. So the owner lends it one function, which erases one
file whole: every table with a column `participant_id` now or later, what hangs on such rows, the earlier versions of
all of them, the person, and the key of the file. It erases nothing of which no row in `participants_erasedfile` says
why, and that row stays.
"""

from django.conf import settings
from django.db import migrations

from foundation.privileges import AppendOnly

ERASE = """
CREATE FUNCTION erase_file(erased uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    part record;
    gone bigint;
    counts jsonb := '{}';
    ignored text := coalesce(current_setting('pgtrigger.ignore', true), '');
BEGIN
    IF NOT EXISTS (SELECT FROM participants_erasedfile WHERE file_id = erased) THEN
        RAISE EXCEPTION 'erase_file: nothing says why % is erased', erased;
    END IF;
    -- The triggers that keep each deleted row, and those that keep the kept rows, stand aside for this.
    PERFORM set_config('pgtrigger.ignore', (
        SELECT coalesce(array_agg(tgname::text), '{}')::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger\\_%'
    ), true);
    -- Rows that hang on rows of the person without saying whose they are: links of many to many.
    FOR part IN
        SELECT link.conrelid::regclass::text AS child, own.attname AS referring, link.confrelid::regclass::text AS parent
        FROM pg_constraint link
        JOIN pg_attribute own ON own.attrelid = link.conrelid AND own.attnum = link.conkey[1]
        WHERE link.contype = 'f' AND cardinality(link.conkey) = 1
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = link.confrelid AND attname = 'participant_id')
        AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = link.conrelid AND attname = 'participant_id')
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I IN (SELECT id FROM %s WHERE participant_id = $1)',
            part.child, part.referring, part.parent) USING erased;
        GET DIAGNOSTICS gone = ROW_COUNT;
        counts := counts || jsonb_build_object(part.child, gone + coalesce((counts ->> part.child)::bigint, 0));
    END LOOP;
    FOR part IN
        SELECT of_person.attrelid::regclass::text AS name
        FROM pg_attribute of_person
        JOIN pg_class ON pg_class.oid = of_person.attrelid
        WHERE of_person.attname = 'participant_id' AND NOT of_person.attisdropped
        AND pg_class.relkind IN ('r', 'p') AND NOT pg_class.relispartition
        AND pg_class.relnamespace = 'public'::regnamespace
        ORDER BY 1
    LOOP
        EXECUTE format('DELETE FROM %s WHERE participant_id = $1', part.name) USING erased;
        GET DIAGNOSTICS gone = ROW_COUNT;
        counts := counts || jsonb_build_object(part.name, gone);
    END LOOP;
    DELETE FROM participants_participant WHERE id = erased;
    GET DIAGNOSTICS gone = ROW_COUNT;
    counts := counts || jsonb_build_object('participants_participant', gone);
    DELETE FROM participants_participanthistory WHERE id = erased;
    GET DIAGNOSTICS gone = ROW_COUNT;
    counts := counts || jsonb_build_object('participants_participanthistory', gone);
    DELETE FROM foundation_filekey WHERE file_id = erased;
    GET DIAGNOSTICS gone = ROW_COUNT;
    counts := counts || jsonb_build_object('foundation_filekey', gone);
    PERFORM set_config('pgtrigger.ignore', coalesce(nullif(ignored, ''), '{}'), true);
    RETURN counts;
END
$body$;
"""


def lend(apps, schema_editor):
    role = schema_editor.quote_name(settings.DRAAD_APP_ROLE)
    schema_editor.execute(ERASE, params=None)
    schema_editor.execute("REVOKE ALL ON FUNCTION erase_file(uuid) FROM PUBLIC")
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION erase_file(uuid) TO {role}")


def take_back(apps, schema_editor):
    schema_editor.execute("DROP FUNCTION erase_file(uuid)")


class Migration(migrations.Migration):
    dependencies = [("participants", "0003_law"), ("foundation", "0005_seals")]
    operations = [
        AppendOnly(
            [
                "ErasedFile",
                "AccessReason",
                "DisclosureHistory",
                "FileReaderHistory",
                "LegalHoldHistory",
                "PersonRequestHistory",
                "RestrictionHistory",
                "ShieldHistory",
                "StatementHistory",
            ]
        ),
        migrations.RunPython(lend, take_back),
    ]
