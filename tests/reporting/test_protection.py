"""What a reader has from all reports together gives no withheld number away; and what is shown stays worth reading."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from foundation.periods import Period
from reporting.composing import protection
from reporting.composing.protection import Protection
from reporting.demands import Demands, demands_of, strictest
from reporting.disclosure import Withheld, is_small
from reporting.documents.content import WITHHELD
from reporting.documents.formats import FORMATS
from reporting.models import Profile
from tests import factories as make
from tests.reporting.unityears import recovered_of, unit_year

UNIT_YEARS = 200
"""So many here; ``run.py bench small_counts`` tries more, and larger ones."""

GROUP = 25


@pytest.mark.parametrize("first", range(0, UNIT_YEARS, GROUP))
def test_a_reader_of_all_reports_recovers_no_withheld_number(first: int) -> None:
    for seed in range(first, first + GROUP):
        assert recovered_of(unit_year(seed, is_short=True)) == []


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(301, id="two targets and a year leave the same days out"),
        pytest.param(666, id="a split-out without its zeros, and then a version that says it shows them"),
        pytest.param(887, id="a target beside a quarter"),
        pytest.param(1687, id="two targets, a year and its first quarter"),
        pytest.param(4360, id="one programme beside the participants of it"),
    ],
)
def test_what_once_gave_a_number_away_does_no_more(seed: int) -> None:
    assert recovered_of(unit_year(seed, is_short=True)) == []


def only_small(counts: Any, sums: Any, *, threshold: int, **_rest: Any) -> Withheld[Any]:
    """Withhold small numbers, and nothing from which they follow."""
    return Withheld({key: None for key, one in counts.items() if is_small(one.people, threshold)}, frozenset())


def test_without_what_hides_the_small_ones_the_same_attack_recovers_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "withheld", only_small)
    assert sum(len(recovered_of(unit_year(seed, is_short=True))) for seed in range(6)) > 10


def test_of_so_few_people_that_even_zeros_tell_too_much_no_number_is_told() -> None:
    made = unit_year(216, is_short=True)
    decided, content = made.protections[-1], made.documents[-1].content
    assert recovered_of(made) == []
    assert decided.data["silent"] == [""]
    assert decided.data["cells"] == []
    assert content.tables == ()
    assert {one.value for one in content.key_figures} == {WITHHELD}
    for name, form in FORMATS.items():
        assert form.render is None or form.render(content), name


def test_a_zero_that_an_earlier_report_withheld_is_not_said_to_be_none() -> None:
    later = unit_year(2715, is_short=True)
    held = [one for one in later.protections if any(cell[4] == 0 and cell[6] is None for cell in one.data["cells"])]
    assert held
    assert all(one.hides_zeros for one in held)
    assert recovered_of(later) == []


def test_what_earlier_reports_give_away_by_themselves_silences_no_later_one() -> None:
    def careless_at_first(*args: Any, earlier: Any, **keywords: Any) -> Protection:
        with pytest.MonkeyPatch.context() as careless:
            if not earlier:
                careless.setattr(protection, "withheld", only_small)
            return protection.protect(*args, earlier=earlier, **keywords)

    _first, *later = unit_year(2, protecting=careless_at_first, is_short=True).protections
    assert all(one.data["exposed"] for one in later)
    assert not any(one.data["silent"] for one in later)


def test_what_is_public_is_rounded_to_five_in_every_cell() -> None:
    public = unit_year(3, demands=Demands("public", 10, 5), is_short=True)
    for document in public.documents:
        cells = [
            cell for table in document.content.tables if table.id != "T6" for row in table.rows for cell in row[1:]
        ]
        assert all(cell % 5 == 0 for cell in cells if isinstance(cell, int))
        assert not any(0 < cell < 10 for cell in cells if isinstance(cell, int))
        assert "rounded to 5" in document.content.small_count_note


def test_every_withheld_number_is_stored_with_its_reason() -> None:
    decided = unit_year(4, demands=Demands("municipality", 5), is_short=True).protections[-1]
    assert decided.data["profile"] == "municipality"
    assert {row["why"] for row in decided.data["withheld"]} <= {"small", "follows", "earlier"}
    assert Protection.of(decided.data).hidden == decided.hidden


def test_the_strictest_of_several_payers_holds() -> None:
    assert strictest([Demands("municipality", 12), Demands("public", 10, 5)]) == Demands("public", 12, 5)


@pytest.mark.django_db
def test_a_tranche_says_from_when_on_small_counts_are_those_of_everybody() -> None:
    agreement = make.AgreementFactory(small_count=4, starts_on=date(2020, 1, 1))
    make.TrancheFactory(
        agreement=agreement,
        starts_on=date(2025, 1, 1),
        profile=Profile.PUBLIC,
        small_count=5,
        confirmed_at=timezone.now(),
    )
    assert demands_of([agreement], Period.year(2024)) == Demands("municipality", 4)
    assert demands_of([agreement], Period.year(2025)) == Demands("public", 10, 5)
