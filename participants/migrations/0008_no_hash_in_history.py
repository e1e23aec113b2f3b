"""Hashes of BSNs go out of the earlier versions of files: they would outlive the key that is rotated because it leaked.

The history is append-only, to its owner too: its trigger stands aside for this one statement.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("participants", "0007_bsn_hash_by_two_keys")]
    operations = [
        migrations.RunSQL(
            [
                """SELECT set_config('pgtrigger.ignore', (
                    SELECT coalesce(array_agg(tgname::text), '{}')::text FROM pg_trigger
                    WHERE tgname LIKE 'pgtrigger\\_%' AND tgrelid = 'participants_participanthistory'::regclass
                ), true)""",
                "UPDATE participants_participanthistory SET bsn_hash = NULL WHERE bsn_hash IS NOT NULL",
                "SELECT set_config('pgtrigger.ignore', '{}', true)",
            ],
            migrations.RunSQL.noop,
        ),
    ]
