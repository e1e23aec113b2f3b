"""The second step of a sign-in, organisations that sign their own people in, and a log of both. Tables are only added."""

import django.contrib.postgres.fields
import django.db.models.deletion
import foundation.encryption
import uuid
from django.conf import settings
from django.db import migrations, models
from foundation.first_migration import FirstMigration


class Migration(FirstMigration):

    initial = False  # one step, as a first migration: it makes many tables

    dependencies = [
        ('organisations', '0006_in_one_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='StepGuesses',
            fields=[
                ('staff_member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='guesses', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('failures', models.PositiveIntegerField(db_default=0, default=0)),
                ('wait_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='IdentityProvider',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('issuer', models.URLField(max_length=300, unique=True)),
                ('client_id', models.CharField(max_length=200)),
                ('client_secret', foundation.encryption.SealedTextField(file='id')),
                ('acr_values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('amr_values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('scope', models.CharField(default='openid email profile', max_length=200)),
                ('groups_claim', models.CharField(default='groups', max_length=100)),
                ('email_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ('is_active', models.BooleanField(default=True)),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='identity_provider', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'identity provider',
                'verbose_name_plural': 'identity providers',
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.URLField(max_length=300)),
                ('subject', models.CharField(max_length=255)),
                ('bound_at', models.DateTimeField(auto_now_add=True)),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to=settings.AUTH_USER_MODEL)),
                ('identity_provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to='organisations.identityprovider')),
            ],
            options={
                'verbose_name': 'identity',
                'verbose_name_plural': 'identities',
            },
        ),
        migrations.CreateModel(
            name='GroupRole',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group', models.CharField(max_length=200)),
                ('role', models.CharField(choices=[('coach', 'Job coach'), ('unit_manager', 'Unit manager'), ('municipal_officer', 'Municipal officer'), ('functional_manager', 'Functional manager'), ('privacy_officer', 'Privacy officer')], max_length=20)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('identity_provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_roles', to='organisations.identityprovider')),
            ],
            options={
                'verbose_name': 'role of a group',
                'verbose_name_plural': 'roles of groups',
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('hashed', models.CharField(max_length=64, unique=True)),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'recovery code',
                'verbose_name_plural': 'recovery codes',
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('app', 'App with codes'), ('passkey', 'Passkey')], max_length=10)),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('secret', foundation.encryption.SealedTextField(file='staff_member_id')),
                ('credential_id', models.BinaryField(null=True, unique=True)),
                ('credential', models.BinaryField(null=True)),
                ('uses', models.PositiveBigIntegerField(db_default=0)),
                ('last_step', models.BigIntegerField(db_default=0)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='second_factors', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'second step',
                'verbose_name_plural': 'second steps',
            },
        ),
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('change', models.CharField(choices=[('factor_added', 'A second step was added'), ('factor_removed', 'A second step was removed'), ('factors_reset', 'All second steps were removed for you'), ('codes_renewed', 'New recovery codes were made'), ('code_used', 'A recovery code was used'), ('password_changed', 'The password was changed'), ('identity_bound', 'Logging in goes through the organisation from now on')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('happened_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'change of an account',
                'verbose_name_plural': 'changes of accounts',
                'indexes': [models.Index(fields=['staff_member', 'happened_at'], name='account_event_of_member')],
            },
        ),
        migrations.AddConstraint(
            model_name='identityprovider',
            constraint=models.CheckConstraint(condition=models.Q(('acr_values__len__gt', 0), ('amr_values__len__gt', 0), _connector='OR'), name='identity_provider_demands_second_step'),
        ),
        migrations.AddConstraint(
            model_name='identityprovider',
            constraint=models.CheckConstraint(condition=models.Q(('email_domains__len__gt', 0)), name='identity_provider_has_domains'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('issuer', 'subject'), name='identity_subject_once'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('identity_provider', 'staff_member'), name='identity_member_once'),
        ),
        migrations.AddConstraint(
            model_name='grouprole',
            constraint=models.UniqueConstraint(fields=('identity_provider', 'group', 'role', 'unit'), name='group_role_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='grouprole',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['coach', 'unit_manager']), ('unit__isnull', False)), models.Q(models.Q(('role__in', ['coach', 'unit_manager']), _negated=True), ('unit__isnull', True)), _connector='OR'), name='group_role_unit_for_unit_roles'),
        ),
        migrations.AddConstraint(
            model_name='secondfactor',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('kind', 'app')), fields=('staff_member',), name='second_factor_one_app_begun'),
        ),
        migrations.AddConstraint(
            model_name='secondfactor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('credential_id__isnull', True), ('kind', 'app'), ('secret__isnull', False)), models.Q(('credential_id__isnull', False), ('kind', 'passkey'), ('secret__isnull', True)), _connector='OR'), name='second_factor_is_one_thing'),
        ),
    ]
