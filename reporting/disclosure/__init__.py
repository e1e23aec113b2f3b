"""What a reader without access to the files may be told: small counts are withheld, and what would give them away.

A count about 1 to ``threshold - 1`` persons is withheld; zero is shown (figures.md, "Rules that hold everywhere", 3).
Counts stand in sums: rows under a total, the parts of two payers under the whole, what started and ended between two
stocks, the months of a year. Whoever knows all but one term of a sum knows that one too, so more is withheld until for
every withheld count at least two values fit everything that is shown, in this report and in the earlier ones. The
reader knows that a withheld count is not zero; that is reckoned with. Nor may what is withheld under one sum together
be about fewer persons than the threshold.

A count of sessions or trajectories is judged by the persons behind it. Pure functions; all readers at once.
"""

from reporting.disclosure.rules import (
    DENOMINATOR_FROM,
    Range,
    is_small,
    may_show_percentage,
    range_of,
    rounded,
)
from reporting.disclosure.withholding import Count, Sum, Withheld, withheld

__all__ = [
    "DENOMINATOR_FROM",
    "Count",
    "Range",
    "Sum",
    "Withheld",
    "is_small",
    "may_show_percentage",
    "range_of",
    "rounded",
    "withheld",
]
