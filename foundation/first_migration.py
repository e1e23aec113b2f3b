"""The first migration of an app, applied as one step."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, AlterUniqueTogether, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class FirstMigration(Migration):
    """Creates the tables of an app whole: each as it is after all operations.

    Django builds every model that is related to a changed one anew after each operation. Here everything is related
    to its provider and has triggers, so that hundreds of operations took half a minute on an empty database; this
    takes two seconds. The operations stay what `makemigrations` wrote, and so does what they say about the models.
    """

    initial = True

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: ARG002 Django passes it
    ) -> ProjectState:
        """Bring the state to the end first, then create the tables from it.

        Args:
            project_state: the models before this migration; it is not changed.
            schema_editor: what writes to the database, or only notes its SQL.
            collect_sql: asked by `sqlmigrate`; the editor already knows.
        """
        after = project_state.clone()
        after.__dict__.pop("apps", None)  # as long as nobody looks at the models, changing the state costs nothing
        for operation in self.operations:
            operation.state_forwards(self.app_label, after)
        created = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        for operation in self.operations:
            if _table_of_part(operation) not in created:
                operation.database_forwards(self.app_label, schema_editor, project_state, after)
        return after


def _table_of_part(operation: Operation) -> str | None:
    """The model that an operation adds a column, index or constraint to; None for other operations."""
    if isinstance(operation, AlterUniqueTogether):
        return operation.name_lower
    if isinstance(operation, AddField | AddIndex | AddConstraint):
        return operation.model_name.lower()
    return None
