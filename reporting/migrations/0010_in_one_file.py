"""A report follows its own provider's schedule and reports, and an answer to a signal its own provider's file."""

from django.db import migrations

from foundation.row_security import in_one_file, may_be_pointed_at


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0009_row_security"),
        ("trajectories", "0006_in_one_file"),
        ("participants", "0006_in_one_file"),
        ("organisations", "0006_in_one_file"),
    ]
    operations = [
        may_be_pointed_at(
            [
                "reporting_report",
                "reporting_reportschedule",
            ]
        ),
        in_one_file(
            {
                "reporting_report": {
                    "schedule_id": "reporting_reportschedule",
                    "replaces_id": "reporting_report",
                },
                "reporting_signalanswer": {
                    "participant_id": "participants_participant",
                },
                "reporting_figurenote": {
                    "unit_id": "organisations_unit",
                },
            }
        ),
    ]
