"""What is withheld cannot be worked out from what is shown; and no more is withheld than that takes."""

from collections.abc import Collection, Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.disclosure import Count, Sum, may_show_percentage, withheld
from tests.reporting.solver import System

Key = tuple[str, ...]


def persons(**values: int) -> dict[str, Count]:
    return {name: Count(value, value) for name, value in values.items()}


def hidden(
    values: Mapping[str, int], sums: Sequence[Sum[str]] = (), keep: Sequence[str] = (), threshold: int = 5
) -> set[str]:
    return set(withheld(persons(**values), sums, threshold=threshold, keep=keep).because)


def test_one_to_four_persons_are_withheld_and_zero_is_shown() -> None:
    assert hidden({"none": 0, "one": 1, "four": 4, "five": 5}) == {"one", "four"}


def test_the_threshold_is_the_agreements() -> None:
    assert hidden({"nine": 9, "ten": 10}, threshold=10) == {"nine"}
    assert hidden({"one": 1}, threshold=1) == set()


def test_a_count_of_sessions_is_judged_by_the_persons_behind_it() -> None:
    counts = {"sessions of two": Count(40, 2), "sessions of many": Count(6, 6)}
    assert withheld(counts, (), threshold=5).because.keys() == {"sessions of two"}


def test_the_complement_under_a_shown_total_is_withheld_too() -> None:
    gender = Sum("all", ("men", "women", "others"))
    assert hidden({"men": 31, "women": 20, "others": 2, "all": 53}, [gender], keep=["all"]) == {"others", "women"}


def test_a_zero_is_no_hiding_place() -> None:
    assert hidden({"men": 50, "women": 3, "others": 0, "all": 53}, [Sum("all", ("men", "women", "others"))]) == {
        "men",
        "women",
    }


def test_two_ones_under_a_total_would_be_known_so_a_third_is_withheld() -> None:
    found = hidden({"a": 1, "b": 1, "c": 10, "d": 20, "all": 32}, [Sum("all", ("a", "b", "c", "d"))], keep=["all"])
    assert found == {"a", "b", "c"}


def test_what_is_withheld_under_a_total_is_together_no_small_count_either() -> None:
    found = hidden({"a": 2, "b": 2, "c": 10, "d": 20, "all": 34}, [Sum("all", ("a", "b", "c", "d"))], keep=["all"])
    assert found == {"a", "b", "c"}


def test_a_key_figure_is_shown_unless_it_is_small_itself() -> None:
    assert hidden({"paid work": 4}, keep=["paid work"]) == {"paid work"}
    assert hidden({"paid work": 5}, keep=["paid work"]) == set()


def test_the_whole_minus_the_part_of_one_payer_does_not_tell_the_part_of_the_other() -> None:
    parts = Sum("whole", ("amersfoort", "leusden"))
    keep = ["whole", "amersfoort", "leusden"]
    assert hidden({"amersfoort": 52, "leusden": 3, "whole": 55}, [parts], keep) == {"amersfoort", "leusden"}
    assert hidden({"amersfoort": 40, "leusden": 15, "whole": 55}, [parts], keep) == set()


def test_a_row_of_two_payers_is_withheld_in_both_and_with_another_row() -> None:
    values = {
        "A men": 20, "A women": 12, "A": 32, "B men": 12, "B women": 3, "B": 15,
        "men": 32, "women": 15, "whole": 47,
    }  # fmt: skip
    sums = [
        Sum("A", ("A men", "A women")),
        Sum("B", ("B men", "B women")),
        Sum("whole", ("men", "women")),
        Sum("men", ("A men", "B men")),
        Sum("women", ("A women", "B women")),
        Sum("whole", ("A", "B")),
    ]
    found = hidden(values, sums, keep=["A", "B", "whole"])
    assert {"B women", "B men"} <= found
    assert found == {"B women", "B men", "A women", "A men"} or found == {"B women", "B men", "men", "women"}


def test_a_percentage_needs_twenty_persons() -> None:
    assert not may_show_percentage(19)
    assert may_show_percentage(20)


def laid_out(
    parts: Sequence[Sequence[int]], genders: Sequence[int]
) -> tuple[dict[Key, Count], list[Sum[Key]], list[Key]]:
    """A table per payer and one for the whole, and under the same totals a second table over the whole.

    Args:
        parts: the counts of each payer, row by row.
        genders: how the whole is divided once more; the rest is the last row.
    """
    payers = [f"payer {number}" for number in range(len(parts))]
    rows = [f"row {number}" for number in range(len(parts[0]))]
    values: dict[Key, int] = {
        (payer, row): value
        for payer, counted in zip(payers, parts, strict=True)
        for row, value in zip(rows, counted, strict=True)
    }
    sums: list[Sum[Key]] = []
    for payer, counted in zip(payers, parts, strict=True):
        values[payer, "all"] = sum(counted)
        sums.append(Sum((payer, "all"), tuple((payer, row) for row in rows)))
    for row in [*rows, "all"]:
        values["whole", row] = sum(values[payer, row] for payer in payers)
        sums.append(Sum(("whole", row), tuple((payer, row) for payer in payers)))
    sums.append(Sum(("whole", "all"), tuple(("whole", row) for row in rows)))
    left = values["whole", "all"]
    names = []
    for number, wanted in enumerate([*genders, left]):
        values["whole", f"gender {number}"] = min(wanted, left)
        left -= min(wanted, left)
        names.append(("whole", f"gender {number}"))
    sums.append(Sum(("whole", "all"), tuple(names)))
    totals = [key for key in values if key[1] == "all"]
    return {key: Count(value, value) for key, value in values.items()}, sums, totals


def follows(counts: Mapping[Key, Count], sums: Sequence[Sum[Key]], found: Collection[Key]) -> list[Key]:
    """The withheld counts of which only one value fits what is shown."""
    system = System()
    unknown = {key: system.number(1) for key in sorted(found)}
    for one in sums:
        signs = {one.total: 1} | dict.fromkeys(one.parts, -1)
        shown = sum(sign * counts[key].value for key, sign in signs.items() if key not in found)
        terms = {unknown[key]: sign for key, sign in signs.items() if key in found}
        if terms:
            system.require(terms, -shown, -shown)
    settled = set(system.settled(unknown.values()))
    return [key for key, place in unknown.items() if place in settled]


small_numbers = st.one_of(st.integers(0, 6), st.integers(0, 40))


@settings(max_examples=100, deadline=None)
@given(data=st.data(), payers=st.integers(1, 3), rows=st.integers(1, 5), threshold=st.integers(2, 10))
def test_nothing_withheld_follows_from_what_is_shown(
    data: st.DataObject, payers: int, rows: int, threshold: int
) -> None:
    numbers = st.lists(small_numbers, min_size=rows, max_size=rows)
    parts = data.draw(st.lists(numbers, min_size=payers, max_size=payers))
    counts, sums, totals = laid_out(parts, data.draw(st.lists(small_numbers, max_size=2)))
    found = withheld(counts, sums, threshold=threshold, keep=totals).because.keys()
    small = {key for key, one in counts.items() if 0 < one.people < threshold}
    assert small <= found
    assert not any(counts[key].value == 0 for key in found)
    assert follows(counts, sums, found) == []
    rests = [sum(counts[part].people for part in one.parts if part in found) for one in sums if one.total not in found]
    assert not any(0 < rest < threshold for rest in rests)


def test_the_solver_sees_what_can_be_worked_out() -> None:
    counts: dict[Key, Count] = {(name,): Count(value, value) for name, value in {"a": 1, "b": 1, "all": 2}.items()}
    sums: list[Sum[Key]] = [Sum(("all",), (("a",), ("b",)))]
    assert follows(counts, sums, frozenset({("a",)})) == [("a",)]
    assert follows(counts, sums, frozenset({("a",), ("b",)})) == [("a",), ("b",)]
    assert follows(counts, sums, frozenset(counts)) == []
