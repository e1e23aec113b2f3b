"""A condition on a row that stands in SQL, for what nearly every question asks.

Django writes a condition over four tables anew for each question, and that takes it longer than the database takes to
answer. Such a condition stands here as text; everything else is left to Django.
"""

from typing import Any

from django.db.models import BooleanField, F, Func


class Condition(Func):
    """A condition for ``filter()``, to be turned round with ``~`` and put together with ``|``.

    Args:
        row: the field that tells which row it is about.
        sql: the condition, with ``{row}`` where that field stands and ``%s`` where each value does. Names that it gives
            to tables end in an underscore: Django's own never do.
        values: in that order.
    """

    output_field = BooleanField()

    def __init__(self, row: str, sql: str, *values: object) -> None:
        super().__init__(F(row))
        self.sql, self.values = sql, values

    def as_sql(self, compiler: Any, *_options: Any, **_named: Any) -> tuple[str, tuple[Any, ...]]:
        row, _no_values = compiler.compile(self.source_expressions[0])
        return self.sql.replace("{row}", row), self.values
