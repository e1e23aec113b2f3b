"""Papers are seen by their own provider only, point into its own files only, and what was there stays written.

As every table of a person: the policy of the database, keys over provider and id together, and a history that the
application can add to and read. The certificate that a paper may belong to must be one that can be pointed at so.
"""

from django.db import migrations

from foundation.privileges import AppendOnly
from foundation.row_security import in_one_file, may_be_pointed_at, seen_by


class Migration(migrations.Migration):
    dependencies = [("guidance", "0008_documents")]
    operations = [
        AppendOnly(["DocumentHistory"]),
        seen_by(["guidance_document", "guidance_documenthistory"]),
        may_be_pointed_at(["trajectories_certificate"]),
        in_one_file(
            {
                "guidance_document": {
                    "participant_id": "participants_participant",
                    "certificate_id": "trajectories_certificate",
                },
            }
        ),
    ]
