"""How sure a share is: intervals that also hold for small groups.

Sources: E.B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927); R.G.
Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998),
method 10.
"""

from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""Of the normal distribution, for 95%."""


class Interval(NamedTuple):
    """From where to where a share or a difference lies, with 95% certainty."""

    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        return self.low <= 0 <= self.high


def wilson(part: int, whole: int) -> Interval:
    """The 95% interval of a share by Wilson's score; ``whole`` is not zero."""
    share, square = part / whole, Z * Z
    middle = share + square / (2 * whole)
    room = Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    under = 1 + square / whole
    low = 0.0 if part == 0 else (middle - room) / under
    high = 1.0 if part == whole else (middle + room) / under
    return Interval(low, high)


def newcombe(part: int, whole: int, other_part: int, other_whole: int) -> Interval:
    """The 95% interval of the difference between two shares of different people, from their Wilson intervals."""
    one, other = part / whole, other_part / other_whole
    first, second = wilson(part, whole), wilson(other_part, other_whole)
    difference = one - other
    return Interval(
        difference - sqrt((one - first.low) ** 2 + (second.high - other) ** 2),
        difference + sqrt((first.high - one) ** 2 + (other - second.low) ** 2),
    )
