"""Of whom a story has consent and who noted it, and in which role a report was signed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0005_delivery_kept"),
        ("trajectories", "0004_privileges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="signed_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("coach", "Job coach"),
                    ("unit_manager", "Unit manager"),
                    ("municipal_officer", "Municipal officer"),
                    ("functional_manager", "Functional manager"),
                    ("privacy_officer", "Privacy officer"),
                ],
                db_default="",
                default="",
                help_text="In which role it was signed.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="reporttext",
            name="consent_noted_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who asked for it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reporttext",
            name="consent_of",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                blank=True,
                db_default=models.Value(
                    [], django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)
                ),
                default=list,
                help_text="The files of who agreed to this story. Their names stand in no report.",
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="tranche",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tranches",
                to="trajectories.agreement",
                verbose_name="Agreement",
            ),
        ),
    ]
