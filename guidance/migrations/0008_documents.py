"""Papers in a file: letters, certificates, what was signed. Their content stands in no earlier version."""

import django.db.models.deletion
import foundation.encryption
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guidance', '0007_in_one_file'),
        ('organisations', '0008_account_events_stay'),
        ('participants', '0006_in_one_file'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('trajectories', '0006_in_one_file'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('letter', 'Letter'), ('certificate', 'Certificate'), ('signed', 'Signed plan or agreement'), ('other', 'Something else')], max_length=12)),
                ('title', foundation.encryption.SealedTextField(file='participant_id', verbose_name='What it is about')),
                ('dated_on', models.DateField()),
                ('format', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'Photo'), ('png', 'Picture')], max_length=4)),
                ('size', models.PositiveIntegerField(help_text='In bytes.')),
                ('content', foundation.encryption.SealedTextField(file='participant_id', help_text='In letters and digits.')),
                ('state', models.CharField(choices=[('waiting', 'Being looked at'), ('ready', 'Can be opened'), ('refused', 'Thrown away')], default='waiting', max_length=8)),
                ('looked_at', models.DateTimeField(null=True)),
                ('scanned_at', models.DateTimeField(help_text='When the virus scanner found nothing in it.', null=True)),
                ('unanswered_at', models.DateTimeField(help_text='When the virus scanner last gave no answer.', null=True)),
                ('finding', models.CharField(blank=True, help_text='What the virus scanner calls what it found.', max_length=100)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('certificate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='documents', to='trajectories.certificate')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='participants.participant')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-dated_on', '-recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DocumentHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('letter', 'Letter'), ('certificate', 'Certificate'), ('signed', 'Signed plan or agreement'), ('other', 'Something else')], max_length=12)),
                ('title', foundation.encryption.SealedTextField(file='participant_id', verbose_name='What it is about')),
                ('dated_on', models.DateField()),
                ('format', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'Photo'), ('png', 'Picture')], max_length=4)),
                ('size', models.PositiveIntegerField(help_text='In bytes.')),
                ('state', models.CharField(choices=[('waiting', 'Being looked at'), ('ready', 'Can be opened'), ('refused', 'Thrown away')], default='waiting', max_length=8)),
                ('looked_at', models.DateTimeField(null=True)),
                ('scanned_at', models.DateTimeField(help_text='When the virus scanner found nothing in it.', null=True)),
                ('finding', models.CharField(blank=True, help_text='What the virus scanner calls what it found.', max_length=100)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('certificate', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='trajectories.certificate')),
                ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.participant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', related_query_name='history', to='guidance.document')),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['participant', '-dated_on'], name='document_newest'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['state', 'recorded_at'], name='document_state'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), ('content__isnull', True), _connector='OR'), name='document_refused_is_empty'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guidance_documenthistory" ("certificate_id", "dated_on", "finding", "format", "id", "kind", "looked_at", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recorded_at", "recorded_by_id", "scanned_at", "size", "state", "title") VALUES (NEW."certificate_id", NEW."dated_on", NEW."finding", NEW."format", NEW."id", NEW."kind", NEW."looked_at", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."recorded_at", NEW."recorded_by_id", NEW."scanned_at", NEW."size", NEW."state", NEW."title"); RETURN NULL;', hash='b3e2b0e73b10a79bb834c43e7ccb9897488b4281', operation='INSERT', pgid='pgtrigger_insert_insert_d73d4', table='guidance_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."certificate_id" IS DISTINCT FROM (NEW."certificate_id") OR OLD."dated_on" IS DISTINCT FROM (NEW."dated_on") OR OLD."finding" IS DISTINCT FROM (NEW."finding") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."looked_at" IS DISTINCT FROM (NEW."looked_at") OR OLD."participant_id" IS DISTINCT FROM (NEW."participant_id") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."scanned_at" IS DISTINCT FROM (NEW."scanned_at") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "guidance_documenthistory" ("certificate_id", "dated_on", "finding", "format", "id", "kind", "looked_at", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recorded_at", "recorded_by_id", "scanned_at", "size", "state", "title") VALUES (NEW."certificate_id", NEW."dated_on", NEW."finding", NEW."format", NEW."id", NEW."kind", NEW."looked_at", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."recorded_at", NEW."recorded_by_id", NEW."scanned_at", NEW."size", NEW."state", NEW."title"); RETURN NULL;', hash='2758b0fd321517c579c425dcef61ecf95e5ee371', operation='UPDATE', pgid='pgtrigger_update_update_77fd4', table='guidance_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guidance_documenthistory" ("certificate_id", "dated_on", "finding", "format", "id", "kind", "looked_at", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recorded_at", "recorded_by_id", "scanned_at", "size", "state", "title") VALUES (OLD."certificate_id", OLD."dated_on", OLD."finding", OLD."format", OLD."id", OLD."kind", OLD."looked_at", OLD."participant_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."recorded_at", OLD."recorded_by_id", OLD."scanned_at", OLD."size", OLD."state", OLD."title"); RETURN NULL;', hash='c4a0728b5e58fb4feb5baf4c22a1e3dc5e7a867a', operation='DELETE', pgid='pgtrigger_delete_delete_be616', table='guidance_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5b6846a6db7694939ab66f821f9ab464125b6e57', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_779cf', table='guidance_documenthistory', when='BEFORE')),
        ),
    ]
