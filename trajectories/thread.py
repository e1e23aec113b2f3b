"""The thread of one trajectory: where it ran, hung slack, was picked up again. Pure: days in, places in per cent out.

Solid is what ran. A relapse lets the thread hang in a curve, a pause dots it straight; picking it up again is a knot.
Dotted at the end is still to come. Positions are text ("51.69"), because a template would write a Dutch comma.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

RUN, CURVE, DOTTED, AHEAD = "run", "curve", "dotted", "ahead"
TICK, RING, KNOT, TODAY, OPEN_TODAY, GOAL = "tick", "ring", "knot", "today", "open_today", "goal"
PIECE_AFTER = {"relapse": CURVE, "paused": DOTTED, "resumed": RUN}
MARK_OF = {"relapse": RING, "paused": RING, "resumed": KNOT, "trial_passed": TICK, "trial_failed": TICK}
SHARE_WITHOUT_END = 0.9  # without a planned end today stands here, and the dots go on to nowhere
CURVE_GAP = 0.79  # per cent between a curve and the dots it hangs from
NEAR_THE_EDGE = 14

# Beads of the hanging strand (newest first): the slack piece hangs under "picked up again" and ends at the relapse.
BEAD_OF = {"resumed": "is-slack is-knot", "relapse": "is-open", "paused": "is-open"}


@dataclass(frozen=True)
class Piece:
    """A length of thread: run, curve (relapse), dotted (pause) or ahead; start, end and width in per cent."""

    kind: str
    start: str
    end: str
    width: str


@dataclass(frozen=True)
class ThreadMark:
    """Something on the thread: tick, ring, knot, today, open_today or goal; `at` in per cent."""

    kind: str
    at: str


@dataclass(frozen=True)
class KeyItem:
    """One line under the thread: the glyph, the word, the day."""

    glyph: str
    words: str
    on: date


@dataclass(frozen=True)
class Thread:
    """A thread ready to be drawn: on one line (large or in a row), with the same in words."""

    key: str
    pieces: Sequence[Piece]
    marks: Sequence[ThreadMark]
    items: Sequence[KeyItem]
    day: int
    days: int | None
    words: str
    words_at: str
    words_anchor: str
    description: str = field(repr=False, default="")

    @property
    def title(self) -> str:
        return _("The thread of this trajectory: %(words)s") % {"words": self.words[:1].lower() + self.words[1:]}


@dataclass(frozen=True)
class _Course:
    """The days that decide the drawing."""

    started_on: date
    planned_end_on: date | None
    ended_on: date | None
    events: Sequence[tuple[date, str]]
    today: date

    @property
    def here(self) -> date:
        """The day up to which the thread has been spun."""
        return self.ended_on or max(self.today, self.started_on)

    @property
    def last(self) -> date:
        """The day at the right edge."""
        if self.ended_on:
            return self.ended_on
        if self.planned_end_on:
            return max(self.planned_end_on, self.here)
        return self.started_on + timedelta(days=max(1, round((self.here - self.started_on).days / SHARE_WITHOUT_END)))

    def at(self, day: date) -> float:
        span = (self.last - self.started_on).days or 1
        return min(100.0, max(0.0, (day - self.started_on).days * 100 / span))


def draw_thread(
    *,
    started_on: date,
    planned_end_on: date | None,
    ended_on: date | None,
    events: Iterable[tuple[date, str]],
    today: date,
    key: str = "thread",
) -> Thread:
    """Draw one trajectory. `events` are the kinds of its events that still hold (voided ones left out), in their order.

    `key` is unique on the page. Kinds that leave the thread as it is (coach changed, extended) may be among them.
    """
    known = [(on, kind) for on, kind in events if kind in MARK_OF and on <= (ended_on or today)]
    course = _Course(started_on, planned_end_on, ended_on, known, today)
    here = course.at(course.here)
    items = list(_items(course))
    return Thread(
        key=key,
        pieces=list(_pieces(course)),
        marks=list(_marks(course)),
        items=items,
        day=(course.here - started_on).days + 1,
        days=(planned_end_on - started_on).days + 1 if planned_end_on else None,
        words=_words(course),
        words_at=_text(here),
        words_anchor="start" if here < NEAR_THE_EDGE else "end" if here > 100 - NEAR_THE_EDGE else "middle",
        description=_description(course, items),
    )


def bead(kind: str) -> str:
    """Return the classes of an event's bead on the hanging strand."""
    return BEAD_OF.get(kind, "")


def _pieces(course: _Course) -> Iterator[Piece]:
    here = course.at(course.here)
    if here < 100:
        yield _piece(AHEAD, here, 100)
    turns = [(course.at(on), PIECE_AFTER[kind]) for on, kind in course.events if kind in PIECE_AFTER]
    if course.started_on > course.today:
        return
    for (start, kind), (end, _next) in pairwise([(0.0, RUN), *turns, (here, "")]):
        if end > start:
            yield _piece(kind, start, end)


def _piece(kind: str, start: float, end: float) -> Piece:
    gap = min(CURVE_GAP, (end - start) / 8) if kind == CURVE else 0
    return Piece(kind, _text(start + gap), _text(end - gap), _text(end - start - 2 * gap))


def _marks(course: _Course) -> Iterator[ThreadMark]:
    planned = course.started_on > course.today
    yield ThreadMark(GOAL if planned else KNOT, "0")
    for on, kind in course.events:
        yield ThreadMark(MARK_OF[kind], _text(course.at(on)))
    if course.ended_on:
        yield ThreadMark(RING, "100")
        return
    if course.planned_end_on:
        yield ThreadMark(GOAL, _text(course.at(course.planned_end_on)))
    if not planned:
        yield ThreadMark(OPEN_TODAY if _is_slack(course) else TODAY, _text(course.at(course.today)))


def _is_slack(course: _Course) -> bool:
    turns = [kind for _on, kind in course.events if kind in PIECE_AFTER]
    return bool(turns) and turns[-1] != "resumed"


def _items(course: _Course) -> Iterator[KeyItem]:
    words = _event_words()
    planned = course.started_on > course.today
    yield KeyItem("goal" if planned else "start", _("Starts") if planned else _("Started"), course.started_on)
    for on, kind in course.events:
        glyph, name = words[kind]
        yield KeyItem(glyph, name, on)
    if course.ended_on:
        yield KeyItem("end", _("Ended"), course.ended_on)
    elif course.planned_end_on:
        yield KeyItem("goal", _("Goal"), course.planned_end_on)


def _event_words() -> dict[str, tuple[str, str]]:
    return {
        "trial_passed": ("trial", _("Trial passed")),
        "trial_failed": ("trial", _("Trial not passed")),
        "relapse": ("relapse", _("Relapse")),
        "paused": ("pause", _("Paused")),
        "resumed": ("resume", _("Thread picked up again")),
    }


def _words(course: _Course) -> str:
    day = (course.here - course.started_on).days + 1
    if course.ended_on:
        return _("Ended after %(day)s days") % {"day": day} if day > 1 else _("Ended after 1 day")
    if course.started_on > course.today:
        return _("Starts on %(day)s") % {"day": _day(course.started_on)}
    if course.planned_end_on is None:
        return _("Day %(day)s") % {"day": day}
    days = (course.planned_end_on - course.started_on).days + 1
    if day > days:
        return _("Day %(day)s, the goal was day %(days)s") % {"day": day, "days": days}
    return _("Day %(day)s of %(days)s") % {"day": day, "days": days}


def _description(course: _Course, items: Sequence[KeyItem]) -> str:
    sentences = [_("%(what)s on %(day)s.") % {"what": item.words, "day": _day(item.on)} for item in items]
    if not course.ended_on and course.started_on <= course.today:
        sentences.append(_("Today is day %(day)s.") % {"day": (course.today - course.started_on).days + 1})
    return " ".join(sentences)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _text(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
