"""Earlier versions of rows, and events, can be added and read by the application, not changed."""

from django.db import migrations

from foundation.privileges import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial")]
    operations = [AppendOnly(["NetworkContactHistory", "ParticipantHistory", "ParticipantUnitHistory", "SupportNeedHistory", "TargetGroupFlagHistory"])]
