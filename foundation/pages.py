"""Pages of a long list without counting it and without numbers: each page starts after the last row of the one before.

The address holds the id of that row, never a name and never a count.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
BACK = "-"


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of one page, and for the links: the token of the next and the previous page ("" when there is none)."""

    rows: list[M] = field(default_factory=list)
    next: str = ""
    previous: str = ""


def keyset_page(queryset: QuerySet[M], *, after: str | None, size: int, order: Sequence[str]) -> Page[M]:
    """Return one page of at most `size` rows of `queryset`, sorted by `order`, in two queries at most.

    `order` names fields of the row that are never empty, a minus for falling; the last one is unique.
    `after` is a token of an earlier page, or nothing for the first; an unknown one gives the first page.
    """
    backwards = (after or "").startswith(BACK)
    anchor = _anchor(queryset, (after or "").removeprefix(BACK), order)
    if anchor is None:
        backwards = False
    keys = [_turned(key) for key in order] if backwards else list(order)
    rows = queryset.order_by(*keys)
    if anchor is not None:
        rows = rows.filter(_beyond(keys, anchor))
    found = list(rows[: size + 1])
    more, shown = len(found) > size, found[:size]
    if backwards:
        return _page(shown[::-1], more_before=more, more_after=True)
    return _page(shown, more_before=anchor is not None, more_after=more)


def _page(rows: list[M], *, more_before: bool, more_after: bool) -> Page[M]:
    if not rows:
        return Page()
    return Page(
        rows=rows,
        next=str(rows[-1].pk) if more_after else "",
        previous=f"{BACK}{rows[0].pk}" if more_before else "",
    )


def _anchor(queryset: QuerySet[M], token: str, order: Sequence[str]) -> tuple[Any, ...] | None:
    try:
        key = uuid.UUID(token)
    except ValueError:
        return None
    return queryset.order_by().filter(pk=key).values_list(*(name.removeprefix("-") for name in order)).first()


def _turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _beyond(keys: Sequence[str], values: tuple[Any, ...]) -> Q:
    """Build (a > x) or (a = x and b > y) or ...: the rows that come after the one with these values."""
    condition, same = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name = key.removeprefix("-")
        sign = "lt" if key.startswith("-") else "gt"
        condition |= same & Q(**{f"{name}__{sign}": value})
        same &= Q(**{name: value})
    return condition
