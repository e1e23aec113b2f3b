"""A small exact solver: between which values a number can lie, given sums and that nothing withheld is zero."""

from collections.abc import Sequence
from fractions import Fraction

Row = list[Fraction]


def reach(equations: Sequence[tuple[Sequence[int], int]], column: int) -> tuple[Fraction, Fraction | None]:
    """The least and the greatest value (None: no bound) of one unknown, all unknowns being 1 or more.

    Args:
        equations: each the coefficients of the unknowns and what they add up to.
        column: which unknown.
    """
    shifted = [(list(factors), total - sum(factors)) for factors, total in equations]
    least = optimum(shifted, column, -1)
    assert least is not None
    greatest = optimum(shifted, column, 1)
    return 1 - least, None if greatest is None else 1 + greatest


def optimum(equations: Sequence[tuple[Sequence[int], int]], column: int, sign: int) -> Fraction | None:
    """The greatest value of ``sign`` times an unknown, all being 0 or more; None when it has no bound."""
    width = len(equations[0][0]) if equations else column + 1
    if not equations:
        return None if sign > 0 else Fraction(0)
    rows = [signed(factors, total, number, len(equations)) for number, (factors, total) in enumerate(equations)]
    basis = [width + number for number in range(len(rows))]
    artificial = [Fraction(-1) if place >= width else Fraction(0) for place in range(width + len(rows))]
    found = climb(rows, basis, artificial)
    assert found == 0, "the numbers do not fit the sums"
    drive_out(rows, basis, width)
    goal = [Fraction(sign) if place == column else Fraction(0) for place in range(width)]
    return climb([[*row[:width], row[-1]] for row in rows], basis, goal)


def signed(factors: Sequence[int], total: int, number: int, rows: int) -> Row:
    sign = -1 if total < 0 else 1
    own = [Fraction(int(place == number)) for place in range(rows)]
    return [Fraction(sign * factor) for factor in factors] + own + [Fraction(sign * total)]


def climb(rows: list[Row], basis: list[int], goal: Sequence[Fraction]) -> Fraction | None:
    """The simplex method with Bland's rule, in place; None when it climbs for ever."""
    width = len(goal)
    while True:
        enter = next(
            (place for place in range(width) if place not in basis and gain(rows, basis, goal, place) > 0), None
        )
        if enter is None:
            return sum((goal[place] * row[-1] for place, row in zip(basis, rows, strict=True)), Fraction(0))
        ratios = [(row[-1] / row[enter], basis[number], number) for number, row in enumerate(rows) if row[enter] > 0]
        if not ratios:
            return None
        pivot(rows, basis, min(ratios)[2], enter)


def gain(rows: list[Row], basis: list[int], goal: Sequence[Fraction], place: int) -> Fraction:
    return goal[place] - sum((goal[at] * row[place] for at, row in zip(basis, rows, strict=True)), Fraction(0))


def pivot(rows: list[Row], basis: list[int], number: int, enter: int) -> None:
    factor = rows[number][enter]
    rows[number] = [value / factor for value in rows[number]]
    for other, row in enumerate(rows):
        if other != number and row[enter]:
            times = row[enter]
            rows[other] = [value - times * own for value, own in zip(row, rows[number], strict=True)]
    basis[number] = enter


def drive_out(rows: list[Row], basis: list[int], width: int) -> None:
    """Take the helping unknowns out of the basis; an equation that says nothing new goes."""
    for number in reversed(range(len(rows))):
        if basis[number] >= width:
            enter = next((place for place in range(width) if rows[number][place]), None)
            if enter is None:
                del rows[number], basis[number]
            else:
                pivot(rows, basis, number, enter)
