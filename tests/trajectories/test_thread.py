"""The thread is drawn from the events of a trajectory, and says the same in words."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trajectories.thread import Thread, bead, draw_thread

TODAY = date(2026, 11, 3)
STARTED = date(2026, 9, 18)
EVENTS = [
    (STARTED, "started"),
    (date(2026, 10, 8), "trial_passed"),
    (date(2026, 10, 17), "relapse"),
    (date(2026, 10, 20), "coach_changed"),
    (date(2026, 10, 26), "resumed"),
]


def samira(
    *,
    started_on: date = STARTED,
    planned_end_on: date | None = date(2026, 12, 16),
    ended_on: date | None = None,
    events: list[tuple[date, str]] = EVENTS,
    today: date = TODAY,
) -> Thread:
    with translation.override("en"):
        return draw_thread(
            started_on=started_on, planned_end_on=planned_end_on, ended_on=ended_on, events=events, today=today
        )


def marks(thread: Thread) -> list[tuple[str, str]]:
    return [(mark.kind, mark.at) for mark in thread.marks]


def test_the_thread_of_the_prototype_comes_out() -> None:
    thread = samira()
    assert [(p.kind, p.start, p.end) for p in thread.pieces] == [
        ("ahead", "51.69", "100"),
        ("run", "0", "32.58"),
        ("curve", "33.37", "41.91"),
        ("run", "42.7", "51.69"),
    ]
    assert marks(thread) == [
        ("knot", "0"),
        ("tick", "22.47"),
        ("ring", "32.58"),
        ("knot", "42.7"),
        ("goal", "100"),
        ("today", "51.69"),
    ]
    assert (thread.day, thread.days, thread.words) == (47, 90, "Day 47 of 90")


def test_the_key_says_the_same_in_words() -> None:
    assert [(item.glyph, item.words, item.on) for item in samira().items] == [
        ("start", "Started", STARTED),
        ("trial", "Trial passed", date(2026, 10, 8)),
        ("relapse", "Relapse", date(2026, 10, 17)),
        ("resume", "Thread picked up again", date(2026, 10, 26)),
        ("goal", "Goal", date(2026, 12, 16)),
    ]


def test_a_relapse_that_is_not_over_hangs_until_today() -> None:
    thread = samira(events=EVENTS[:4])
    assert thread.pieces[-1].kind == "curve"
    assert marks(thread)[-1] == ("open_today", "51.69")


def test_a_pause_is_dotted_straight_and_a_relapse_in_it_hangs() -> None:
    thread = samira(events=[(date(2026, 10, 8), "paused"), (date(2026, 10, 17), "relapse")])
    assert [piece.kind for piece in thread.pieces] == ["ahead", "run", "dotted", "curve"]


def test_an_ended_thread_ends_in_a_ring_at_the_edge() -> None:
    thread = samira(ended_on=date(2026, 11, 1))
    assert marks(thread)[-1] == ("ring", "100")
    assert "ahead" not in {piece.kind for piece in thread.pieces}
    assert thread.words == "Ended after 45 days"
    assert [item.words for item in thread.items][-1] == "Ended"


def test_past_its_goal_the_thread_runs_on_and_says_so() -> None:
    thread = samira(planned_end_on=date(2026, 10, 20))
    assert thread.words == "Day 47, the goal was day 33"
    assert ("today", "100") in marks(thread)
    assert next(at for kind, at in marks(thread) if kind == "goal") == "69.57"


def test_without_a_planned_end_the_dots_go_on_and_there_is_no_goal() -> None:
    thread = samira(planned_end_on=None)
    assert "goal" not in dict(marks(thread))
    assert thread.pieces[0].kind == "ahead"
    assert (thread.words, thread.days) == ("Day 47", None)


def test_a_planned_thread_is_all_dots() -> None:
    thread = samira(started_on=date(2026, 12, 1), planned_end_on=date(2027, 3, 1), events=[])
    assert [(piece.kind, piece.start, piece.end) for piece in thread.pieces] == [("ahead", "0", "100")]
    assert thread.words == "Starts on 1 December 2026"
    assert "today" not in dict(marks(thread))


def test_the_first_day_counts_as_day_one() -> None:
    thread = samira(started_on=TODAY, planned_end_on=TODAY + timedelta(days=89), events=[])
    assert (thread.day, thread.words, thread.words_anchor) == (1, "Day 1 of 90", "start")


@pytest.mark.parametrize(("kind", "css"), [("relapse", "is-open"), ("resumed", "is-slack is-knot"), ("ended", "")])
def test_beads_on_the_hanging_strand(kind: str, css: str) -> None:
    assert bead(kind) == css


def test_the_drawing_has_a_title_and_writes_points_also_in_dutch() -> None:
    with translation.override("nl"):
        html = render_to_string("trajectories/_thread.html", {"thread": samira()})
        mini = render_to_string("trajectories/_mini.html", {"thread": samira()})
    assert 'x2="32.58%"' in html
    assert "32,58" not in html + mini
    assert html.count("<title") == 1
    assert "style=" not in html + mini


DAYS = st.dates(min_value=date(2026, 9, 18), max_value=date(2027, 2, 1))
KINDS = st.sampled_from(["relapse", "paused", "resumed", "trial_passed", "trial_failed", "extended"])


@given(
    events=st.lists(st.tuples(DAYS, KINDS), max_size=8).map(sorted),
    planned=st.none() | DAYS,
    ended=st.none() | DAYS,
    today=DAYS,
)
def test_whatever_happened_the_pieces_cover_the_line_once(
    events: list[tuple[date, str]], planned: date | None, ended: date | None, today: date
) -> None:
    ended = ended if ended and ended <= today else None
    thread = samira(planned_end_on=planned, ended_on=ended, events=events, today=today)
    for mark in thread.marks:
        assert 0 <= float(mark.at) <= 100
    spans = sorted((float(piece.start), float(piece.end)) for piece in thread.pieces)
    for (_start, end), (start, _end) in pairwise(spans):
        assert -0.02 < start - end < 1.6, "a curve hangs free of its two dots, nothing else leaves a hole"
    assert len(thread.items) == len([mark for mark in thread.marks if "today" not in mark.kind])
