"""A seal can be added and read by the application, not changed: a changed seal would hide a changed row."""

from django.db import migrations

from foundation.privileges import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("foundation", "0004_who_looked")]
    operations = [AppendOnly(["ReadSeal"])]
