"""How a table of facts is read: by itself when it is first asked for, or several in one round trip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, Generic, Self, TypeVar, overload

from django.db.models import F, QuerySet

from foundation.together import Rows, read_together

RowType = TypeVar("RowType")
Owner = TypeVar("Owner")


@dataclass(frozen=True)
class Reading(Generic[RowType]):
    """A question to the database, and what each row of the answer becomes."""

    kind: Callable[..., RowType]
    found: QuerySet[Any, tuple[Any, ...]]

    def read(self) -> list[RowType]:
        return list(starmap(self.kind, self.found))


def reading(kind: Callable[..., RowType], found: QuerySet[Any], **elsewhere: Any) -> Reading[RowType]:
    """Ask ``found`` as rows of ``kind``: each field by its own name, or where ``elsewhere`` says it stands."""
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    expressions = {name: F(where) if isinstance(where, str) else where for name, where in elsewhere.items()}
    columns = {f"of_{name}": where for name, where in expressions.items()}
    asked = [f"of_{name}" if name in expressions else name for name in fields]
    return Reading(kind, found.annotate(**columns).values_list(*asked))


def rows(kind: Callable[..., RowType], found: QuerySet[Any], **elsewhere: Any) -> list[RowType]:
    """Read ``found`` as rows of ``kind``, as ``reading`` asks for them."""
    return reading(kind, found, **elsewhere).read()


class Table(Generic[Owner, RowType]):
    """A table of facts: the rows, read once, when they are first asked for. Who has them already puts them there."""

    def __init__(self, ask: Callable[[Owner], Reading[RowType]]) -> None:
        self.ask = ask
        self.__doc__ = ask.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, facts: None, owner: type) -> Self: ...
    @overload
    def __get__(self, facts: Owner, owner: type) -> list[RowType]: ...
    def __get__(self, facts: Owner | None, owner: type) -> "Self | list[RowType]":
        if facts is None:
            return self
        found = self.ask(facts).read()
        vars(facts)[self.name] = found
        return found


def read_tables(facts: object, names: Sequence[str], *others: QuerySet[Any, tuple[Any, ...]]) -> list[Rows]:
    """Read these tables of ``facts`` and the ``others`` in one round trip; gives the rows of the others."""
    asked = {name: vars(type(facts))[name].ask(facts) for name in names if name not in vars(facts)}
    answers = read_together([*(one.found for one in asked.values()), *others])
    for (name, one), rows in zip(asked.items(), answers, strict=False):
        vars(facts)[name] = list(starmap(one.kind, rows))
    return answers[len(asked) :]
