"""Earlier versions of rows, and events, can be added and read by the application, not changed."""

from django.db import migrations

from foundation.privileges import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("trajectories", "0001_initial")]
    operations = [AppendOnly(["CertificateHistory", "OutcomeHistory", "PlacementHistory", "ProvisionHistory", "ReferralHistory", "TrajectoryCoachHistory", "TrajectoryEventHistory", "TrajectoryHistory", "TrajectoryEvent"], but={"TrajectoryEvent": ["note"]})]
