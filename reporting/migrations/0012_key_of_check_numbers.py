"""Which key made the check numbers of an export: from now on it can be rotated."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0011_policies_find_no_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='statisticdelivery',
            name='lookup_key',
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
    ]
