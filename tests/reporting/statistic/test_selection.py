"""Which provisions belong to a month, and what is corrected of the months before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.encryption import file_keys_kept
from foundation.periods import Period
from reporting.models import LaterEnds, StatisticDelivery, StatisticSetting
from reporting.statistic.fields import table_for
from reporting.statistic.lines import line_of
from reporting.statistic.restating import Change, Sent, corrections, delivered, remembered
from reporting.statistic.selection import Scope, is_delivered, months_before, select, unrecorded
from tests import factories as make
from trajectories.models import LabourPosition, Provision

OCTOBER, SEPTEMBER = Period.month(2025, 10), Period.month(2025, 9)
DAY = date

Uses = Callable[..., Provision]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_in"),
    [
        (DAY(2025, 10, 31), None, True),
        (DAY(2025, 11, 1), None, False),
        (DAY(2025, 9, 1), DAY(2025, 10, 1), True),
        (DAY(2025, 9, 1), DAY(2025, 9, 30), False),
        (DAY(2025, 10, 1), DAY(2025, 10, 1), True),
        (DAY(2025, 10, 31), DAY(2025, 10, 31), True),
        (DAY(2025, 9, 1), DAY(2025, 11, 1), True),
    ],
)
def test_it_ran_at_the_end_of_the_month_or_ended_in_it(starts_on: date, ends_on: date | None, is_in: bool) -> None:
    assert is_delivered(starts_on, ends_on, OCTOBER) is is_in


def test_months_that_ended_before_are_sent_again_when_the_setting_says_so() -> None:
    ended = DAY(2025, 8, 31)
    assert [is_delivered(DAY(2025, 1, 1), ended, OCTOBER, back) for back in (0, 1, 2)] == [False, False, True]
    assert months_before(Period.month(2026, 1), 1) == Period.month(2025, 12)
    assert months_before(Period.month(2025, 11), -2) == Period.month(2026, 1)


days = st.dates(DAY(2024, 11, 1), DAY(2026, 2, 28))


@given(starts_on=days, length=st.none() | st.integers(0, 400), back=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_day_by_day_the_same_provisions_belong_to_the_month(starts_on: date, length: int | None, back: int) -> None:
    """Against a count that walks the days: it was used on a day of the month, or on one of the months before it."""
    ends_on = None if length is None else starts_on + timedelta(days=length)
    walked = Period(months_before(OCTOBER, back).start, OCTOBER.end)
    one_day = timedelta(days=1)
    used = any(
        starts_on <= day and (ends_on is None or day <= ends_on)
        for day in (walked.start + one_day * number for number in range(walked.days))
    )
    assert is_delivered(starts_on, ends_on, OCTOBER, back) is used


@pytest.fixture
def scope(db: None) -> Scope:
    unit = make.UnitFactory()
    payer = make.MunicipalityFactory(code="0307", name="Amersfoort")
    StatisticSetting.objects.create(provider=unit.provider, municipality=payer, reporter_code="0307")
    return Scope(unit.provider_id, payer.pk, frozenset({unit.pk}), make.StaffMemberFactory())


@pytest.fixture
def uses(scope: Scope) -> Uses:
    """Lets somebody new use a provision on a trajectory that this municipality pays."""
    [unit] = scope.units
    programme = make.ProgrammeFactory(unit_id=unit, provider_id=scope.provider_id, provision_type="40")
    agreement = make.AgreementFactory(
        provider_id=scope.provider_id,
        municipality_id=scope.municipality_id,
        bsn_ground="Artikel 6",
        programmes=[programme],
    )

    def use(**more: Any) -> Provision:
        trajectory = make.TrajectoryFactory(programme=programme, agreement=agreement, started_on=DAY(2025, 1, 6))
        made: Provision = make.ProvisionFactory(trajectory=trajectory, **more)
        return made

    return use


def numbers(scope: Scope, month: Period = OCTOBER) -> set[str]:
    return {line.registration for line in select(scope, month, "0307").lines}


def test_only_what_this_municipality_pays_in_these_units_is_in(scope: Scope, uses: Uses) -> None:
    own = uses()
    make.ProvisionFactory()
    elsewhere = make.TrajectoryFactory(
        participant=own.participant,
        programme=make.ProgrammeFactory(unit=make.UnitFactory(provider=own.provider)),
        agreement=make.AgreementFactory(provider=own.provider),
        started_on=DAY(2025, 1, 6),
    )
    make.ProvisionFactory(trajectory=elsewhere)
    month = select(scope, OCTOBER, "0307")
    assert [line.id for line in month.lines] == [own.pk]
    assert len(month.around) == 2, "the checks also see what somebody uses elsewhere at this provider"


def test_the_database_selects_what_the_rule_says(scope: Scope, uses: Uses) -> None:
    ends = [None, DAY(2025, 9, 30), DAY(2025, 10, 1), DAY(2025, 10, 31), DAY(2025, 11, 1)]
    made = [uses(starts_on=start, ends_on=end) for start in (DAY(2025, 9, 1), DAY(2025, 9, 30)) for end in ends]
    made += [uses(starts_on=DAY(2025, 10, 31)), uses(starts_on=DAY(2025, 11, 1))]
    expected = {one.registration for one in made if is_delivered(one.starts_on, one.ends_on, OCTOBER)}
    assert numbers(scope) == expected
    StatisticSetting.objects.update(months_back=1)
    assert numbers(scope) == expected | {one.registration for one in made if one.ends_on == DAY(2025, 9, 30)}


def test_capacity_and_aim_are_those_of_the_last_day_of_the_month(scope: Scope, uses: Uses) -> None:
    person = uses().participant
    for on, capacity in ((DAY(2025, 1, 6), "40"), (DAY(2025, 10, 31), "10"), (DAY(2025, 11, 1), "20")):
        LabourPosition.objects.create(
            provider=person.provider, participant=person, starts_on=on, capacity=capacity, aim="2"
        )
    [line] = select(scope, OCTOBER, "0307").lines
    assert (line.person.capacity, line.person.aim) == ("10", "2")
    [line] = select(scope, SEPTEMBER, "0307").lines
    assert line.person.capacity == "40"


def test_an_end_after_the_month_is_left_out_or_sent(scope: Scope, uses: Uses) -> None:
    uses(ends_on=DAY(2025, 11, 30), end_reason="2")
    for choice, sent in ((LaterEnds.LEAVE_OUT, ("", "")), (LaterEnds.SEND, ("20251130", "2"))):
        StatisticSetting.objects.update(later_ends=choice)
        month = select(scope, OCTOBER, "0307")
        line = line_of(month.lines[0], month)
        assert (line["einddatum_voorziening"], line["reden_beeindiging"]) == sent


def test_the_bsn_is_in_the_line_only_with_a_ground(scope: Scope, uses: Uses) -> None:
    person = uses().participant
    with file_keys_kept():
        person.bsn = "999990019"
        person.save()
        month = select(scope, OCTOBER, "0307")
        assert line_of(month.lines[0], month)["burgerservicenummer"] == "999990019"
        Provision.objects.get().trajectory.agreement.__class__.objects.update(bsn_ground="")
        month = select(scope, OCTOBER, "0307")
        assert line_of(month.lines[0], month)["burgerservicenummer"] == ""


def test_a_trajectory_without_a_running_provision_is_noticed(scope: Scope, uses: Uses) -> None:
    running, ended = uses(), uses(ends_on=DAY(2025, 10, 30), end_reason="2")
    assert [one.trajectory_id for one in unrecorded(scope, OCTOBER)] == [ended.trajectory_id]
    assert running.trajectory.programme.name != ""
    assert unrecorded(scope, Period.month(2024, 12)) == ()


def deliver(scope: Scope, month: Period) -> None:
    table = table_for(month)
    assert table is not None
    StatisticDelivery.objects.create(
        provider_id=scope.provider_id,
        municipality_id=scope.municipality_id,
        month=month.start,
        format="csv",
        rows=0,
        sha256="0" * 64,
        lines={str(unit): {} for unit in scope.units} | remembered(select(scope, month, "0307")),
    )


def corrected(scope: Scope) -> set[tuple[Period, str, Change]]:
    found = corrections(scope, OCTOBER, delivered(scope, OCTOBER))
    return {(one.month, one.registration, one.change) for one in found}


def test_what_changed_in_the_three_months_before_is_listed(scope: Scope, uses: Uses) -> None:
    stays, moved, ended, gone = (uses(starts_on=DAY(2025, 2, 3)) for _number in range(4))
    months = [months_before(OCTOBER, back) for back in (4, 3, 2, 1)]
    for month in months:
        deliver(scope, month)
    assert corrected(scope) == set()
    Provision.objects.filter(pk=moved.pk).update(starts_on=DAY(2025, 2, 10))
    Provision.objects.filter(pk=ended.pk).update(ends_on=DAY(2025, 8, 20), end_reason="2")
    gone_number, _deleted = gone.registration, gone.delete()
    late = uses(starts_on=DAY(2025, 9, 15))
    changed = Change.CHANGED
    assert corrected(scope) == {
        *((month, moved.registration, changed) for month in months[1:]),
        *((month, gone_number, Change.GONE) for month in months[1:]),
        (months[2], ended.registration, changed),
        (months[3], ended.registration, changed),
        (months[3], late.registration, Change.ADDED),
    }
    assert stays.registration not in {number for _month, number, _change in corrected(scope)}


def test_a_later_delivery_of_the_same_month_replaces_the_earlier_one(scope: Scope, uses: Uses) -> None:
    used = uses(starts_on=DAY(2025, 2, 3))
    deliver(scope, SEPTEMBER)
    Provision.objects.update(starts_on=DAY(2025, 2, 4))
    assert corrected(scope) == {(SEPTEMBER, used.registration, Change.CHANGED)}
    deliver(scope, SEPTEMBER)
    assert corrected(scope) == set()
    assert delivered(scope, OCTOBER).last[used.registration] == Sent("40", DAY(2025, 2, 4), None)


def test_an_end_that_comes_after_the_month_is_no_correction(scope: Scope, uses: Uses) -> None:
    uses(starts_on=DAY(2025, 2, 3))
    deliver(scope, SEPTEMBER)
    Provision.objects.update(ends_on=DAY(2025, 10, 1), end_reason="2")
    StatisticSetting.objects.update(later_ends=LaterEnds.SEND, months_back=2)
    assert corrected(scope) == set()


def test_a_delivery_of_another_unit_is_not_compared(scope: Scope, uses: Uses) -> None:
    uses(starts_on=DAY(2025, 2, 3))
    deliver(scope, SEPTEMBER)
    other = make.UnitFactory(provider_id=scope.provider_id)
    elsewhere = Scope(scope.provider_id, scope.municipality_id, frozenset({other.pk}), scope.reader)
    assert corrections(elsewhere, OCTOBER, delivered(elsewhere, OCTOBER)) == []


def test_a_month_that_was_never_delivered_has_nothing_to_correct(scope: Scope, uses: Uses) -> None:
    uses(starts_on=DAY(2025, 2, 3))
    assert corrected(scope) == set()
