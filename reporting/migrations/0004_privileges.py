"""Earlier versions of answers to signals, and deliveries of the statistic, can be added and read, not changed."""

from django.db import migrations

from foundation.privileges import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_life_of_report")]
    operations = [AppendOnly(["SignalAnswerHistory", "StatisticDelivery"])]
