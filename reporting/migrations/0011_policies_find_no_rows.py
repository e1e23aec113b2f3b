"""Policies judge the rows that a query finds, and are no longer a way to find them.

A database that was made before today has the plain condition, by which the planner fetched all rows of a provider once
for every row of another table while the tables had not been counted yet: freezing a report over a folder that was just
imported took three times as long. Databases made since have it so already.
"""

from django.db import migrations

from foundation.row_security import OWN_ROW


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0010_in_one_file"),
        ("guidance", "0006_row_security"),
        ("organisations", "0005_row_security"),
        ("participants", "0005_row_security"),
        ("trajectories", "0005_row_security"),
    ]
    operations = [
        migrations.RunSQL(
            f"""
            DO $$
            DECLARE
                plain record;
            BEGIN
                FOR plain IN SELECT tablename FROM pg_policies WHERE schemaname = 'public' AND policyname = 'seen_by'
                    AND qual = '(provider_id = ANY (( SELECT draad_providers() AS draad_providers)::uuid[]))'
                LOOP
                    EXECUTE format('ALTER POLICY seen_by ON %I USING ({OWN_ROW})', plain.tablename);
                END LOOP;
            END $$
            """,
            migrations.RunSQL.noop,
        )
    ]
