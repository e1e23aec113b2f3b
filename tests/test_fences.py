"""Three fences around rows: the querysets of the apps, the policies of the database, and keys that stay in one file.

Made from the models: a new table that is of a provider, or points at a row of somebody, fails here until a migration
puts it behind the fences (``foundation.row_security``), or it stands below with the reason why it need not.
"""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from foundation.row_security import one_file

pytestmark = pytest.mark.django_db

OUTSIDE = {
    "organisations_organisation": "who the providers and municipalities are; signing in asks before anybody is known",
    "organisations_unit": "the parts of a provider: no person",
    "trajectories_programme": "what a provider offers: no person",
    "trajectories_agreement": "what a municipality pays for: no person, and its officers read it",
    "trajectories_destination": "a list of choices of a provider",
    "trajectories_endreason": "a list of choices of a provider",
    "trajectories_outcomelabel": "a list of choices of a provider",
    "trajectories_slot": "a place at a host, whoever takes it; who takes it is behind the fence",
    "guidance_instrument": "a questionnaire: no answers",
    "reporting_reportschedule": "when reports are made: no person",
    "reporting_statisticsetting": "how the statistic is delivered: no person",
    "participants_processingactivity": "the register of processing: no person",
    "participants_retentionclass": "how long files are kept: no person",
    "foundation_job": "ids only; the worker reads whose work it is before it can see anything of it",
}


def of_models() -> dict[str, type[models.Model]]:
    """Every table of a model, history and links of many to many included."""
    there = set(connection.introspection.table_names())
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {table: model for table, model in found.items() if table in there and not model._meta.proxy}


def behind_the_fence(asked: Any = connection) -> set[str]:
    """The tables whose rows the database shows by a policy, to its owner too."""
    with asked.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity"
            " AND relforcerowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)"
        )
        return {row[0] for row in cursor}


def of_somebody(model: type[models.Model], fenced: set[str]) -> bool:
    """Whether rows of a model are of a provider, or point at rows behind the fence."""
    fields = model._meta.local_fields
    points = any(field.related_model and field.related_model._meta.db_table in fenced for field in fields)
    return points or any(field.column == "provider_id" for field in fields)


def test_what_is_of_somebody_is_behind_the_fence_or_says_why_not() -> None:
    fenced = behind_the_fence()
    personal = {table for table, model in of_models().items() if of_somebody(model, fenced)}
    assert personal - fenced - OUTSIDE.keys() == set(), "foundation.row_security.seen_by, in a migration"
    assert OUTSIDE.keys() & fenced == set()
    assert OUTSIDE.keys() - of_models().keys() == set()


def test_a_policy_judges_rows_and_is_no_way_to_find_them() -> None:
    """A condition that an index can answer makes queries slow as long as the tables are not counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, qual FROM pg_policies WHERE qual LIKE '(provider\\_id = ANY%%'")
        assert cursor.fetchall() == [], "rows=OWN_ROW, or none said, in foundation.row_security.seen_by"
        cursor.execute("SELECT count(*) FROM pg_policies WHERE qual LIKE '%%CASE%%provider\\_id = ANY%%'")
        assert cursor.fetchone()[0] > 60


def keys_of_files() -> list[tuple[str, str, str]]:
    """Each column of a row behind the fence that points at another row of a provider: table, column, pointed at."""
    fenced = behind_the_fence()
    return [
        (table, field.column, field.related_model._meta.db_table)
        for table, model in of_models().items()
        if table in fenced and has_provider(model)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and not is_loose(field) and has_provider(field.related_model)
    ]


def is_loose(field: Any) -> bool:
    """Whether a key is only a note of an id: history may tell of rows that are gone."""
    return not field.db_constraint


def has_provider(model: type[models.Model]) -> bool:
    """Whether each row of a model is of a provider, by a key."""
    fields = {field.name: field for field in model._meta.local_fields}
    return "provider" in fields and fields["provider"].is_relation and not fields["provider"].null


def keys_in_database(asked: Any = connection) -> dict[tuple[str, str], str]:
    """The keys over provider and one more column, by table and that column: to provider and id of which table."""
    with asked.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.conrelid::regclass::text, own.attname, c.confrelid::regclass::text
              FROM pg_constraint c
              JOIN pg_attribute own ON own.attrelid = c.conrelid AND own.attnum = c.conkey[2]
              JOIN pg_attribute whose ON whose.attrelid = c.conrelid AND whose.attnum = c.conkey[1]
              JOIN pg_attribute theirs ON theirs.attrelid = c.confrelid AND theirs.attnum = c.confkey[1]
              JOIN pg_attribute id ON id.attrelid = c.confrelid AND id.attnum = c.confkey[2]
             WHERE c.contype = 'f' AND cardinality(c.conkey) = 2 AND c.convalidated
               AND whose.attname = 'provider_id' AND theirs.attname = 'provider_id' AND id.attname = 'id'
            """
        )
        return {(table, column): parent for table, column, parent in cursor}


def test_every_row_points_into_its_own_providers_files_only() -> None:
    there = keys_in_database()
    wanted = keys_of_files()
    assert len(wanted) > 50
    missing = [(table, column) for table, column, parent in wanted if there.get((table, column)) != parent]
    assert missing == [], "foundation.row_security.in_one_file, in a migration"
    assert all(len(one_file(table, column)) <= 63 for table, column, _parent in wanted)
