"""The rules that one number can be held against by itself."""

DENOMINATOR_FROM = 20
"""Percentages of fewer than this are not shown to such a reader (figures.md, rule 4)."""

Range = tuple[int, int]
"""The least and the greatest value that a shown number can stand for."""


def is_small(people: int, threshold: int) -> bool:
    """Whether a count of so many persons is withheld for its own sake."""
    return 0 < people < threshold


def may_show_percentage(denominator: int) -> bool:
    """Whether a percentage of so many may be shown to a reader without the files."""
    return denominator >= DENOMINATOR_FROM


def rounded(value: int, to: int) -> int:
    """The nearest multiple of ``to``; with 1 the number itself. Each number by itself, so rows need not add up."""
    return (value + to // 2) // to * to


def range_of(value: int, *, to: int, threshold: int) -> Range:
    """What a reader knows of a number that is shown rounded: it lies near, and it is no small count.

    Zero is shown as it is.
    """
    if to <= 1 or value == 0:
        return value, value
    told = rounded(value, to)
    return max(told - to // 2, threshold), told + (to - 1) // 2
