"""Columns with a code: one of a list, or that of another row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from foundation.imports.columns.base import Column, outside


@dataclass(frozen=True)
class Choice(Column):
    """One of a list of codes."""

    default: Any = ""
    values: Sequence[str] = ()

    def read(self, text: str) -> str:
        if text not in self.values:
            raise outside(text, self.values)
        return text


@dataclass(frozen=True)
class YesNo(Column):
    """yes or no."""

    sql_type: ClassVar[str] = "boolean"

    def read(self, text: str) -> bool:
        if text not in {"yes", "no"}:
            raise outside(text, ("yes", "no"))
        return text == "yes"


def split(text: str) -> list[str]:
    """Return the parts of a list that is separated by ``|``, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


@dataclass(frozen=True)
class Several(Column):
    """Codes of a list, separated by ``|``."""

    default: Any = ()
    values: Sequence[str] = ()
    sql_type: ClassVar[str] = "text[]"

    def read(self, text: str) -> list[str]:
        parts = split(text)
        for part in parts:
            if part not in self.values:
                raise outside(part, self.values)
        return parts

    def spread(self, value: Any) -> tuple[Any, ...]:
        return (None if value is None else list(value),)


@dataclass(frozen=True)
class Reference(Column):
    """The code of a row of another file, or of one that is in the database already.

    Staged twice: the code under the column's own name, and in ``field`` the id of the row it names.
    """

    to: str = ""
    lower: bool = False

    @property
    def staged(self) -> tuple[tuple[str, str], ...]:
        return ((self.name, "text"), (self.target, "uuid"))

    def spread(self, value: Any) -> tuple[Any, ...]:
        return (value, None)

    def read(self, text: str) -> str:
        return text.lower() if self.lower else text


@dataclass(frozen=True)
class References(Column):
    """Codes of rows of another file, separated by ``|``."""

    to: str = ""
    sql_type: ClassVar[str] = "text[]"

    def read(self, text: str) -> list[str]:
        return split(text)
