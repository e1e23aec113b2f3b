"""The scales of the built-in instruments: what may be answered, what it scores, and when it is a change.

Pure functions over plain answers: ``{dimension: value}``, the value as it is stored in ``Score.value``. Only names,
scales and scoring rules stand here, no item texts: those are licensed. Each scale names its published source.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from participants.models import LifeDomain

Answers = Mapping[str, int]

LADDER, ZRM, LONELINESS, WELL_BEING = "ladder", "zrm2017", "djg6", "who5"

YES, MORE_OR_LESS, NO = 2, 1, 0
EMOTIONAL_ITEMS, SOCIAL_ITEMS = ("1", "2", "3"), ("4", "5", "6")
LONELINESS_ITEMS = EMOTIONAL_ITEMS + SOCIAL_ITEMS
WELL_BEING_ITEMS = ("1", "2", "3", "4", "5")


class Change(StrEnum):
    """What became of a score between two measurements."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class LonelinessClass(StrEnum):
    """How lonely somebody is by the total of the De Jong Gierveld scale."""

    NOT = "not"
    SOMEWHAT = "somewhat"
    STRONGLY = "strongly"


def answers_as_given(answers: Answers) -> dict[str, int]:
    """Return each answer as its own score: a step of the ladder, a level of a ZRM domain. There is no total."""
    return dict(answers)


def loneliness_scores(answers: Answers) -> dict[str, int]:
    """Return ``total`` (0-6), ``emotional`` and ``social`` (0-3), each as far as enough items are answered.

    An emotional item scores 1 for yes or more or less, a social item 1 for no or more or less. The total may miss
    one item of six, a sub-scale none. Source: De Jong Gierveld & Van Tilburg, Manual of the Loneliness Scale.
    """
    points = {item: _lonely(item, answers[item]) for item in LONELINESS_ITEMS if item in answers}
    scores = {"total": sum(points.values())} if len(points) >= 5 else {}
    for name, items in (("emotional", EMOTIONAL_ITEMS), ("social", SOCIAL_ITEMS)):
        if all(item in points for item in items):
            scores[name] = sum(points[item] for item in items)
    return scores


def _lonely(item: str, value: int) -> int:
    return int(value != NO) if item in EMOTIONAL_ITEMS else int(value != YES)


def loneliness_class(total: int) -> LonelinessClass:
    """Return the class of a total: 0-1 not lonely, 2-4 somewhat, 5-6 strongly. Source: Statistics Netherlands."""
    if total <= 1:
        return LonelinessClass.NOT
    return LonelinessClass.SOMEWHAT if total <= 4 else LonelinessClass.STRONGLY


def well_being_scores(answers: Answers) -> dict[str, int]:
    """Return ``total`` (0-100): the sum of five items of 0-5, times 4. Source: WHO-5 Well-Being Index (1998).

    With an item missing there is no total.
    """
    if any(item not in answers for item in WELL_BEING_ITEMS):
        return {}
    return {"total": 4 * sum(answers[item] for item in WELL_BEING_ITEMS)}


@dataclass(frozen=True)
class Scale:
    """One version of an instrument.

    Attributes:
        slug: names the version, in the database and in an import folder.
        dimensions: what can be answered, in order.
        lowest, highest: the stored values an answer can have, both included.
        score: turns answers into scores, per scored dimension.
        scored: the dimensions that ``score`` can give.
        least_change: the smallest difference of a score that counts as a change.
        higher_is_better: whether a higher score is the better one.
        words: the answer words an import folder uses, with the value each is stored as; empty: numbers.
    """

    slug: str
    dimensions: tuple[str, ...]
    lowest: int
    highest: int
    score: Callable[[Answers], dict[str, int]]
    scored: tuple[str, ...]
    least_change: int = 1
    higher_is_better: bool = True
    words: tuple[tuple[str, int], ...] = ()

    def answer(self, text: str) -> int | None:
        """Return the stored value of an answer as it is written in an import folder; None when it is none."""
        if self.words:
            return dict(self.words).get(text)
        allowed = {str(value): value for value in range(self.lowest, self.highest + 1)}
        return allowed.get(text)

    def change(self, before: int, after: int) -> Change:
        """Say what the difference between two scores of one dimension means on this scale."""
        gain = after - before if self.higher_is_better else before - after
        if abs(gain) < self.least_change:
            return Change.SAME
        return Change.BETTER if gain > 0 else Change.WORSE

    @property
    def allowed(self) -> tuple[str, ...]:
        """The answers as an import folder writes them."""
        if self.words:
            return tuple(word for word, _ in self.words)
        return tuple(str(value) for value in range(self.lowest, self.highest + 1))


_DOMAINS = tuple(LifeDomain.values)

SCALES: dict[str, Scale] = {
    scale.slug: scale
    for scale in (
        # Participation ladder (VNG): six steps from isolated to paid work; any step is a change.
        Scale(LADDER, ("step",), 1, 6, answers_as_given, ("step",)),
        # Self-reliance matrix 2017 (GGD Amsterdam): 13 domains, five levels, never added up.
        Scale(ZRM, _DOMAINS, 1, 5, answers_as_given, _DOMAINS),
        # De Jong Gierveld, six items: from 2 points it is a change, lower is better.
        Scale(
            LONELINESS,
            LONELINESS_ITEMS,
            NO,
            YES,
            loneliness_scores,
            ("total", "emotional", "social"),
            least_change=2,
            higher_is_better=False,
            words=(("yes", YES), ("more_or_less", MORE_OR_LESS), ("no", NO)),
        ),
        # WHO-5: 10 of 100 points is a significant change.
        Scale(WELL_BEING, WELL_BEING_ITEMS, 0, 5, well_being_scores, ("total",), least_change=10),
    )
}
