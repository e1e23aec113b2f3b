"""The kinds of column in an import file: how a cell is read, what is wrong with it, and how it is staged."""

from foundation.imports.columns.base import Column, Wrong, shown
from foundation.imports.columns.codes import Choice, Reference, References, Several, YesNo, split
from foundation.imports.columns.dates import Day, PartialDay
from foundation.imports.columns.numbers import Number, Whole
from foundation.imports.columns.texts import Digits, Email, Sealed, Text

__all__ = [
    "Choice",
    "Column",
    "Day",
    "Digits",
    "Email",
    "Number",
    "PartialDay",
    "Reference",
    "References",
    "Sealed",
    "Several",
    "Text",
    "Whole",
    "Wrong",
    "YesNo",
    "shown",
    "split",
]
