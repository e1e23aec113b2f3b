"""The database backend. Django asks for it by the name of the folder: ``ENGINE = "foundation.postgres"``."""

from typing import Any

from django.db.backends.postgresql import base

from foundation.rows import NOTHING, sight


class NoTransaction(Exception):
    """A cursor on the server would outlive what its statement may see."""


_Cursor: Any = base.Cursor  # django-stubs knows nothing of it


class Cursor(_Cursor):  # type: ignore[misc]
    """Outside of a transaction each statement gets one of its own, so that it sees what was said."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if not self.connection.autocommit or sight() == NOTHING:
            return super().execute(query, params, **options)
        with self.connection.transaction():
            _Cursor(self.connection).execute(sight().sql)
            return super().execute(query, params, **options)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that tells each transaction at its beginning whose rows it sees."""

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def _set_autocommit(self, autocommit: bool) -> None:
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
            if not autocommit and sight() != NOTHING:
                with self.wrap_database_errors:
                    # Not a question: a transaction that says how isolated it is must do so before its first one.
                    self.connection.execute(sight().sql)
        except Exception:
            self.close()  # as Django does with a transaction that it cannot begin
            raise

    def create_cursor(self, name: str | None = None) -> Any:
        if name and self.connection.autocommit and sight() != NOTHING:
            raise NoTransaction("Open a transaction around .iterator(): its rows are read after the statement.")
        return super().create_cursor(name)
