"""The rows that figures are counted from.

``load(scope, period, reference)`` reads them from the database, lazily, each table in one query at most.
``PlainFacts`` holds the same rows from plain lists. The figures (``reporting.figures``) cannot tell the two apart.
"""

from reporting.facts.loading import (
    DatabaseFacts,
    agreements_asked,
    agreements_where,
    load,
    programmes_asked,
    programmes_where,
)
from reporting.facts.scope import Scope
from reporting.facts.tables import Facts, PlainFacts

__all__ = [
    "DatabaseFacts",
    "Facts",
    "PlainFacts",
    "Scope",
    "agreements_asked",
    "agreements_where",
    "load",
    "programmes_asked",
    "programmes_where",
]
