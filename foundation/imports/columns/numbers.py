"""Columns with a number."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from foundation.imports.columns.base import Column, Wrong, shown

_NUMBER = re.compile(r"(-?)([0-9]+)(?:[.,]([0-9]+))?")


@dataclass(frozen=True)
class Number(Column):
    """A number of zero or more, with point or comma; ``digits`` before it and ``places`` after it at most."""

    digits: int = 6
    places: int = 2
    sql_type: ClassVar[str] = "numeric"

    def read(self, text: str) -> Any:
        words = {"text": shown(text), "right": self.example, "limit": 10**self.digits}
        found = _NUMBER.fullmatch(text)
        if found is None:
            raise Wrong(_("'%(text)s' is not a number. Write it as %(right)s.") % words)
        minus, whole, fraction = found.group(1), found.group(2).lstrip("0"), (found.group(3) or "").rstrip("0")
        if minus and (whole or fraction):
            raise Wrong(_("%(text)s is below zero. Write 0 or more.") % words)
        if len(whole) > self.digits:
            raise Wrong(_("%(text)s is too large. Write less than %(limit)s.") % words)
        if len(fraction) > self.places:
            raise Wrong(_("'%(text)s' is too precise. Write it as %(right)s.") % words)
        return Decimal(f"{whole or '0'}.{fraction or '0'}")

    @property
    def example(self) -> str:
        return f"24.{'5':0<{self.places}}"


@dataclass(frozen=True)
class Whole(Number):
    """A whole number from ``least`` to ``most``."""

    least: int = 0
    most: int = 32_767
    digits: int = 10
    places: int = 0
    sql_type: ClassVar[str] = "integer"

    def read(self, text: str) -> int:
        value = int(super().read(text))
        if not self.least <= value <= self.most:
            raise Wrong(
                _("%(text)s is not from %(least)s to %(most)s. Choose a number in between.")
                % {"text": shown(text), "least": self.least, "most": self.most}
            )
        return value

    @property
    def example(self) -> str:
        return "24"
