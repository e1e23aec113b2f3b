"""The read log can be added to and read by the application, not changed."""

from django.db import migrations

from foundation.privileges import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_initial")]
    operations = [AppendOnly(["ReadEvent"])]
