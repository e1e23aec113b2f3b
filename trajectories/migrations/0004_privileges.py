"""Earlier labour positions can be added and read by the application, not changed."""

from django.db import migrations

from foundation.privileges import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("trajectories", "0003_provisions")]
    operations = [AppendOnly(["LabourPositionHistory"])]
