"""``manage.py figures``: its keys, its scope, and one clear line for what cannot be."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reporting.figures import CATALOGUE
from tests import factories as make
from tests.cast import make_cast

YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")

pytestmark = pytest.mark.django_db


def figures(*arguments: str) -> Any:
    out = StringIO()
    call_command("figures", *arguments, stdout=out)
    return json.loads(out.getvalue())


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("figures", *arguments)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_every_figure_is_printed_in_the_order_of_the_catalogue() -> None:
    assert list(figures(*YEAR)) == list(CATALOGUE)
    assert list(CATALOGUE)[:3] == ["participants", "trajectories", "stock_start"]


def test_codes_narrow_and_several_of_one_kind_widen() -> None:
    cast = make_cast()
    assert figures(*YEAR)["participants"] == 3
    assert figures(*YEAR, "--provider", cast.provider.name)["participants"] == 2
    assert figures(*YEAR, "--unit", "GR")["participants"] == 1
    assert figures(*YEAR, "--unit", "GR", "GY")["participants"] == 2
    assert figures(*YEAR, "--unit", "GR", "--unit", "GY")["participants"] == 2
    assert figures(*YEAR, "--agreement", "0327-A")["participants"] == 0
    assert figures(*YEAR, "--municipality", "0307", "--programme", "LWG")["by_programme"] == {"LWG": 1}


def test_the_table_says_the_same() -> None:
    make_cast()
    out = StringIO()
    call_command("figures", *YEAR, "--format", "table", stdout=out)
    rows = dict(line.split() for line in out.getvalue().splitlines())
    assert rows["participants"] == "3"
    assert rows["lead_time.median"] == "-"


def test_an_unknown_code_is_named() -> None:
    assert "XX" in refusal(*YEAR, "--unit", "XX")
    assert "9999" in refusal(*YEAR, "--municipality", "9999")
    assert "Nobody" in refusal(*YEAR, "--provider", "Nobody")


def test_a_code_of_several_providers_needs_the_provider() -> None:
    cast = make_cast()
    make.UnitFactory(provider=cast.other_provider, code="GR")
    assert "--provider" in refusal(*YEAR, "--unit", "GR")
    assert figures(*YEAR, "--unit", "GR", "--provider", cast.provider.name)["participants"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2026-13-01", "--to", "2026-12-31"),
        ("--from", "2026-12-31", "--to", "2026-01-01"),
        (*YEAR, "--reference-date", "2025-12-31"),
        (*YEAR, "--reference-date", "yesterday"),
    ],
)
def test_days_that_cannot_be_are_refused(arguments: tuple[str, ...]) -> None:
    assert refusal(*arguments)
