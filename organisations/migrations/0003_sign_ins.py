"""Who is signed in where: by a hash of the key. What changes in an account or a role ends those of that person.

Rows are only added: the code of before goes on with its own table of sessions.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_unit_caseload'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('session_key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('signed_in_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('device', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'verbose_name': 'sign-in',
                'verbose_name_plural': 'sign-ins',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='changed_role_ends_sign_ins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='DELETE FROM organisations_signin WHERE staff_member_id = OLD.staff_member_id; RETURN NULL;', hash='47f333070342fae8eb15e1384f14fdc6bef98b00', operation='UPDATE', pgid='pgtrigger_changed_role_ends_sign_ins_23ab8', table='organisations_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='lost_role_ends_sign_ins', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM organisations_signin WHERE staff_member_id = OLD.staff_member_id; RETURN NULL;', hash='69739f2fe76fd47f7cc8d75d5bebeff44c41a611', operation='DELETE', pgid='pgtrigger_lost_role_ends_sign_ins_7650a', table='organisations_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffmember',
            trigger=pgtrigger.compiler.Trigger(name='account_ends_sign_ins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."password" IS DISTINCT FROM (NEW."password"))', func='DELETE FROM organisations_signin WHERE staff_member_id = OLD.id; RETURN NULL;', hash='ba9bff81de7f140c0c6f6e162c3ed2e517484d31', operation='UPDATE', pgid='pgtrigger_account_ends_sign_ins_46f29', table='organisations_staffmember', when='AFTER')),
        ),
        migrations.AddField(
            model_name='signin',
            name='staff_member',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='signin',
            constraint=models.CheckConstraint(condition=models.Q(('session_key__regex', '^[0-9a-f]{64}$')), name='sign_in_key_is_hashed'),
        ),
    ]
