"""What changed in how somebody signs in may be added and read, not changed: who opens a way in leaves a trace."""

from django.db import migrations

from foundation.privileges import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("organisations", "0007_second_steps")]
    operations = [AppendOnly(["AccountEvent"])]
