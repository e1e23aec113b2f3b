"""What a report says about the report before it, and a version about the one it replaces."""

from datetime import date

import pytest
from django.utils import timezone

from foundation.periods import Period
from reporting.composing import compose
from reporting.composing.corrections import differences
from reporting.documents.content import WITHHELD, Chapter, Column, ReportContent, Table, from_data, to_data
from reporting.freezing.facts import read
from reporting.freezing.snapshot import take
from reporting.models import Report, ReportState
from tests import factories as make
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """The cast, with twelve people guided for one payer since 2023 and nine for another."""
    cast = make_cast()
    for agreement, number in ((cast.agreement, 12), (cast.other_agreement, 9)):
        make.CombinationConsentFactory(agreement=agreement)
        guided(cast, agreement, number, date(2023, 3, 1))
    return cast


def guided(cast: Cast, agreement: object, number: int, started_on: date) -> None:
    for _ in range(number):
        person = make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality)
        make.TrajectoryFactory(participant=person, programme=cast.programme, agreement=agreement, started_on=started_on)


def signed(cast: Cast, period: Period, on: date, *, combined: bool = False, replaces: Report | None = None) -> Report:
    """A signed report over ``period`` with ``on`` as reference date, frozen as the worker does, without its files."""
    report: Report = make.ReportFactory(
        provider=cast.provider,
        agreements=[cast.agreement, *([cast.other_agreement] if combined else [])],
        period_from=period.start,
        period_until=period.end,
        reference_date=on,
        language="en",
        **({"number": replaces.number, "version": 2, "replaces": replaces, "reason": "Vergeten."} if replaces else {}),
    )
    for table in take(report):
        table.save()
    made = compose(report, read(report))
    again = compose(report, read(report))
    assert (made.whole, made.parts) == (again.whole, again.parts)
    for part in report.parts.all():
        part.content = to_data(made.parts[part.agreement_id]) if combined else None
        part.save()
    report.content, report.state = to_data(made.whole), ReportState.SIGNED
    report.signed_by, report.signed_at = cast.ineke, timezone.now()
    report.save()
    return report


def table_of(report: Report, table_id: str) -> Table | None:
    tables = {table.id: table for table in from_data(report.content).tables}
    return tables.get(table_id)


def rows_of(report: Report, table_id: str) -> dict[object, tuple[object, ...]]:
    table = table_of(report, table_id)
    assert table
    return {row[0]: row[1:] for row in table.rows}


def test_the_next_yearly_report_tells_what_changed_in_the_year_before(cast: Cast) -> None:
    first = signed(cast, Period.year(2024), date(2025, 1, 5))
    assert table_of(first, "C1") is None
    guided(cast, cast.agreement, 7, date(2024, 10, 1))
    for trajectory in cast.agreement.trajectories.filter(started_on=date(2024, 10, 1)):
        make.OutcomeFactory(trajectory=trajectory, dated_on=date(2024, 12, 1))
    second = signed(cast, Period.year(2025), date(2026, 1, 5))
    told = rows_of(second, "C1")
    assert told["Participants"] == (12, 19)
    assert told["Trajectories"] == (12, 19)
    assert told["To paid work"] == (0, 7)
    assert "Insight into the help question" not in told


def test_over_a_month_before_only_what_can_hurt_nobody_is_told(cast: Cast) -> None:
    signed(cast, Period.month(2025, 11), date(2025, 12, 5))
    guided(cast, cast.agreement, 2, date(2025, 11, 10))
    few = signed(cast, Period.month(2025, 12), date(2026, 1, 5))
    assert list(rows_of(few, "C1")) == ["Records entered after its reference date"]

    guided(cast, cast.agreement, 6, date(2025, 11, 10))
    many = signed(cast, Period.month(2025, 12), date(2026, 1, 6))
    assert rows_of(many, "C1")["Participants"] == (12, 20)


def test_records_entered_late_are_counted_unless_they_are_about_too_few_people(cast: Cast) -> None:
    signed(cast, Period.year(2024), date(2025, 1, 5), combined=True)
    for trajectory in cast.agreement.trajectories.filter(started_on=date(2023, 3, 1))[:6]:
        make.SessionFactory(trajectory=trajectory, held_on=date(2024, 6, 1))
    told = rows_of(signed(cast, Period.year(2025), date(2026, 1, 5), combined=True), "C1")
    assert told["Records entered after its reference date"] == (None, 6)
    make.SessionFactory(trajectory=cast.other_agreement.trajectories.first(), held_on=date(2024, 6, 1))
    few = signed(cast, Period.year(2025), date(2026, 1, 6), combined=True)
    assert rows_of(few, "C1")["Records entered after its reference date"] == (None, WITHHELD)
    for part in few.parts.all():
        table = next(table for table in from_data(part.content).tables if table.id == "C1")
        assert table.rows[-1][2] is WITHHELD


def test_a_version_tells_where_its_numbers_differ_from_the_one_it_replaces(cast: Cast) -> None:
    first = signed(cast, Period.year(2025), date(2026, 1, 5))
    guided(cast, cast.agreement, 8, date(2025, 6, 1))
    second = signed(cast, Period.year(2025), date(2026, 1, 5), replaces=first)
    told = rows_of(second, "V1")
    assert told["Participants"] == (12, 20)
    assert told["T4, Started, 2025"] == (0, 8)
    assert not [label for label in told if str(label).startswith("V1")]


def test_what_is_withheld_stays_withheld_between_versions(cast: Cast) -> None:
    old, new = (_content(cell) for cell in (WITHHELD, 9))
    table = differences(old, new)
    assert table
    assert table.rows == (("T1, Rij, 2025", WITHHELD, 9),)
    assert differences(old, old) is None


def _content(cell: object) -> ReportContent:
    columns = (Column("name", "Naam", "text"), Column("now", "2025", "count"))
    return ReportContent(
        title="R", provider="P", payers=(), scope="", number="N", version=1, status="signed", language="nl",
        definitions_version="1", period_start=date(2025, 1, 1), period_end=date(2025, 12, 31),
        reference_date=date(2026, 1, 5), chapters=(Chapter("who", "Wie"),),
        tables=(Table("T1", "Tabel", "who", columns, (("Rij", cell),), "keer"),),  # type: ignore[arg-type]
    )  # fmt: skip
