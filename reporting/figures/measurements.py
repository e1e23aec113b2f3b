"""What was measured: the ladder, loneliness, and change per instrument. Never averaged over dimensions."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guidance.models.assessment import Moment
from guidance.scoring import LADDER, LONELINESS, SCALES, Change, LonelinessClass, Scale, loneliness_class
from reporting.facts.rows import AssessmentRow
from reporting.figures.catalogue import figure
from reporting.figures.counting import Cells, Question, Record, Unit, grouped, runner_records
from reporting.figures.shapes import empty, nested

BEFORE_START = timedelta(days=30)
STEPS = range(1, 7)
_MOMENTS = {moment: number for number, moment in enumerate(Moment.values)}


class Course(NamedTuple):
    """A person's first and last score on one dimension."""

    participant_id: UUID
    first: int
    last: int
    last_on: date
    first_on: date

    @property
    def record(self) -> Record:
        return Record(self.participant_id, self.participant_id, day=self.last_on, amount=self.last - self.first)


def in_window(asked: Question) -> dict[str, dict[UUID, list[AssessmentRow]]]:
    """The assessments that count of each participant, by instrument, oldest first.

    From 30 days before the start of the person's earliest trajectory that runs in the period, up to its
    last day; whatever trajectory they hang on.
    """
    opens = {key: own[0].started_on - BEFORE_START for key, own in asked.participants.items()}
    found = [
        row
        for row in asked.facts.assessments
        if row.participant_id in opens and opens[row.participant_id] <= row.dated_on <= asked.period.end
    ]
    found.sort(key=lambda row: (row.dated_on, _MOMENTS[row.moment]))
    of_instrument = grouped(found, lambda row: row.instrument)
    return {slug: grouped(assessed, lambda row: row.participant_id) for slug, assessed in of_instrument.items()}


def courses(asked: Question, slug: str) -> dict[str, list[Course]]:
    """Per dimension of an instrument: who was measured at least twice."""
    return of_scale(SCALES[slug], in_window(asked).get(slug, {}))


def of_scale(scale: Scale, measured: dict[UUID, list[AssessmentRow]]) -> dict[str, list[Course]]:
    found: dict[str, list[Course]] = {}
    for participant_id, assessed in measured.items():
        scored = [(row.dated_on, scale.score(row.answers)) for row in assessed]
        for dimension in scale.scored:
            series = [(on, scores[dimension]) for on, scores in scored if dimension in scores]
            if len(series) >= 2:
                course = Course(participant_id, series[0][1], series[-1][1], series[-1][0], series[0][0])
                found.setdefault(dimension, []).append(course)
    return found


def steps(cells: Cells) -> dict[str, Any]:
    """The ladder as six rows of six, and the number up, the same and down."""
    matrix = [[len(cells[f"matrix.{before}.{after}"]) for after in STEPS] for before in STEPS]
    return {"matrix": matrix, **{name: len(cells[name]) for name in ("no_second", "up", "same", "down")}}


@figure(
    "ladder",
    Unit.PERSONS,
    label=_("Participation ladder"),
    sentence=_("On which step of the ladder people stood first, and on which they stood last."),
    rule=_(
        "From: the first ladder measurement from 30 days before the start of the earliest trajectory that runs in the"
        " period; to: the last one in or before the period. People measured less than twice have no second measurement."
    ),
    shape=steps,
)
def ladder(asked: Question) -> Cells:
    measured = courses(asked, LADDER).get("step", [])
    cells = empty(
        ("no_second", "up", "same", "down", *(f"matrix.{before}.{after}" for before in STEPS for after in STEPS))
    )
    for course in measured:
        cells[f"matrix.{course.first}.{course.last}"].append(course.record)
        direction = "up" if course.last > course.first else "down" if course.last < course.first else "same"
        cells[direction].append(course.record)
    twice = {course.participant_id for course in measured}
    cells["no_second"] = runner_records(own for key, own in asked.participants.items() if key not in twice)
    return cells


@figure(
    "loneliness",
    Unit.PERSONS,
    label=_("Loneliness"),
    sentence=_("How lonely people were at the first and at the last measurement."),
    rule=_(
        "De Jong Gierveld scale, total: not (0-1), somewhat (2-4) or strongly (5-6) lonely, for persons measured at"
        " least twice, in the same days as the ladder."
    ),
    shape=nested,
)
def loneliness(asked: Question) -> Cells:
    cells = empty(("n", *(f"{when}.{name}" for when in ("first", "last") for name in LonelinessClass)))
    for course in courses(asked, LONELINESS).get("total", []):
        cells["n"].append(course.record)
        cells[f"first.{loneliness_class(course.first)}"].append(course.record)
        cells[f"last.{loneliness_class(course.last)}"].append(course.record)
    return cells


@figure(
    "instrument_change",
    Unit.PERSONS,
    label=_("Change by instrument"),
    sentence=_("Per part of a measuring list: how many people do better, the same or worse than at first."),
    rule=_(
        "Per instrument version and dimension, for persons measured at least twice: ladder and ZRM any difference;"
        " WHO-5 from 10 points of 100; De Jong Gierveld from 2 points, lower is better. Never averaged over dimensions."
    ),
    shape=nested,
)
def instrument_change(asked: Question) -> Cells:
    cells: Cells = {}
    window = in_window(asked)
    for slug, scale in SCALES.items():
        for dimension, measured in of_scale(scale, window.get(slug, {})).items():
            part = empty(f"{slug}.{dimension}.{name}" for name in ("n", *Change))
            for course in measured:
                part[f"{slug}.{dimension}.n"].append(course.record)
                part[f"{slug}.{dimension}.{scale.change(course.first, course.last)}"].append(course.record)
            cells |= part
    return cells
