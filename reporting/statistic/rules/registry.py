"""How a check is registered: with its number, whether it stops the delivery, what is wrong and what to do."""

from collections.abc import Callable
from datetime import date

from reporting.statistic.findings import Fix, Looked, Rule, Severity, Words
from reporting.statistic.selection import Ran

Since = Callable[[Ran], date | None]
OfALine = Callable[[Ran, Looked], bool]
OfADelivery = Callable[[Looked], bool]
OF_A_LINE: list[tuple[Rule, OfALine]] = []
OF_A_DELIVERY: list[tuple[Rule, OfADelivery]] = []
E, W = Severity.ERROR, Severity.WARNING


def of_a_line(
    number: str,
    severity: Severity,
    wrong: Words,
    todo: Words,
    fix: Fix = Fix.PROVISION,
    since: Since | None = None,
) -> Callable[[OfALine], OfALine]:
    """Register a check that is asked of each provision that is delivered."""

    def register(trips: OfALine) -> OfALine:
        OF_A_LINE.append((Rule(trips.__name__, number, severity, wrong, todo, fix, since), trips))
        return trips

    return register


def of_a_delivery(
    number: str, severity: Severity, wrong: Words, todo: Words, fix: Fix
) -> Callable[[OfADelivery], OfADelivery]:
    """Register a check that is asked once of a delivery."""

    def register(trips: OfADelivery) -> OfADelivery:
        OF_A_DELIVERY.append((Rule(trips.__name__, number, severity, wrong, todo, fix), trips))
        return trips

    return register
