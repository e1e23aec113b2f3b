"""From figures to the content of a report: what payers read, with small counts withheld.

``compose(report)`` counts the figures of the whole report and of each payer's own part, over the period
and the year before, lays them out in tables (``layout``), decides once for all of them together which
cells are withheld (``protection``), and writes the frozen content (``writing``).
"""

from reporting.composing.compose import Composed, compose

__all__ = ["Composed", "compose"]
