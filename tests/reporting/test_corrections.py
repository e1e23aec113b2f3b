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
    report.content, report.protection = to_data(made.whole), made.protection
    report.state = ReportState.SIGNED
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
    parts = {part.agreement: from_data(part.content).table("C1").rows[-1][2] for part in few.parts.all()}
    assert parts[cast.other_agreement] is WITHHELD  # one person
    whole = rows_of(few, "C1")["Records entered after its reference date"][1]
    assert WITHHELD in (whole, parts[cast.agreement])  # or that one would follow


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


def test_each_part_finds_what_told_of_its_own_agreement(cast: Cast) -> None:
    """Leusden had a report of its own, and Amersfoort and Leusden one together: each part goes on from its own last."""
    signed(cast, Period.year(2023), date(2024, 1, 5), combined=True)
    alone = signed(cast, Period.year(2024), date(2025, 1, 5))
    guided(cast, cast.agreement, 8, date(2024, 10, 1))
    both = signed(cast, Period.year(2025), date(2026, 1, 5), combined=True)
    titles = {part.agreement: from_data(part.content).table("C1").title for part in both.parts.all()}
    assert alone.number in titles[cast.agreement]
    assert alone.number not in titles[cast.other_agreement]
    own = next(part for part in both.parts.all() if part.agreement == cast.agreement)
    rows = {row[0]: row[1:] for row in from_data(own.content).table("C1").rows}
    assert rows["Participants"] == (12, 20)
    assert rows["Trajectories in the period: Started"] == (0, 8)
    assert "Participants" not in rows_of(both, "C1")  # of 2023, together: nothing changed


def test_what_was_withheld_is_a_word_among_the_corrections(cast: Cast) -> None:
    guided(cast, cast.agreement, 3, date(2024, 5, 1))
    first = signed(cast, Period.year(2024), date(2025, 1, 5))
    assert {row[0]: row[1] for row in from_data(first.content).table("T4").rows}["Started"] is WITHHELD
    guided(cast, cast.agreement, 9, date(2024, 6, 1))
    told = rows_of(signed(cast, Period.year(2025), date(2026, 1, 5)), "C1")
    assert told["Trajectories in the period: Started"] == (WITHHELD, 12)


def test_what_each_payer_reads_elsewhere_is_no_correction_on_the_whole(cast: Cast) -> None:
    """The report before told nobody's part by payer: its row would be laid beside a zero that nobody read."""
    signed(cast, Period.year(2024), date(2025, 1, 5), combined=True)
    guided(cast, cast.agreement, 8, date(2024, 10, 1))
    for agreement in (cast.agreement, cast.other_agreement):
        make.TrancheFactory(
            agreement=agreement,
            starts_on=date(2025, 1, 1),
            confirmed_at=timezone.now(),
            demands=("inflow",),
            demands__splits={"inflow": ["municipality"]},
        )
    told = rows_of(signed(cast, Period.year(2025), date(2026, 1, 5), combined=True), "C1")
    assert "Trajectories in the period: Started" in told
    assert not [label for label in told if "by municipality" in str(label)]
