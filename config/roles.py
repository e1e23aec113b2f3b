"""The two database roles: who may make tables, and who may read and write rows.

The owner runs the migrations. The application's role owns nothing: it cannot drop or truncate a table, switch off a
trigger or leave row-level security, whatever a fault in our code lets someone send.
"""

from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg
from django.db import connection as django_connection
from psycopg import Connection, sql

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
SECONDS = 5
# Whose rows would not be held back by row-level security, or who could drop what holds them back.
TOO_MIGHTY = """
    SELECT rolsuper OR rolbypassrls OR EXISTS (
        SELECT FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'MEMBER')
    )
    FROM pg_roles WHERE rolname = current_user
"""


def create_role(connection: Connection[Any], name: str, *, attributes: LiteralString = "NOLOGIN") -> None:
    """Make the role when it is not there yet; an existing one keeps its attributes."""
    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {} " + attributes).format(sql.Identifier(name)))


def let_login_step_into(connection: Connection[Any], name: str) -> None:
    """Make the connected login a member of the role, so that its connections can start as that role."""
    member = connection.execute("SELECT pg_has_role(current_user, %s, 'SET')", [name]).fetchone()
    if member != (True,):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(name)))


def create_database(connection: Connection[Any], name: str, *, owner: str) -> None:
    """Make the database when it is not there yet."""
    if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(owner)))


def prepare(connection: Connection[Any], *, owner: str, application: str) -> None:
    """Give both roles what they need in the connected database: once, or again without harm."""
    for statement in statements(connection.info.dbname, owner=owner, application=application):
        connection.execute(statement)


def statements(database: str, *, owner: str, application: str) -> Sequence[sql.Composed]:
    """What `prepare` runs, one by one; also what an administrator can run by hand."""
    names = {
        "owner": sql.Identifier(owner),
        "application": sql.Identifier(application),
        "database": sql.Identifier(database),
    }
    grants = [
        "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {owner}",
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {application}",
        "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {application}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {application}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {application}",
    ]
    extensions = [sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)) for name in EXTENSIONS]
    return [*extensions, *(sql.SQL(grant).format(**names) for grant in grants)]


def refuse_too_mighty() -> None:
    """End the process, with what to do, when its database role passes row-level security by or owns a table.

    A database that does not answer is no reason: then there is nothing to see, and pages say so. The question goes over
    a connection of its own, so that a server can fork after it.
    """
    parameters = django_connection.get_connection_params() | {"connect_timeout": SECONDS}
    try:
        with psycopg.connect(**parameters) as asked:
            is_too_mighty = asked.execute(TOO_MIGHTY).fetchone()
    except psycopg.OperationalError:
        return
    if is_too_mighty != (False,):
        raise SystemExit(
            "draad: the database role of this process is a superuser, passes row-level security by or owns tables, so"
            " nothing would keep one provider's files from another. Set DATABASE_URL to the login of the application's"
            " role; manage.py prepare_database says how to make it."
        )
