"""Columns of text: free, sealed, and in a form."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from foundation.imports.columns.base import Column, Wrong, shown


@dataclass(frozen=True)
class Text(Column):
    """Text of at most ``most`` characters."""

    default: Any = ""
    most: int = 200

    def read(self, text: str) -> str:
        if len(text) > self.most:
            raise Wrong(
                _("This has %(length)s characters. Make it at most %(most)s.")
                % {"length": len(text), "most": self.most}
            )
        return text


@dataclass(frozen=True)
class Sealed(Column):
    """Text of a person, which is never stored open: it waits in the staging table under a key of this run."""

    default: Any = ""
    sql_type: ClassVar[str] = "bytea"
    is_sealed: ClassVar[bool] = True


@dataclass(frozen=True)
class Digits(Column):
    """A code of exactly so many digits."""

    default: Any = ""
    length: int = 4

    def read(self, text: str) -> str:
        if re.fullmatch(f"[0-9]{{{self.length}}}", text) is None:
            raise Wrong(
                _("'%(text)s' is not a code of %(length)s digits. Write all of them, zeros too.")
                % {"text": shown(text), "length": self.length}
            )
        return text


@dataclass(frozen=True)
class Email(Column):
    """An e-mail address; kept in lower case."""

    def read(self, text: str) -> str:
        try:
            validate_email(text)
        except ValidationError:
            raise Wrong(
                _("'%(text)s' is not an e-mail address. Write it as name@organisation.nl.") % {"text": shown(text)}
            ) from None
        return text.lower()
