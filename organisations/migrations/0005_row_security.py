"""An uploaded folder holds files of people, so the database shows it to its own provider only."""

from django.db import migrations

from foundation.row_security import seen_by


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_folder_imports"), ("foundation", "0007_row_security")]
    operations = [
        seen_by(["organisations_folderimport"]),
    ]
