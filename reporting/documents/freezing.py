"""Frozen dataclasses to plain JSON data and back, led by their type hints; strict on the way back.

Cells stand in a table without a type of their own, so a date and a withheld cell carry a tag: {"date": "2021-12-31"},
{"withheld": "too_few"}.
"""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reporting.documents.tables import LATER, Cell, ContentError, Withheld


def encode(value: Any, hint: Any) -> Any:
    """A value of the type `hint` (frozen dataclass, tuple of one type, date, cell, or what JSON has) as JSON data."""
    if hint == Cell:
        return _encode_cell(value)
    if isinstance(hint, type) and is_dataclass(hint):
        return {
            name: encode(getattr(value, name), of_field)
            for name, of_field in _hints(hint).items()
            if name not in _later(hint) or getattr(value, name) != _later(hint)[name]
        }
    if get_origin(hint) is tuple:
        return [encode(each, get_args(hint)[0]) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _encode_cell(cell: Cell) -> Any:
    if isinstance(cell, Withheld):
        return {"withheld": cell.value}
    return {"date": cell.isoformat()} if isinstance(cell, date) else cell


def decode(data: Any, hint: Any) -> Any:
    """The value back from `encode`; ContentError for what cannot be one."""
    try:
        if hint == Cell:
            return _decode_cell(data)
        if isinstance(hint, type) and is_dataclass(hint):
            return hint(**{name: decode(value, _hints(hint)[name]) for name, value in data.items()})
        if get_origin(hint) is tuple:
            return tuple(decode(each, get_args(hint)[0]) for each in data)
        return _decode_plain(data, hint)
    except ContentError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ContentError(f"this is not the content of a report: {error}") from error


def _decode_plain(data: Any, hint: Any) -> Any:
    choices = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    if data is None and type(None) in choices:
        return None
    if date in choices:
        return date.fromisoformat(data)
    if not (data in get_args(hint) if get_origin(hint) is Literal else type(data) in choices):
        raise ContentError(f"{data!r} cannot stand here")
    return data


def _decode_cell(data: Any) -> Cell:
    if isinstance(data, dict):
        (tag, value), *rest = data.items()
        if tag == "date" and not rest:
            return date.fromisoformat(value)
        if tag == "withheld" and not rest:
            return Withheld(value)
    elif data is None or type(data) in (int, float, str):
        return data  # type: ignore[no-any-return]
    raise ContentError(f"{data!r} is no cell")


@cache
def _later(cls: type) -> dict[str, Any]:
    """The fields that are left out at their default, with that default."""
    return {each.name: each.default for each in fields(cls) if LATER in each.metadata}


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)
