"""Steps of migrations that put up two fences around rows: whose rows are seen, and into whose file a row may point.

The third, the querysets of the apps, stands before them: these two hold also where a queryset forgot something.
"""

from collections.abc import Mapping, Sequence

from django.db.migrations import RunSQL

OWN = "provider_id = ANY ((SELECT draad_providers())::uuid[])"
"""A row of one of the providers that the transaction names. The sub-select is reckoned once for each statement."""

OWN_ROW = f"CASE WHEN {OWN} THEN true ELSE false END"
"""The same, looked at for each row that a query finds by its own conditions, and never a way to find rows.

As a plain condition it invites the planner to fetch all rows of a provider, for every row of another table again,
as long as nobody has counted the tables: a report over what has just been imported took three times as long.
"""

FUNCTIONS = """
    CREATE FUNCTION draad_providers() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    DECLARE
        named text := current_setting('draad.providers', true);
    BEGIN
        IF named = '*' THEN
            RETURN ARRAY(SELECT id FROM public.organisations_organisation WHERE kind = 'provider');
        END IF;
        RETURN string_to_array(named, ',')::uuid[];
    END $$;
    CREATE FUNCTION draad_municipalities() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    BEGIN
        RETURN string_to_array(current_setting('draad.municipalities', true), ',')::uuid[];
    END $$;
    CREATE FUNCTION draad_sees_everything() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    BEGIN
        RETURN coalesce(current_setting('draad.providers', true) = '*', false);
    END $$;
"""
"""What policies ask: what ``foundation.rows`` said at the beginning of the transaction. Nothing said is nobody's."""


def seen_by(tables: Sequence[str], rows: str = OWN_ROW, new_rows: str = "") -> RunSQL:
    """Show and take rows of these tables only as a condition says, to the owner of the tables too.

    Args:
        tables: their names in the database.
        rows: the condition on a row; left out, it is of a provider that the transaction names.
        new_rows: the condition on a row that is written; left out, the same.
    """
    up, down = [], []
    for table in tables:
        up += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY seen_by ON {table} USING ({rows}) WITH CHECK ({new_rows or rows})",
        ]
        down += [
            f"DROP POLICY seen_by ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY",
        ]
    return RunSQL(tuple(up), tuple(down))


def may_be_pointed_at(tables: Sequence[str]) -> RunSQL:
    """Make provider and id unique together in these tables, which a key over both needs."""
    return RunSQL(
        [f"CREATE UNIQUE INDEX {table}_in_file ON {table} (provider_id, id)" for table in tables],
        [f"DROP INDEX {table}_in_file" for table in tables],
    )


def in_one_file(keys: Mapping[str, Mapping[str, str]]) -> RunSQL:
    """Let a row point only at rows of its own provider: a foreign key over provider and id together.

    Django's own key on the id alone stays: Django looks for it when it changes the column.

    Args:
        keys: by table, each column with the table that it points at.
    """
    each = [(table, column, parent) for table, columns in keys.items() for column, parent in columns.items()]
    return RunSQL(
        [
            f"ALTER TABLE {table} ADD CONSTRAINT {one_file(table, column)}"
            f" FOREIGN KEY (provider_id, {column}) REFERENCES {parent} (provider_id, id) DEFERRABLE INITIALLY DEFERRED"
            for table, column, parent in each
        ],
        [f"ALTER TABLE {table} DROP CONSTRAINT {one_file(table, column)}" for table, column, _parent in each],
    )


def one_file(table: str, column: str) -> str:
    """Return the name of the key of a column over provider and id. PostgreSQL cuts names at 63 letters."""
    return f"{table.partition('_')[2]}_{column}_one_file"
