"""The database shows what happens with a person to their own provider only, whatever the code forgot to ask."""

from django.db import migrations

from foundation.row_security import seen_by


class Migration(migrations.Migration):
    dependencies = [("trajectories", "0004_privileges"), ("foundation", "0007_row_security")]
    operations = [
        seen_by(
            [
                "trajectories_referral",
                "trajectories_trajectory",
                "trajectories_trajectorycoach",
                "trajectories_trajectoryevent",
                "trajectories_outcome",
                "trajectories_certificate",
                "trajectories_placement",
                "trajectories_provision",
                "trajectories_labourposition",
                "trajectories_referralhistory",
                "trajectories_trajectoryhistory",
                "trajectories_trajectorycoachhistory",
                "trajectories_trajectoryeventhistory",
                "trajectories_outcomehistory",
                "trajectories_certificatehistory",
                "trajectories_placementhistory",
                "trajectories_provisionhistory",
                "trajectories_labourpositionhistory",
            ]
        ),
    ]
