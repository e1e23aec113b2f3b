"""Nothing withheld follows from what is shown: checked by trying every possibility."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.disclosure import Count, Sum, determined, withheld

THRESHOLD = 5


def counts_of(**values: int) -> dict[str, Count]:
    return {place: Count(value, value) for place, value in values.items()}


def test_small_counts_are_withheld_and_zero_is_shown() -> None:
    assert withheld(counts_of(a=1, b=4, c=5, d=0), [], threshold=5) == {"a", "b"}


def test_people_decide_not_the_number() -> None:
    assert withheld({"sessions": Count(90, 3), "places": Count(3, 0)}, [], threshold=5) == {"sessions"}


def test_with_a_threshold_of_one_nothing_is_withheld() -> None:
    assert withheld(counts_of(a=1, b=2, total=3), [Sum("total", ("a", "b"))], threshold=1) == set()


def test_the_only_small_row_gets_company_since_the_total_would_tell_it() -> None:
    hidden = withheld(counts_of(total=30, a=3, b=20, c=7), [Sum("total", ("a", "b", "c"))], threshold=5)
    assert hidden == {"a", "c"}


def test_two_that_add_up_to_two_are_both_one_so_a_third_is_withheld() -> None:
    hidden = withheld(counts_of(total=32, a=1, b=1, c=30), [Sum("total", ("a", "b", "c"))], threshold=5)
    assert hidden == {"a", "b", "c"}


def test_a_kept_number_stays_when_another_can_go() -> None:
    sums = [Sum("whole", ("one", "other"))]
    hidden = withheld(counts_of(whole=55, one=52, other=3), sums, threshold=5, keep=frozenset({"whole", "one"}))
    assert hidden == {"one", "other"}


Grid = tuple[dict[tuple[str, int], Count], list[Sum[tuple[str, int]]]]


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A small table with totals in both directions, as the rows of a report over two payers are."""
    rows, columns = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    cell = st.one_of(st.integers(0, 6), st.integers(0, 25))
    body = {(f"r{r}", c): draw(cell) for r in range(rows) for c in range(columns)}
    sums = []
    for r in range(rows):
        parts = tuple((f"r{r}", c) for c in range(columns))
        body[f"r{r}", 99] = sum(body[part] for part in parts)
        sums.append(Sum((f"r{r}", 99), parts))
    for c in (*range(columns), 99):
        parts = tuple((f"r{r}", c) for r in range(rows))
        body["total", c] = sum(body[part] for part in parts)
        sums.append(Sum(("total", c), parts))
    return {place: Count(value, value) for place, value in body.items()}, sums


@settings(max_examples=150, deadline=None)
@given(grids())
def test_every_withheld_number_keeps_at_least_two_possible_values(grid: Grid) -> None:
    counts, sums = grid
    hidden = sorted(withheld(counts, sums, threshold=THRESHOLD))
    if len(hidden) > 16:
        assert not determined(set(hidden), sums, counts)
        return
    for place in hidden:
        assert another_value_is_possible(place, hidden, counts, sums), (place, hidden, counts)


def another_value_is_possible(
    place: tuple[str, int],
    hidden: list[tuple[str, int]],
    counts: dict[tuple[str, int], Count],
    sums: list[Sum[tuple[str, int]]],
) -> bool:
    """Look for another solution near the true one: every withheld number moved by up to two, at least one."""
    bodies = [h for h in hidden if h[0] != "total" and h[1] != 99]
    for moves in moves_of(len(bodies)):
        moved = {h: counts[h].value + m for h, m in zip(bodies, moves, strict=True)}
        if all(value >= 1 for value in moved.values()) and consistent(moved, place, hidden, counts, sums):
            return True
    return False


def moves_of(length: int) -> list[tuple[int, ...]]:
    if length <= 6:
        return list(product((-1, 0, 1), repeat=length))
    single = [tuple(int(i == n) * d for i in range(length)) for n in range(length) for d in (-1, 1)]
    pairs = [tuple((i == a) - (i == b) for i in range(length)) for a in range(length) for b in range(length) if a != b]
    squares = [tuple(x + y for x, y in zip(p, q, strict=True)) for p in pairs for q in pairs]
    return [*single, *pairs, *squares]


def consistent(
    moved: dict[tuple[str, int], int],
    place: tuple[str, int],
    hidden: list[tuple[str, int]],
    counts: dict[tuple[str, int], Count],
    sums: list[Sum[tuple[str, int]]],
) -> bool:
    """Whether the moved numbers agree with every shown one, and the one at ``place`` differs from the truth."""
    values = {key: moved.get(key, count.value) for key, count in counts.items()}
    for one in sums:
        values[one.total] = sum(values[part] for part in one.parts)
    if values[place] == counts[place].value or any(values[h] < 1 for h in hidden):
        return False
    return all(values[key] == count.value for key, count in counts.items() if key not in hidden)


@pytest.mark.parametrize("size", [40])
def test_a_large_report_is_decided_quickly(size: int) -> None:
    counts = {(r, c): Count((r * 7 + c * 3) % 11, (r * 7 + c * 3) % 11) for r in range(size) for c in range(6)}
    sums = [Sum((size, c), tuple((r, c) for r in range(size))) for c in range(6)]
    counts |= {(size, c): Count(sum(counts[r, c].value for r in range(size)), 99) for c in range(6)}
    hidden = withheld(counts, sums, threshold=THRESHOLD)
    assert not determined(set(hidden), sums, counts)
