"""A unit may be pointed at with its provider, so that nobody's file can stand with a unit of somebody else."""

from django.db import migrations

from foundation.row_security import may_be_pointed_at


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_row_security"),
    ]
    operations = [
        may_be_pointed_at(
            [
                "organisations_unit",
            ]
        ),
    ]
