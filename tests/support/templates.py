"""An undefined variable in a template of ours fails the test instead of showing nothing."""

import sys
from types import FrameType
from typing import Any

from django.template.base import Node

from config.environment import ROOT


class UndefinedVariable(Exception):
    """A template names something that its view did not give."""


class UndefinedFails(str):
    """Django prints this where a variable is missing. Templates of other packages stay as they are."""

    __slots__ = ()

    def __new__(cls) -> "UndefinedFails":
        return super().__new__(cls, "%s")

    def __mod__(self, variable: Any) -> str:
        template = _template(sys._getframe(1))
        if template is not None and template.startswith(str(ROOT)) and "/site-packages/" not in template:
            raise UndefinedVariable(f"{variable} is undefined in {template}")
        return ""


def _template(frame: FrameType | None) -> str | None:
    """The file of the innermost node that is being rendered."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and (origin := getattr(node, "origin", None)):
            return str(origin.name)
        frame = frame.f_back
    return None
