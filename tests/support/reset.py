"""After a test that really committed: everything as the migrations left it.

Django would truncate, which the application's role rightly may not.
"""

from django.db import connection
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from tests.support.servers import REFERENCE, connect, filled_tables


def reset_database() -> None:
    """Empty every table that was written to and put back the rows of the migrations, past triggers and keys."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    with connect("postgres", name) as administrator:
        written = filled_tables(administrator)
        kept = filled_tables(administrator, REFERENCE)
        with administrator.transaction():
            administrator.execute("SET LOCAL session_replication_role = replica")
            administrator.execute("SET LOCAL lock_timeout = '20s'")
            for table in {*written, *kept}:
                administrator.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier("public", table)))
            for table in kept:
                _put_back(administrator, table)


def _put_back(administrator: Connection[TupleRow], table: str) -> None:
    rows = administrator.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [f'public."{table}"'],
    )
    columns = sql.SQL(", ").join(sql.Identifier(row[0]) for row in rows)
    statement = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}")
    names = sql.Identifier("public", table), columns, columns, sql.Identifier(REFERENCE, table)
    administrator.execute(statement.format(*names))
