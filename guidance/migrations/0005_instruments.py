"""The instruments that are built in. Their dimensions and scoring stand in guidance.scoring."""

from django.db import migrations

INSTRUMENTS = [
    ("Participatieladder", "ladder", "Participatieladder"),
    ("Zelfredzaamheid-Matrix", "zrm2017", "Zelfredzaamheid-Matrix 2017"),
    ("Eenzaamheidsschaal De Jong Gierveld", "djg6", "Eenzaamheidsschaal De Jong Gierveld (6 vragen)"),
    ("WHO-5", "who5", "WHO-5 (welbevinden)"),
]


def add_instruments(apps, schema_editor):
    instruments = apps.get_model("guidance", "Instrument")
    versions = apps.get_model("guidance", "InstrumentVersion")
    for name, slug, version in INSTRUMENTS:
        if not versions.objects.filter(slug=slug).exists():
            versions.objects.create(instrument=instruments.objects.create(name=name), slug=slug, name=version)


def remove_instruments(apps, schema_editor):
    versions = apps.get_model("guidance", "InstrumentVersion").objects.filter(slug__in=[row[1] for row in INSTRUMENTS])
    kept = list(versions.values_list("instrument_id", flat=True))
    versions.delete()
    apps.get_model("guidance", "Instrument").objects.filter(id__in=kept, versions=None).delete()


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_privileges")]
    operations = [
        # With row-level security on, a change that touches no rows would pass for one that is done.
        migrations.RunSQL("SET LOCAL row_security = off", migrations.RunSQL.noop),
        migrations.RunPython(add_instruments, remove_instruments),
    ]
