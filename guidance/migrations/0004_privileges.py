"""Earlier versions of rows, and events, can be added and read by the application, not changed."""

from django.db import migrations

from foundation.privileges import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_initial")]
    operations = [AppendOnly(["ActionPointHistory", "AssessmentHistory", "GoalHistory", "GoalRatingHistory", "GoalStepHistory", "HalfDayAttendanceHistory", "ScoreHistory", "SessionHistory"])]
