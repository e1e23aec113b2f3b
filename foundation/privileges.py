"""Steps of migrations that say what the application's database role may do."""

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class OpenSchema(Operation):
    """Let the application's role read and write rows of every table the owner makes, and nothing more."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        role = schema_editor.quote_name(settings.DRAAD_APP_ROLE)
        schema_editor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        schema_editor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        schema_editor.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}"
        )
        schema_editor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        pass

    def describe(self) -> str:
        return "Let the application's role read and write rows"


class AppendOnly(Operation):
    """Let the application's role read and add rows of these models, not change or delete them.

    Args:
        models: names of models of the app.
        but: columns by model that may still be changed.
    """

    reversible = True

    def __init__(self, models: list[str], but: dict[str, list[str]] | None = None) -> None:
        self.models = models
        self.but = but or {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        role = schema_editor.quote_name(settings.DRAAD_APP_ROLE)
        for model in self.models:
            table = schema_editor.quote_name(to_state.apps.get_model(app_label, model)._meta.db_table)
            schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
            for column in self.but.get(model, []):
                schema_editor.execute(f"GRANT UPDATE ({schema_editor.quote_name(column)}) ON {table} TO {role}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        role = schema_editor.quote_name(settings.DRAAD_APP_ROLE)
        for model in self.models:
            table = schema_editor.quote_name(from_state.apps.get_model(app_label, model)._meta.db_table)
            schema_editor.execute(f"GRANT UPDATE, DELETE ON {table} TO {role}")

    def describe(self) -> str:
        return f"Rows of {', '.join(self.models)} can be added and read, not changed"
