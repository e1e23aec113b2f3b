"""The frozen rows: without anybody's id, in one order, and good for every figure."""

import json
import re
from datetime import date
from uuid import UUID

import pytest

from foundation.periods import Period
from reporting.facts import Scope, load
from reporting.facts.rows import Person
from reporting.figures import compute, count
from reporting.freezing.coding import row_hash
from reporting.freezing.facts import FrozenFacts, facts_of
from reporting.freezing.pseudonyms import with_age_only
from reporting.freezing.snapshot import take
from reporting.freezing.tables import TABLES
from reporting.models import FrozenTable, Report
from tests import factories as make
from tests.oracle.folder import read_folder
from tests.oracle.test_example import EXAMPLE, REFERENCE
from tests.reporting.figures.into_database import Writer
from trajectories.models import Agreement

pytestmark = pytest.mark.django_db

YEAR = Period.year(2023)
Born = tuple[int | None, int | None, int | None]


def frozen(agreements: list[Agreement], period: Period = YEAR) -> list[FrozenTable]:
    report: Report = make.ReportFactory(
        provider=agreements[0].provider,
        agreements=agreements,
        period_from=period.start,
        period_until=period.end,
        reference_date=REFERENCE,
    )
    return list(take(report))


def facts_in(tables: list[FrozenTable]) -> FrozenFacts:
    return facts_of({table.name: bytes(table.content) for table in tables})


@pytest.fixture
def example() -> list[Agreement]:
    Writer(read_folder(EXAMPLE)).write()
    return list(Agreement.objects.order_by("code"))


def test_every_figure_of_the_whole_and_of_each_agreement_equals_the_direct_count(example: list[Agreement]) -> None:
    for period in (YEAR, Period(date(2022, 7, 2), date(2023, 3, 31))):
        facts = facts_in(frozen(example, period))
        scopes = [(facts, Scope(agreements=frozenset(one.pk for one in example)))]
        scopes += [(facts.of_agreement(one.pk), Scope(agreements=frozenset({one.pk}))) for one in example]
        for own, scope in scopes:
            for asked in (period, period.year_before()):
                straight = {key: one.value for key, one in compute(scope, asked, REFERENCE).items()}
                again = {key: one.value for key, one in count(own, asked, REFERENCE).items()}
                assert again == straight, (asked, scope)


def test_rows_hold_no_id_of_anybody_and_are_the_same_each_time(example: list[Agreement]) -> None:
    tables, again = frozen(example), frozen(example)
    assert [table.name for table in tables] == list(TABLES)
    assert [table.sha256 for table in tables] == [table.sha256 for table in again]

    facts = load(Scope(agreements=frozenset(one.pk for one in example)), YEAR, REFERENCE)
    ids = {str(value) for name in TABLES if hasattr(facts, name) for row in getattr(facts, name) for value in row}
    ids = {one for one in ids if len(one) == 36 and one.count("-") == 4} - {str(one.pk) for one in example}
    written = b"".join(bytes(table.content) for table in tables).decode()
    assert len(ids) > 1000
    assert not set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", written)) & ids

    table = next(one for one in tables if one.name == "trajectories")
    header, *lines = bytes(table.content).splitlines()
    assert json.loads(header)[:3] == ["id", "participant_id", "agreement_id"]
    assert len(lines) == table.rows == len(table.row_hashes) // 8
    assert table.row_hashes[8:16] == row_hash(lines[1])


@pytest.mark.parametrize(
    ("born", "kept"),
    [
        ((1980, 5, 17), (1980, 7, 2)),
        ((1980, 7, 2), (1980, 7, 2)),
        ((1980, 7, 3), (1981, 7, 2)),
        ((1980, None, None), (1980, None, None)),
        ((None, None, None), (None, None, None)),
    ],
)
def test_a_date_of_birth_says_no_more_than_the_age(born: tuple[int | None, ...], kept: tuple[int | None, ...]) -> None:
    year, month, day = born
    person = Person(UUID(int=1), "f", year, month, day, "")
    assert with_age_only(person, date(2023, 7, 2), date(2022, 7, 2))[2:5] == kept
