"""The catalogue: every figure registers here, once, under its id."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

from reporting.figures.counting import Cells, Definition, Figure, Question, Unit
from reporting.figures.shapes import Shape, plain

CATALOGUE: dict[str, Definition] = {}
"""The figures by id, in the order in which they are listed."""

Find = Callable[[Question], Cells]


def figure(
    key: str,
    unit: Unit,
    *,
    label: str | Promise,
    sentence: str | Promise,
    rule: str | Promise,
    shape: Shape = plain,
    compare: Callable[[Question, Cells], Any] | None = None,
    version: str = "1",
    needs_no_coach: bool = False,
) -> Callable[[Find], Find]:
    """Register the function below it as the figure ``key``.

    Its value follows from its records by ``shape``; a plain number, one that may have a target, by ``plain``. Only
    a figure that sets its records beside something else (targets) has a ``compare``.
    """

    def register(find: Find) -> Find:
        if key in CATALOGUE:
            raise ValueError(f"two figures are called {key}")
        value = compare or (lambda _, cells: shape(cells))
        is_plain = shape is plain and compare is None
        CATALOGUE[key] = Definition(key, label, unit, sentence, rule, find, value, version, is_plain, needs_no_coach)
        return find

    return register


def count_one(asked: Question, key: str) -> Figure:
    """Count one figure. KeyError for an id that is not in the catalogue."""
    definition = CATALOGUE[key]
    cells = definition.find(asked)
    return Figure(definition, definition.value(asked, cells), cells)
