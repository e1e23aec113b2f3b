"""The rules by which a month is checked, one function each; the docstring is what it looks for, and its source.

``a`` comes from the regulation. ``b1`` to ``b18`` are our own checks of fields against each other; the others guard
what our own records need.
"""

from django.utils.translation import gettext as _

from reporting.statistic.findings import Severity
from reporting.statistic.rules import dates, kinds, people
from reporting.statistic.rules.delivery import FORMAT, MISSING, formats, missing
from reporting.statistic.rules.registry import OF_A_DELIVERY, OF_A_LINE

__all__ = [
    "EVERY_RULE",
    "MISSING",
    "OF_A_DELIVERY",
    "OF_A_LINE",
    "dates",
    "explained",
    "formats",
    "kinds",
    "missing",
    "people",
]

EVERY_RULE = (*(rule for rule, _trips in OF_A_DELIVERY), FORMAT, MISSING, *(rule for rule, _trips in OF_A_LINE))


def explained() -> list[tuple[str, str, str]]:
    """Every check in words: its number, whether it stops the delivery, and what is wrong when it trips."""
    stops = {Severity.ERROR: _("stops the delivery"), Severity.WARNING: _("warning")}
    return [(rule.number, stops[rule.severity], str(rule.wrong)) for rule in EVERY_RULE]
