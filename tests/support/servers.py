"""PostgreSQL and Valkey of one test run: started once, by the process that hands out the tests, and shared."""

import os
import shutil
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from config import roles
from config.embedded.postgres import APPLICATION, DATABASE, OWNER, Postgres
from config.embedded.valkey import Valkey
from tests.support.home import home

TESTER = "draad_test"
# Rows that migrations wrote lie here in every test database, so that a reset can put them back.
REFERENCE = "reference"

_mine: list[Postgres | Valkey] = []


def start() -> None:
    """Start both servers and make the template database; nothing to do when it is done."""
    if "DRAAD_TEST_POSTGRES" in os.environ:
        return
    (home() / "log").mkdir(exist_ok=True)
    postgres = Postgres(home() / "postgres", log=home() / "log" / "postgres.log", durable=False)
    valkey = Valkey(log=home() / "log" / "valkey.log")
    _mine.extend([postgres, valkey])
    postgres.start()
    valkey.start()
    os.environ["DRAAD_TEST_POSTGRES"] = str(postgres.folder)
    os.environ["DRAAD_TEST_VALKEY"] = str(valkey.socket)
    _make_template()


def stop() -> None:
    """Stop what this process started and throw its data away."""
    for server in _mine:
        server.stop()
        if isinstance(server, Postgres):
            server.remove()
    if _mine:
        for name in ("DRAAD_TEST_POSTGRES", "DRAAD_TEST_VALKEY"):
            os.environ.pop(name, None)
    _mine.clear()


def remove_home() -> None:
    shutil.rmtree(home(), ignore_errors=True)


def connect(user: str, database: str) -> psycopg.Connection[Any]:
    """A connection beside Django's, each statement on its own."""
    folder = os.environ["DRAAD_TEST_POSTGRES"]
    return psycopg.connect(host=folder, user=user, dbname=database, autocommit=True)


def url(user: str, database: str) -> str:
    return f"postgresql://{user}@/{database}?host={os.environ['DRAAD_TEST_POSTGRES']}"


def use(database: str, *, user: str = APPLICATION) -> None:
    """Point Django of this process, and of the processes it starts, at a database, as the application's role."""
    connection.close()
    connection.settings_dict.update(HOST=os.environ["DRAAD_TEST_POSTGRES"], USER=user, NAME=database)
    os.environ["DATABASE_URL"] = url(user, database)
    os.environ["DATABASE_OWNER_URL"] = url(OWNER, database)


def create_database(name: str) -> None:
    """A copy of the template, made by a role that may do only that."""
    with connect(TESTER, "postgres") as tester:
        names = sql.Identifier(name), sql.Identifier(DATABASE)
        tester.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def _make_template() -> None:
    """Migrate once, as the owner; every worker then copies the result."""
    use(DATABASE, user=OWNER)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    with connect("postgres", DATABASE) as administrator:
        _keep_reference(administrator)
        roles.create_role(administrator, TESTER, attributes="LOGIN CREATEDB")
        # The application sees whose a transaction is: those of other workers' databases hold no seal back.
        administrator.execute(sql.SQL("GRANT pg_read_all_stats TO {}").format(sql.Identifier(APPLICATION)))
        administrator.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(DATABASE)))


def _keep_reference(administrator: psycopg.Connection[Any]) -> None:
    administrator.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(REFERENCE)))
    for table in filled_tables(administrator):
        copy = sql.SQL("CREATE TABLE {} AS TABLE {}")
        names = sql.Identifier(REFERENCE, table), sql.Identifier("public", table)
        administrator.execute(copy.format(*names))


def filled_tables(connection: psycopg.Connection[Any], schema: str = "public") -> list[str]:
    """Tables that hold something, or held it: a table that was never written to takes no room."""
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace(%s)"
        " AND pg_relation_size(oid) > 0 AND relname <> 'django_migrations' ORDER BY relname",
        [schema],
    )
    return [row[0] for row in rows]
