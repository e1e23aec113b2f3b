"""What every later table needs: the extensions, and the rights of the application's role.

Runs before the tables of the packages too, so that their tables open to the application's role.
"""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from foundation.privileges import OpenSchema


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    run_before = [
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
        ("pghistory", "0001_initial"),
        ("organisations", "0001_initial"),
    ]
    operations = [OpenSchema(), TrigramExtension(), BtreeGistExtension(), UnaccentExtension()]
