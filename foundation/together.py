"""Several questions to the database in one round trip.

The statements go over together and are answered one after another; each queryset is read as Django reads it.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

Rows = list[tuple[Any, ...]]


def read_together(questions: Sequence[QuerySet[Any, tuple[Any, ...]]]) -> list[Rows]:
    """Read querysets of ``values_list`` in one round trip; the rows of each, in the order in which they are asked."""
    asked = [(place, question.query.get_compiler(question.db)) for place, question in enumerate(questions)]
    statements: list[str] = []
    values: list[Any] = []
    answered = []
    for place, compiler in asked:
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # Django knows that nothing can be found
            continue
        statements.append(sql)
        values.extend(parameters)
        answered.append((place, compiler))
    found: list[Rows] = [[] for _question in questions]
    if not statements:
        return found
    with connections[questions[0].db].cursor() as cursor:
        cursor.execute(";\n".join(statements), values)
        for number, (place, compiler) in enumerate(answered):
            cursor.set_result(number)  # the change history has gone to the last answer already
            found[place] = [tuple(row) for row in compiler.results_iter(results=[cursor.fetchall()])]
    return found
