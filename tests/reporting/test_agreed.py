"""The table of what was agreed: reached over the whole agreement, and withheld like any other number."""

from datetime import date

import pytest

from foundation.periods import Period
from reporting.composing import Composed, compose
from reporting.documents.content import WITHHELD, Cell, ReportContent
from reporting.freezing.facts import facts_of
from reporting.freezing.snapshot import take
from reporting.models import Report, Requirement
from tests import factories as make
from tests.cast import Cast, make_cast
from trajectories.models import Agreement, OutcomeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Two payers from 2024 to 2027: of 12 people 3 found work and 6 another route; of the other seven nobody did."""
    cast = make_cast()
    Requirement.objects.all().delete()
    for agreement, number in ((cast.agreement, 12), (cast.other_agreement, 7)):
        make.CombinationConsentFactory(agreement=agreement)
        Agreement.objects.filter(pk=agreement.pk).update(starts_on=date(2024, 1, 1), ends_on=date(2027, 12, 31))
        for place in range(number):
            guided(cast, agreement, place)
    make.RequirementFactory(agreement=cast.agreement, figure="paid_work", target=8)
    make.RequirementFactory(agreement=cast.agreement, figure="other_route", target=20)
    make.RequirementFactory(agreement=cast.other_agreement, figure="participants", target=40)
    return cast


def guided(cast: Cast, agreement: Agreement, place: int) -> None:
    person = make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality)
    trajectory = make.TrajectoryFactory(
        participant=person, programme=cast.programme, agreement=agreement, started_on=date(2024, 3, 1)
    )
    if agreement == cast.agreement and place < 9:
        kind = OutcomeKind.PAID_WORK if place < 3 else OutcomeKind.VOLUNTEERING
        make.OutcomeFactory(trajectory=trajectory, kind=kind, dated_on=date(2024, 9, 1))


def composed(agreements: list[Agreement], period: Period) -> Composed:
    report: Report = make.ReportFactory(
        provider=agreements[0].provider, agreements=agreements, period_from=period.start, period_until=period.end,
        reference_date=date(2026, 1, 20), language="en",
    )  # fmt: skip
    return compose(report, facts_of({table.name: bytes(table.content) for table in take(report)}))


def rows_of(content: ReportContent) -> list[tuple[Cell, ...]]:
    return [row[1:] for row in content.table("T17").rows]


def test_each_payer_reads_what_was_reached_expected_and_agreed(cast: Cast) -> None:
    made = composed([cast.agreement, cast.other_agreement], Period.year(2025))
    own = [("To paid work", WITHHELD, 4.0, 8), ("Found another route", 6, 10.0, 20)]
    others = [("Participants", 7, 20.0, 40)]
    assert "T17" not in {table.id for table in made.whole.tables}  # both payers read that
    assert rows_of(made.parts[cast.agreement.pk]) == own
    assert rows_of(made.parts[cast.other_agreement.pk]) == others
    assert {row[0] for row in made.parts[cast.agreement.pk].table("T17").rows} == {
        f"{cast.agreement.code}, {cast.agreement.municipality.name}"
    }
    assert all(figure.target is None for figure in made.whole.key_figures)


def test_over_the_days_of_the_agreement_it_is_the_same_number_as_in_the_report(cast: Cast) -> None:
    made = composed([cast.other_agreement], Period(date(2024, 1, 1), date(2027, 12, 31)))
    assert [figure.target for figure in made.whole.key_figures] == [40, None, None, None]
    cells = [cell for cell in made.protection["cells"] if cell[3] == "participants" and cell[1] == "2024-01-01"]
    assert len(cells) == 1


def test_without_a_target_there_is_no_such_table(cast: Cast) -> None:
    Requirement.objects.all().delete()
    made = composed([cast.agreement], Period.year(2025))
    assert "T17" not in {table.id for table in made.whole.tables}
    assert "agreed" not in {chapter.id for chapter in made.whole.chapters}
