"""How an import fits what it brings into a thread that can only grow."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trajectories.imports.threads import Happening, Rewrite, rewrite
from trajectories.workflow import EventKind as E

FIRST, LAST, NOW = date(2024, 1, 10), date(2024, 6, 30), date(2025, 1, 1)


def stored(*events: tuple[E, date]) -> list[Happening]:
    return [Happening(kind, day, sequence=number) for number, (kind, day) in enumerate(events, start=1)]


def new(*events: tuple[E, date]) -> list[Happening]:
    return [Happening(kind, day) for kind, day in events]


def kinds(events: object) -> list[str]:
    return [event.kind for event in events]  # type: ignore[attr-defined]


def after(stored_events: list[Happening], change: Rewrite) -> list[str]:
    """The thread as it reads once the change is written: by day, and within a day by number."""
    last = max((event.sequence or 0 for event in stored_events), default=0) + len(change.voided)
    numbered = [(event, last + number) for number, event in enumerate(change.added, start=1)]
    kept = [(event, event.sequence or 0) for event in stored_events if event not in change.voided]
    return [event.kind for event, _n in sorted([*kept, *numbered], key=lambda pair: (pair[0].dated_on, pair[1]))]


def test_a_new_thread_starts_and_ends_on_its_days_in_the_order_of_the_file() -> None:
    events = new((E.RELAPSE, LAST), (E.AFTERCARE_REACHED, LAST), (E.RESUMED, LAST), (E.TRIAL_PASSED, FIRST))
    change = rewrite([], events, started_on=FIRST, ended_on=LAST, now=NOW)
    wanted = [E.STARTED, E.TRIAL_PASSED, E.RELAPSE, E.RESUMED, E.ENDED, E.AFTERCARE_REACHED]
    assert kinds(change.added) == kinds(change.wanted) == wanted


def test_what_starts_later_than_today_is_planned() -> None:
    assert rewrite([], [], started_on=FIRST, ended_on=None, now=FIRST - timedelta(days=1)).wanted == []
    assert kinds(rewrite([], [], started_on=FIRST, ended_on=None, now=FIRST).wanted) == [E.STARTED]


def test_a_thread_that_is_right_is_left_alone() -> None:
    there = stored((E.STARTED, FIRST), (E.RELAPSE, LAST), (E.ENDED, LAST))
    change = rewrite(there, [], started_on=FIRST, ended_on=LAST, now=NOW)
    assert (change.added, change.voided) == ([], [])


def test_a_relapse_on_the_last_day_comes_before_the_end() -> None:
    there = stored((E.STARTED, FIRST), (E.ENDED, LAST))
    change = rewrite(there, new((E.RELAPSE, LAST)), started_on=FIRST, ended_on=LAST, now=NOW)
    assert kinds(change.voided) == [E.ENDED]
    assert after(there, change) == [E.STARTED, E.RELAPSE, E.ENDED]


def test_another_first_and_last_day_void_the_old_ones() -> None:
    there = stored((E.STARTED, FIRST), (E.TRIAL_PASSED, LAST), (E.ENDED, LAST))
    moved = rewrite(there, [], started_on=LAST, ended_on=LAST + timedelta(days=9), now=NOW)
    assert kinds(moved.voided) == [E.STARTED, E.ENDED, E.TRIAL_PASSED]
    assert after(there, moved) == [E.STARTED, E.TRIAL_PASSED, E.ENDED]


Case = tuple[list[Happening], list[Happening], date, date | None]


@st.composite
def threads(draw: st.DrawFn) -> Case:
    """A stored thread in which days lie close together, new events, and other first and last days."""
    day = st.integers(0, 3).map(lambda number: FIRST + timedelta(days=number))
    ordinary = st.sampled_from([E.RELAPSE, E.PAUSED, E.RESUMED, E.EXTENDED, E.COACH_CHANGED])
    there = sorted(draw(st.lists(st.tuples(ordinary, day), max_size=4)), key=lambda pair: pair[1])
    events = stored((E.STARTED, FIRST), *there, (E.ENDED, FIRST + timedelta(days=3)))
    added = new(*draw(st.lists(st.tuples(ordinary, day), max_size=4)))
    return events, added, draw(day), draw(st.none() | day)


@given(threads())
def test_what_is_written_reads_as_it_was_meant(
    case: tuple[list[Happening], list[Happening], date, date | None],
) -> None:
    there, added, started_on, ended_on = case
    change = rewrite(there, added, started_on=started_on, ended_on=ended_on, now=NOW)
    assert after(there, change) == kinds(change.wanted)
    assert kinds(change.wanted).count(E.STARTED) == 1
    assert kinds(change.wanted).count(E.ENDED) == (ended_on is not None)
    ordinary = sorted(event.kind for event in [*there, *added] if event.kind not in {E.STARTED, E.ENDED})
    assert sorted(kind for kind in kinds(change.wanted) if kind not in {E.STARTED, E.ENDED}) == ordinary
