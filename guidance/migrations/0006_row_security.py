"""The database shows the guidance of a person to their own provider only, whatever the code forgot to ask.

Who is in a group and what a session was about stand in tables without a provider: there both sides count, and they must
be of one provider."""

from django.db import migrations

from foundation.row_security import seen_by


class Migration(migrations.Migration):
    dependencies = [("guidance", "0005_instruments"), ("trajectories", "0005_row_security"), ("foundation", "0007_row_security")]
    operations = [
        seen_by(
            [
                "guidance_assessment",
                "guidance_score",
                "guidance_halfdayattendance",
                "guidance_goal",
                "guidance_goalstep",
                "guidance_goalrating",
                "guidance_actionpoint",
                "guidance_session",
                "guidance_assessmenthistory",
                "guidance_scorehistory",
                "guidance_halfdayattendancehistory",
                "guidance_goalhistory",
                "guidance_goalstephistory",
                "guidance_goalratinghistory",
                "guidance_actionpointhistory",
                "guidance_sessionhistory",
                "guidance_group",
            ]
        ),
        seen_by(
            ["guidance_group_trajectories"],
            rows="""
                EXISTS (SELECT FROM guidance_group g JOIN trajectories_trajectory t ON t.provider_id = g.provider_id
                         WHERE g.id = group_id AND t.id = trajectory_id)
            """,
        ),
        seen_by(
            ["guidance_session_goals"],
            rows="""
                EXISTS (SELECT FROM guidance_session s JOIN guidance_goal g ON g.participant_id = s.participant_id
                         WHERE s.id = session_id AND g.id = goal_id)
            """,
        ),
        seen_by(["guidance_groupday"], rows="EXISTS (SELECT FROM guidance_group g WHERE g.id = group_id)"),
    ]
