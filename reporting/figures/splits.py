"""Splits: who the participants are, and where trajectories belong."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from participants.ages import ages_possible
from reporting.facts.rows import Person, TrajectoryRow
from reporting.figures.catalogue import CATALOGUE, figure
from reporting.figures.counting import (
    UNRECORDED,
    Cells,
    Definition,
    Figure,
    Question,
    Unit,
    grouped,
    runner_records,
    trajectory_records,
)
from reporting.figures.shapes import per_cell

UNKNOWN = "unknown"
AGE_BANDS = ((27, "<27"), (35, "27-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"), (1000, "65+"))


def band_of(age: int) -> str:
    return next(name for below, name in AGE_BANDS if age < below)


def age_band(person: Person, day: date) -> str:
    """The age band on ``day``; unknown where what is known leaves the band open."""
    ages = ages_possible(person, day)
    if ages is None:
        return UNKNOWN
    youngest, oldest = band_of(ages[0]), band_of(ages[1])
    return youngest if youngest == oldest else UNKNOWN


Keys = Callable[[Question, TrajectoryRow], Iterable[str]]


def by_municipality_code(asked: Question, row: TrajectoryRow) -> list[str]:
    """The municipality that pays."""
    return [asked.agreements[row.agreement_id].municipality_code]


def by_programme_code(asked: Question, row: TrajectoryRow) -> list[str]:
    return [asked.programmes[row.programme_id].code]


def by_coach(asked: Question, row: TrajectoryRow) -> list[str]:
    """The coach on the last day of the period, or on the trajectory's own last day. For the unit manager only."""
    return [str(asked.coach_of(row) or UNRECORDED)]


def by_age_band(asked: Question, row: TrajectoryRow) -> list[str]:
    """The age band on the first day of the period."""
    return [age_band(asked.persons[row.participant_id], asked.period.start)]


def by_gender(asked: Question, row: TrajectoryRow) -> list[str]:
    return [asked.persons[row.participant_id].gender or UNKNOWN]


def by_benefit(asked: Question, row: TrajectoryRow) -> list[str]:
    return [asked.persons[row.participant_id].benefit or UNRECORDED]


def by_flag(asked: Question, row: TrajectoryRow) -> list[str]:
    """The target groups somebody belongs to on the last day of the period; several, or none."""
    day = asked.period.end
    return sorted(
        {
            flag.kind
            for flag in asked.flags.get(row.participant_id, ())
            if (flag.starts_on or day) <= day <= (flag.ends_on or day)
        }
    )


SPLITS: dict[str, Keys] = {
    "municipality": by_municipality_code,
    "programme": by_programme_code,
    "unit": lambda _, row: [str(row.unit_id)],
    "coach": by_coach,
    "legal_ground": lambda _, row: [row.legal_ground or UNRECORDED],
    "age_band": by_age_band,
    "gender": by_gender,
    "benefit": by_benefit,
    "flag": by_flag,
}
"""What ``participants``, ``trajectories``, ``inflow`` and ``outflow`` can be split by."""

SPLIT_FIGURES: dict[str, Callable[[Question], list[TrajectoryRow]]] = {
    "participants": lambda asked: asked.running,
    "trajectories": lambda asked: asked.running,
    "inflow": lambda asked: asked.inflow,
    "outflow": lambda asked: asked.outflow,
}


def split(asked: Question, figure_id: str, by: str) -> Figure:
    """Count a figure per value of a split. KeyError for a figure or split that is not offered.

    A person who stands under several values (two payers) counts in each: the sum may exceed the whole.
    """
    cells = split_cells(asked, figure_id, SPLITS[by])
    definition: Definition = CATALOGUE[figure_id]
    return Figure(definition, per_cell(cells), cells)


def split_cells(asked: Question, figure_id: str, keys: Keys) -> Cells:
    pairs = [(key, row) for row in SPLIT_FIGURES[figure_id](asked) for key in keys(asked, row)]
    of_key = {key: [row for _, row in found] for key, found in grouped(pairs, lambda pair: pair[0]).items()}
    if figure_id != "participants":
        return {key: trajectory_records(found) for key, found in sorted(of_key.items())}
    return {key: runner_records(people(found)) for key, found in sorted(of_key.items())}


def people(rows: Iterable[TrajectoryRow]) -> Iterable[list[TrajectoryRow]]:
    oldest_first = sorted(rows, key=lambda row: row.started_on)
    return grouped(oldest_first, lambda row: row.participant_id).values()


@figure(
    "age_bands",
    Unit.PERSONS,
    label=_("Participants by age"),
    sentence=_("How old the participants were on the first day of the period."),
    rule=_(
        "Participants by age on the first day of the period; unknown where what is known of the birth date"
        " leaves it open."
    ),
    shape=per_cell,
)
def age_bands(asked: Question) -> Cells:
    found = split_cells(asked, "participants", by_age_band)
    ordered = [name for _, name in AGE_BANDS] + [UNKNOWN]
    return {name: found[name] for name in ordered if name in found}


@figure(
    "gender",
    Unit.PERSONS,
    label=_("Participants by gender"),
    sentence=_("Men, women and others among the participants."),
    rule=_("Participants by gender; unknown where it was not recorded."),
    shape=per_cell,
)
def gender(asked: Question) -> Cells:
    return split_cells(asked, "participants", by_gender)


@figure(
    "by_municipality",
    Unit.PERSONS,
    label=_("Participants by municipality"),
    sentence=_("Participants by the municipality that pays. People paid for by two municipalities count in both."),
    rule=_("Participants by municipality of the agreement of their trajectories that run in the period."),
    shape=per_cell,
)
def by_municipality(asked: Question) -> Cells:
    return split_cells(asked, "participants", by_municipality_code)


@figure(
    "by_programme",
    Unit.PERSONS,
    label=_("Participants by programme"),
    sentence=_("Participants by programme. People who were in two programmes count in both."),
    rule=_("Participants by programme of their trajectories that run in the period."),
    shape=per_cell,
)
def by_programme(asked: Question) -> Cells:
    return split_cells(asked, "participants", by_programme_code)
