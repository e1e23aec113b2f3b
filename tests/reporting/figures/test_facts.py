"""The facts that are read from the database are the rows that are there, in scope, and no others."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.periods import Period
from guidance.models import InstrumentVersion, ProgrammeInstrument
from reporting.asking import scope_of_codes
from reporting.facts import Scope, load
from reporting.figures import CATALOGUE, compute, count
from tests import factories as make
from tests.oracle.compare import differences
from tests.oracle.count import count as count_again
from tests.oracle.folder import read_folder
from tests.oracle.test_example import EXAMPLE, REFERENCE
from tests.reporting.figures.into_database import Writer
from trajectories.models import EventKind, Programme

pytestmark = pytest.mark.django_db

SCOPES: list[dict[str, Any]] = [
    {},
    {"agreements": ("0307-A",)},
    {"agreements": ("0307-A", "0327-A"), "programmes": ("AE-D", "AE-H")},
    {"municipalities": ("0307", "0363")},
    {"units": ("WS",)},
    {"units": ("GR",), "municipalities": ("0200",)},
]


def test_counting_from_the_database_equals_the_second_count() -> None:
    rows = read_folder(EXAMPLE)
    Writer(rows).write()
    for scope in SCOPES:
        for first, last, reference in (
            (date(2023, 1, 1), date(2023, 12, 31), REFERENCE),
            (date(2022, 7, 2), date(2024, 3, 31), date(2024, 2, 29)),
            (date(2024, 5, 6), date(2024, 5, 6), date(2024, 5, 6)),
        ):
            figures = compute(scope_of_codes(**scope), Period(first, last), reference)
            found = {key: figure.value for key, figure in figures.items()}
            again = count_again(rows, period_from=first, period_to=last, reference_date=reference, **scope)
            assert differences(found, again) == [], (scope, first)


def test_each_table_is_read_once_however_many_figures_and_periods_ask() -> None:
    make.OutcomeFactory()
    facts = load(Scope(), Period(date(2022, 1, 1), date(2023, 12, 31)), REFERENCE)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for year in (2022, 2023):
            count(facts, Period.year(year), REFERENCE)
    tables = 16
    assert len(asked) <= tables + 6


def test_figures_of_people_read_no_more_than_they_need() -> None:
    facts = load(Scope(), Period.year(2023), REFERENCE)
    with CaptureQueriesContext(connection) as asked:
        count(facts, Period.year(2023), REFERENCE, ids=("participants", "inflow", "lead_time"))
    assert len(asked) == 1


def test_another_provider_is_not_counted_where_one_is_named() -> None:
    ours, theirs = make.TrajectoryFactory(), make.TrajectoryFactory()
    figures = compute(Scope(provider=ours.provider_id), Period.year(2026), date(2026, 3, 17))
    assert [record.id for record in figures["trajectories"].records] == [ours.id]
    assert theirs.id not in {record.id for figure in figures.values() for record in figure.records}


def test_a_programme_that_switched_the_ladder_off_owes_no_first_ladder() -> None:
    trajectory = make.TrajectoryFactory()
    make.measure(make.ParticipantFactory(), "ladder", date(2026, 3, 1), {"step": 2})
    ladder = InstrumentVersion.objects.get(slug="ladder").instrument
    programme: Programme = trajectory.programme

    def total() -> int:
        figures = compute(Scope(), Period.year(2026), date(2026, 3, 17), ids=["data_quality"])
        return figures["data_quality"].number("no_first_ladder.total")

    assert total() == 1
    ProgrammeInstrument.objects.create(programme=programme, instrument=ladder, is_used=False)
    assert total() == 0


def test_what_was_entered_here_and_late_is_counted_by_the_day_in_the_netherlands() -> None:
    trajectory = make.TrajectoryFactory(started_on=date(2026, 1, 5))
    make.SessionFactory(trajectory=trajectory, held_on=date(2026, 3, 12))
    make.SessionFactory(trajectory=trajectory, held_on=date(2026, 3, 11))
    make.OutcomeFactory(trajectory=trajectory, dated_on=date(2026, 3, 1), is_imported=True)
    quality = compute(Scope(), Period.year(2026), date(2026, 3, 17))["data_quality"]
    assert quality.number("late_entry.total") == 3
    assert {record.day for record in quality.cell("late_entry.wrong")} == {date(2026, 1, 5), date(2026, 3, 11)}


def test_the_coach_on_the_last_day_counts() -> None:
    first, second = make.StaffMemberFactory(), make.StaffMemberFactory()
    trajectory = make.TrajectoryFactory(coach=first, started_on=date(2025, 1, 1))
    held = trajectory.coaches.get()
    held.ends_on = date(2025, 12, 30)
    held.save()
    trajectory.coaches.create(
        provider=trajectory.provider,
        participant=trajectory.participant,
        staff_member=second,
        starts_on=date(2025, 12, 31),
    )

    def trajectories(coach: Any, last: date) -> int:
        figures = compute(Scope(coach=coach.pk), Period(date(2025, 1, 1), last), date(2026, 3, 17))
        assert "occupancy" not in figures
        assert set(figures) == set(CATALOGUE) - {"occupancy"}
        return figures["trajectories"].number()

    assert trajectories(first, date(2025, 12, 30)) == 1
    assert trajectories(second, date(2025, 12, 30)) == 0
    assert trajectories(first, date(2025, 12, 31)) == 0
    assert trajectories(second, date(2025, 12, 31)) == 1


def test_an_undone_relapse_does_not_exist() -> None:
    trajectory = make.TrajectoryFactory(events=[(EventKind.RELAPSE, date(2026, 2, 2))])
    relapse = trajectory.events.get(kind=EventKind.RELAPSE)
    make.add_event(trajectory, EventKind.VOIDED, date(2026, 2, 3), voids=relapse)
    assert compute(Scope(), Period.year(2026), date(2026, 3, 17))["relapses"].value == 0
