"""What a unit agreed that one coach has at a time: two numbers that may stay empty, in order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="caseload_from",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="What was agreed for one coach at a time; the overview draws it as a band. Empty: nothing agreed.",
                null=True,
                verbose_name="Participants per coach, from",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="caseload_to",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="Participants per coach, up to"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("caseload_from__isnull", True), ("caseload_to__isnull", True)),
                    models.Q(
                        ("caseload_from__isnull", False),
                        ("caseload_to__gte", models.F("caseload_from")),
                        ("caseload_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="unit_caseload_in_order",
                violation_error_message="Fill in both numbers of participants per coach, the lowest first.",
            ),
        ),
    ]
