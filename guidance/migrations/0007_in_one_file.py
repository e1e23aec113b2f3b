"""Guidance stands in one file: a session of one provider cannot point at a person or trajectory of another."""

from django.db import migrations

from foundation.row_security import in_one_file, may_be_pointed_at


class Migration(migrations.Migration):
    dependencies = [
        ("guidance", "0006_row_security"),
        ("trajectories", "0006_in_one_file"),
        ("participants", "0006_in_one_file"),
        ("organisations", "0006_in_one_file"),
    ]
    operations = [
        may_be_pointed_at(
            [
                "guidance_assessment",
                "guidance_goal",
                "guidance_group",
            ]
        ),
        in_one_file(
            {
                "guidance_assessment": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                },
                "guidance_score": {
                    "participant_id": "participants_participant",
                    "assessment_id": "guidance_assessment",
                },
                "guidance_group": {
                    "unit_id": "organisations_unit",
                    "programme_id": "trajectories_programme",
                },
                "guidance_halfdayattendance": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                    "group_id": "guidance_group",
                },
                "guidance_goal": {
                    "participant_id": "participants_participant",
                },
                "guidance_goalstep": {
                    "participant_id": "participants_participant",
                    "goal_id": "guidance_goal",
                },
                "guidance_goalrating": {
                    "participant_id": "participants_participant",
                    "goal_id": "guidance_goal",
                },
                "guidance_actionpoint": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                },
                "guidance_session": {
                    "participant_id": "participants_participant",
                    "trajectory_id": "trajectories_trajectory",
                },
            }
        ),
    ]
