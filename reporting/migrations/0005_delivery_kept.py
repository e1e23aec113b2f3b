"""Of each export of the statistic also a check number per line, and whether somebody confirmed the month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_privileges")]

    operations = [
        migrations.AddField(
            model_name="statisticdelivery",
            name="digests",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="statisticdelivery",
            name="is_confirmed",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
