"""A report has what its payer's tranche demands: other figures, split-outs, or fewer chapters."""

from datetime import date

import pytest

from foundation.clock import now
from foundation.periods import Period
from reporting.actions import ask_for_report
from reporting.composing import compose
from reporting.documents.content import WITHHELD, ReportContent
from reporting.facts import Scope, load
from reporting.freezing.facts import facts_of
from reporting.freezing.snapshot import take
from reporting.models import Template
from tests import factories as make
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

USUAL = {"T1", "T2", "T3", "T4", "T13", "T15", "T16"}


@pytest.fixture
def cast() -> Cast:
    """Twelve people of two genders, of whom one half ended."""
    cast = make_cast()
    for number in range(12):
        person = make.ParticipantFactory(
            provider=cast.provider, home_municipality=cast.municipality, gender="mf"[number % 2]
        )
        make.TrajectoryFactory(
            participant=person, programme=cast.programme, agreement=cast.agreement, started_on=make.days_ago(400)
        )
    return cast


def content_of(cast: Cast) -> ReportContent:
    report = ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=Period.year(2025), language="en")
    facts = facts_of({table.name: bytes(table.content) for table in take(report)})
    return compose(report, facts).whole


def demand(cast: Cast, *figures: str, splits: tuple[str, ...] = (), **terms: object) -> None:
    make.TrancheFactory(
        agreement=cast.agreement,
        starts_on=make.days_ago(700),
        confirmed_at=now(),
        demands=figures,
        demands__splits={figures[0]: list(splits)},
        **terms,
    )


def test_without_a_tranche_it_has_the_usual_tables(cast: Cast) -> None:
    assert {table.id for table in content_of(cast).tables} >= USUAL


def test_a_figure_that_is_asked_for_has_its_table(cast: Cast) -> None:
    demand(cast, "leavers", "loneliness", "occupancy", "slot_turnover", "aftercare", "other_route", "instrument_change")
    found = {table.id for table in content_of(cast).tables}
    assert found >= {"D1", "D2", "D3", "D4", "D5", "D6", "D7"}


def test_a_split_out_stands_under_its_total(cast: Cast) -> None:
    demand(cast, "trajectories", splits=("gender",))
    content = content_of(cast)
    table = next(table for table in content.tables if table.id.startswith("S"))
    assert table.has_total
    of_2025 = [row[1] for row in table.rows]
    assert of_2025[-1] == 12
    assert sorted(of_2025[:-1], key=str)[:2] == [6, 6]


def test_in_short_it_has_what_was_asked_for_and_no_more(cast: Cast) -> None:
    demand(cast, "stock_end", template=Template.SHORT)
    content = content_of(cast)
    assert {table.id for table in content.tables} == {"T4", "T17"}  # what is demanded, and its target
    assert [figure.id for figure in content.key_figures][:2] == ["participants", "trajectories"]


def test_what_a_draft_demands_does_not_count(cast: Cast) -> None:
    make.TrancheFactory(agreement=cast.agreement, starts_on=make.days_ago(700), template=Template.SHORT)
    assert len(content_of(cast).tables) > 5


def test_what_is_demanded_without_a_tranche_holds_until_a_tranche_does(cast: Cast) -> None:
    make.RequirementFactory(agreement=cast.agreement, figure="other_route")
    assert "D2" in {table.id for table in content_of(cast).tables}
    demand(cast, "leavers")
    assert {"D1", "D2"} & {table.id for table in content_of(cast).tables} == {"D1"}


def test_a_target_without_a_tranche_holds_on_the_days_that_no_tranche_does(cast: Cast) -> None:
    make.RequirementFactory(agreement=cast.agreement, figure="paid_work", target=8)
    make.TrancheFactory(
        agreement=cast.agreement,
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        confirmed_at=now(),
        demands=("inflow",),
    )
    make.TrancheFactory(agreement=cast.agreement, starts_on=date(2025, 6, 1))  # a draft takes no days
    found = load(Scope(agreements=frozenset({cast.agreement.pk})), Period.year(2025), date(2026, 1, 31)).targets
    assert sorted((row.figure, str(row.starts_on), str(row.ends_on)) for row in found) == [
        ("inflow", "2024-01-01", "2024-12-31"),
        ("paid_work", "2025-01-01", "None"),
        ("paid_work", "None", "2023-12-31"),
    ]


def test_places_are_told_in_days_and_on_the_counting_days(cast: Cast) -> None:
    slot = make.SlotFactory(programme=cast.programme, starts_on=date(2025, 1, 1))
    taken = cast.agreement.trajectories.order_by("started_on").first()
    make.PlacementFactory(slot=slot, trajectory=taken, starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 31))
    demand(cast, "occupancy")
    rows = {row[0]: row[1] for row in content_of(cast).table("D7").rows}
    assert rows["Days that there were places"] == 365
    assert rows["Days that a place was taken"] is WITHHELD  # of one person
    assert len(rows) == 6


def test_measuring_lists_are_told_in_words(cast: Cast) -> None:
    for trajectory in cast.agreement.trajectories.all():
        for day, money in ((date(2025, 2, 15), 2), (date(2025, 9, 1), 4)):
            make.measure(trajectory.participant, "zrm2017", day, {"finances": money})
    demand(cast, "instrument_change")
    labels = [str(row[0]) for row in content_of(cast).table("D8").rows]
    assert "zrm2017" not in "".join(labels)
    assert labels[0].endswith("money: better")


def test_who_pays_for_whom_is_the_number_of_that_payers_own_report(cast: Cast) -> None:
    for agreement in (cast.agreement, cast.other_agreement):
        make.CombinationConsentFactory(agreement=agreement)
    demand(cast, "by_municipality")
    report = ask_for_report(
        by=cast.ineke, agreements=[cast.agreement, cast.other_agreement], period=Period.year(2025), language="en"
    )
    made = compose(report, facts_of({table.name: bytes(table.content) for table in take(report)}))
    own = made.parts[cast.agreement.pk].key_figures[0].value
    assert own in [row[1] for row in made.whole.table("D9").rows]
    places = [(tuple(cell[0]), *cell[1:4]) for cell in made.protection["cells"]]
    assert len(places) == len(set(places))
    assert not [place for place in places if "municipality" in place[3]]
