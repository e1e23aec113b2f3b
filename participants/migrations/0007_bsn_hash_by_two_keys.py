"""A second column for the keyed hash of a BSN, so that its key can be rotated; and the hashes no longer in the history.

The history keeps its column, which stays empty from now on: the code of before asks for it.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0008_account_events_stay'),
        ('participants', '0006_in_one_file'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='participant',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='participant',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='participant',
            name='delete_delete',
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name='participanthistory', name='bsn_hash')],
        ),
        migrations.AddField(
            model_name='participant',
            name='bsn_hash_even',
            field=models.BinaryField(max_length=32, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "participants_participanthistory" ("attention", "attention_by_id", "attention_on", "benefit", "birth_day", "birth_month", "birth_year", "bsn", "created_at", "gender", "given_names", "home_municipality_id", "id", "language", "language_level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "provider_id", "reference", "search_name", "sort_name", "surname", "version") VALUES (NEW."attention", NEW."attention_by_id", NEW."attention_on", NEW."benefit", NEW."birth_day", NEW."birth_month", NEW."birth_year", NEW."bsn", NEW."created_at", NEW."gender", NEW."given_names", NEW."home_municipality_id", NEW."id", NEW."language", NEW."language_level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prefix", NEW."provider_id", NEW."reference", NEW."search_name", NEW."sort_name", NEW."surname", NEW."version"); RETURN NULL;', hash='a10083ce000e2d4c1662c169ae75fb68572c38a7', operation='INSERT', pgid='pgtrigger_insert_insert_068a6', table='participants_participant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."attention" IS DISTINCT FROM (NEW."attention") OR OLD."attention_by_id" IS DISTINCT FROM (NEW."attention_by_id") OR OLD."attention_on" IS DISTINCT FROM (NEW."attention_on") OR OLD."benefit" IS DISTINCT FROM (NEW."benefit") OR OLD."birth_day" IS DISTINCT FROM (NEW."birth_day") OR OLD."birth_month" IS DISTINCT FROM (NEW."birth_month") OR OLD."birth_year" IS DISTINCT FROM (NEW."birth_year") OR OLD."bsn" IS DISTINCT FROM (NEW."bsn") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."gender" IS DISTINCT FROM (NEW."gender") OR OLD."given_names" IS DISTINCT FROM (NEW."given_names") OR OLD."home_municipality_id" IS DISTINCT FROM (NEW."home_municipality_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."language_level" IS DISTINCT FROM (NEW."language_level") OR OLD."prefix" IS DISTINCT FROM (NEW."prefix") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."search_name" IS DISTINCT FROM (NEW."search_name") OR OLD."sort_name" IS DISTINCT FROM (NEW."sort_name") OR OLD."surname" IS DISTINCT FROM (NEW."surname") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "participants_participanthistory" ("attention", "attention_by_id", "attention_on", "benefit", "birth_day", "birth_month", "birth_year", "bsn", "created_at", "gender", "given_names", "home_municipality_id", "id", "language", "language_level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "provider_id", "reference", "search_name", "sort_name", "surname", "version") VALUES (NEW."attention", NEW."attention_by_id", NEW."attention_on", NEW."benefit", NEW."birth_day", NEW."birth_month", NEW."birth_year", NEW."bsn", NEW."created_at", NEW."gender", NEW."given_names", NEW."home_municipality_id", NEW."id", NEW."language", NEW."language_level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prefix", NEW."provider_id", NEW."reference", NEW."search_name", NEW."sort_name", NEW."surname", NEW."version"); RETURN NULL;', hash='0436ef27b0f26296da97adc1f8cdb85b11f82e30', operation='UPDATE', pgid='pgtrigger_update_update_c9656', table='participants_participant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "participants_participanthistory" ("attention", "attention_by_id", "attention_on", "benefit", "birth_day", "birth_month", "birth_year", "bsn", "created_at", "gender", "given_names", "home_municipality_id", "id", "language", "language_level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "provider_id", "reference", "search_name", "sort_name", "surname", "version") VALUES (OLD."attention", OLD."attention_by_id", OLD."attention_on", OLD."benefit", OLD."birth_day", OLD."birth_month", OLD."birth_year", OLD."bsn", OLD."created_at", OLD."gender", OLD."given_names", OLD."home_municipality_id", OLD."id", OLD."language", OLD."language_level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prefix", OLD."provider_id", OLD."reference", OLD."search_name", OLD."sort_name", OLD."surname", OLD."version"); RETURN NULL;', hash='807c968521d707d4ac8a8460cf335c96d1a53f0a', operation='DELETE', pgid='pgtrigger_delete_delete_9322e', table='participants_participant', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('bsn_hash_even__isnull', False)), fields=('provider', 'bsn_hash_even'), name='participant_bsn_even_once', violation_error_message='Another participant has this BSN. Check the number, or look for the file that is there already.'),
        ),
    ]
