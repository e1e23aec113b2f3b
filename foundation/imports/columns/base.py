"""What every kind of column has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

LONGEST_SHOWN = 60


def shown(text: str) -> str:
    """Return a cell as a message quotes it: not more of it than one recognises."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


class Wrong(Exception):
    """A cell that cannot be taken; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class Column:
    """A column of an import file.

    Args:
        name: its name in the header.
        field: the column it is staged in, which is the one of the table it goes to; the same name when empty.
        required: whether it must be there and be filled in.
        default: what a blank cell, or an absent column of a new row, means.
    """

    name: str
    field: str = ""
    required: bool = False
    default: Any = None

    sql_type: ClassVar[str] = "text"
    is_sealed: ClassVar[bool] = False

    @property
    def target(self) -> str:
        return self.field or self.name

    @property
    def staged(self) -> tuple[tuple[str, str], ...]:
        """The columns it takes in the staging table, with their type."""
        return ((self.target, self.sql_type),)

    @property
    def nothing(self) -> Any:
        """The value of a cell that is wrong: unknown, so that nothing else is said about it."""
        return None

    def spread(self, value: Any) -> tuple[Any, ...]:
        """Return a value over the columns of ``staged``."""
        return (value,)

    def read(self, text: str) -> Any:
        """Return the value of a cell that is not blank. Raises Wrong."""
        return text


def outside(text: str, values: Sequence[str]) -> Wrong:
    return Wrong(
        _("'%(text)s' is not in the list. Choose from: %(list)s.") % {"text": shown(text), "list": ", ".join(values)}
    )
