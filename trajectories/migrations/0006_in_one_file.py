"""A trajectory and what happens in it stand in one file: all of one provider, with its programmes and agreements."""

from django.db import migrations

from foundation.row_security import in_one_file, may_be_pointed_at


class Migration(migrations.Migration):
    dependencies = [
        ("trajectories", "0005_row_security"),
        ("participants", "0006_in_one_file"),
        ("organisations", "0006_in_one_file"),
    ]
    operations = [
        may_be_pointed_at(
            [
                "trajectories_agreement",
                "trajectories_destination",
                "trajectories_endreason",
                "trajectories_programme",
                "trajectories_referral",
                "trajectories_slot",
                "trajectories_trajectory",
                "trajectories_trajectoryevent",
            ]
        ),
        in_one_file(
            {
                "trajectories_referral": {
                    "participant_id": "participants_participant",
                    "programme_id": "trajectories_programme",
                    "agreement_id": "trajectories_agreement",
                },
                "trajectories_trajectory": {
                    "participant_id": "participants_participant",
                    "programme_id": "trajectories_programme",
                    "agreement_id": "trajectories_agreement",
                    "unit_id": "organisations_unit",
                    "referral_id": "trajectories_referral",
                    "previous_id": "trajectories_trajectory",
                    "end_reason_id": "trajectories_endreason",
                    "destination_id": "trajectories_destination",
                },
                "trajectories_trajectorycoach": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                },
                "trajectories_trajectoryevent": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                    "voids_id": "trajectories_trajectoryevent",
                },
                "trajectories_outcome": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                },
                "trajectories_certificate": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                },
                "trajectories_placement": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                    "slot_id": "trajectories_slot",
                },
                "trajectories_provision": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                },
                "trajectories_labourposition": {
                    "participant_id": "participants_participant",
                },
            }
        ),
    ]
