"""What one payer demands beyond the tables that every report has: other figures, split-outs, or fewer chapters.

The demands of a report are frozen with it, as words: its tranche may be followed by another one.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.periods import Period
from guidance.wording import DIMENSIONS, INSTRUMENT_NAMES
from participants.models import Benefit, Gender
from reporting.composing.counted import Counted
from reporting.composing.layout import COURSE, DONE, FLOW, RESULT, WHO, TableSpec, two_years
from reporting.composing.lines import Elsewhere, Labels, Line, Rows, named, of_figure, of_plain, of_value
from reporting.figures import CATALOGUE, UNRECORDED, Figure
from reporting.freezing.demands import CHAPTERS, DEMANDED, SPLIT
from reporting.freezing.facts import FrozenFacts
from reporting.models import Template
from reporting.screens.words import split_label
from trajectories.models import LegalGround

SPLIT_OUT = ("trajectories", "inflow", "outflow")
SPLIT_BY = ("municipality", "programme", "legal_ground", "gender", "benefit")
"""What a payer can have split out, and by what: ways in which a trajectory belongs to one row only.

Participants stand in every report by age, gender and programme.
"""


def splits_of(facts: FrozenFacts) -> tuple[tuple[str, str], ...]:
    """Return which figures are split out by what."""
    asked = set(facts.words_of(SPLIT))
    return tuple((figure, by) for figure in SPLIT_OUT for by in SPLIT_BY if f"{figure}.{by}" in asked)


def with_demands(specs: Sequence[TableSpec], facts: FrozenFacts, period: Period) -> list[TableSpec]:
    """Return the tables of a report by what its payers demand: the usual ones and more, or in short only theirs."""
    demanded = set(facts.words_of(DEMANDED))
    is_short = Template.SHORT in facts.words_of(CHAPTERS)
    usual = [spec for spec in specs if not is_short or demanded.intersection(spec.figure_ids)]
    there = {figure for spec in specs for figure in spec.figure_ids}
    more = [spec for spec in on_demand(facts, period) if demanded.intersection(spec.figure_ids) - there]
    return [*usual, *more, *split_out(facts, period, splits_of(facts))]


def on_demand(facts: FrozenFacts, period: Period) -> list[TableSpec]:
    """Tables that stand in a report only where a payer asks for them. Their numbers are theirs for ever."""
    years = partial(two_years, period)
    people, trajectories = _("participants"), _("trajectories")
    return [
        TableSpec("D1", WHO, _("Participants who went on and who left"), _("Count"), people,
                  years(of_plain("leavers", "stayers"), "participants"), ("leavers", "stayers")),
        TableSpec("D2", RESULT, _("Participants with another route"), _("Count"), people,
                  years(of_plain("other_route")), ("other_route",)),
        TableSpec("D3", RESULT, _("Loneliness at first"), _("Class"), people,
                  years(partial(_loneliness, "first"), "loneliness.n"), ("loneliness",)),
        TableSpec("D4", RESULT, _("Loneliness at last"), _("Class"), people,
                  years(partial(_loneliness, "last"), "loneliness.n"), ("loneliness",)),
        TableSpec("D5", COURSE, _("Contact after the end"), _("Count"), trajectories, years(_aftercare),
                  ("aftercare",)),
        TableSpec("D6", DONE, _("Places that were taken again"), _("Count"), _("places"), years(_turnover),
                  ("slot_turnover",), has_medians=True),
        TableSpec("D7", DONE, _("Days that places were occupied"), _("Count"), _("days"), years(_occupancy),
                  ("occupancy",)),
        TableSpec("D8", RESULT, _("What changed, by measuring list"), _("Part"), people, years(_change),
                  ("instrument_change",)),
        TableSpec("D9", WHO, _("Participants by municipality"), split_label("municipality"), people,
                  years(partial(_payers, facts)), ("participants", "by_municipality"),
                  _("A participant can count in more than one row.")),
    ]  # fmt: skip


def _loneliness(moment: str, counted: Counted) -> list[Line]:
    words = {"not": _("Not lonely"), "somewhat": _("Somewhat lonely"), "strongly": _("Strongly lonely")}
    return [of_figure(counted["loneliness"], label, f"{moment}.{cell}") for cell, label in words.items()]


def _aftercare(counted: Counted) -> list[Line]:
    words = {"reached": _("Spoken to"), "not_reached": _("Not reached"), "refused": _("Wants no more contact")}
    return [of_figure(counted["aftercare"], label, cell) for cell, label in words.items()]


def _turnover(counted: Counted) -> list[Line]:
    figure = counted["slot_turnover"]
    return [
        of_figure(figure, _("Taken again, number"), "n"),
        of_value(figure, "median_days", _("Days until taken again, median")),
    ]


def _occupancy(counted: Counted) -> list[Line]:
    """Days there were, days taken, and how many places were taken on each counting day."""
    figure = counted["occupancy"]
    taken = len(figure.people("occupied_days"))
    return [
        Line("occupancy.slot_days", _("Days that there were places"), figure.value["slot_days"], 0),
        Line("occupancy.occupied_days", _("Days that a place was taken"), figure.value["occupied_days"], taken),
        *(_counting_day(figure, counted.period, date.fromisoformat(day)) for day in figure.value["counts"]),
    ]


def _counting_day(figure: Figure, period: Period, day: date) -> Line:
    """How many places were taken on one day: the same number in every report that holds the day."""
    cell, year = f"counts.{day}", day.year - period.start.year
    label = _("Places taken on the last Wednesday of %(month)s") % {"month": date_format(day, "F")}
    return Line(
        f"occupancy.counts.{year}.{day.month}",
        f"{label} ({year + 1})" if year else label,
        figure.number(cell),
        len(figure.people(cell)),
        elsewhere=Elsewhere("occupancy.counts", period=Period(day, day)),
    )


def _change(counted: Counted) -> list[Line]:
    words = {"better": _("better"), "same": _("the same"), "worse": _("worse")}
    figure = counted["instrument_change"]
    parts = {name.rpartition(".")[0]: None for name in figure.cells}
    return [
        of_figure(figure, f"{_part_of(part)}: {label}", f"{part}.{cell}")
        for part in parts
        for cell, label in words.items()
    ]


def _part_of(part: str) -> str:
    """A measuring list and one of its parts, in words."""
    slug, _dot, dimension = part.partition(".")
    sums = {"total": _("total"), "emotional": _("emotional loneliness"), "social": _("social loneliness")}
    label = sums.get(dimension) or DIMENSIONS.get(slug, {}).get(dimension, dimension)
    return f"{INSTRUMENT_NAMES.get(slug, slug)}, {str(label).lower()}"


def _payers(facts: FrozenFacts, counted: Counted) -> list[Line]:
    """Participants by who pays: each the same number as in that payer's own report."""
    return _by_payer(facts, counted["by_municipality"], "participants")


def _by_payer(facts: FrozenFacts, figure: Figure, own: str) -> list[Line]:
    labels, agreements = _labels(facts, "municipality"), _agreements_of(facts)
    return [
        Line(
            f"{own}_by_municipality.{code}",
            named(code, labels),
            figure.number(code),
            len(figure.people(code)),
            elsewhere=Elsewhere(own, agreements.get(code, ())),
        )
        for code in sorted(figure.cells, key=lambda code: named(code, labels))
    ]


def _agreements_of(facts: FrozenFacts) -> dict[str, tuple[str, ...]]:
    """The agreements of each municipality, by their ids outside the report."""
    keys = {part.agreement_id: part.key for part in facts.parts}
    found: dict[str, tuple[str, ...]] = {}
    for row in facts.agreements:
        found[row.municipality_code] = (*found.get(row.municipality_code, ()), keys[row.id])
    return found


def split_out(facts: FrozenFacts, period: Period, wanted: Iterable[tuple[str, str]]) -> Iterable[TableSpec]:
    """Return a table for each split-out: which figure, by what. Their numbers are theirs for ever."""
    numbers = {pair: number for number, pair in enumerate(pairs(), start=1)}
    for figure, by in wanted:
        title = _("%(figure)s by %(split)s") % {"figure": CATALOGUE[figure].label, "split": split_label(by).lower()}
        columns = two_years(period, _rows_of(facts, figure, by), figure)
        chapter = WHO if figure == "trajectories" else FLOW
        yield TableSpec(
            f"S{numbers[figure, by]}", chapter, title, split_label(by), _("trajectories"), columns, (figure,),
            family=f"{figure}_by_{by}",
        )  # fmt: skip


def pairs() -> list[tuple[str, str]]:
    """Return every split-out that a payer can ask for."""
    return [(figure, by) for figure in SPLIT_OUT for by in SPLIT_BY]


def _rows_of(facts: FrozenFacts, figure: str, by: str) -> Rows:
    """The rows of a split-out: codes in the order of their names, what was not recorded last."""
    labels = _labels(facts, by)

    def rows(counted: Counted) -> list[Line]:
        found = counted.splits[figure, by]
        if by == "municipality":
            return _by_payer(facts, found, figure)
        codes = sorted(found.cells, key=lambda code: (code == UNRECORDED, named(code, labels)))
        return [
            Line(f"{figure}_by_{by}.{code}", named(code, labels), found.number(code), len(found.people(code)))
            for code in codes
        ]

    return rows


def _labels(facts: FrozenFacts, by: str) -> Labels:
    labels: dict[str, Labels] = {
        "municipality": {row.municipality_code: row.municipality_name for row in facts.agreements},
        "programme": {row.code: row.name for row in facts.programmes},
        "legal_ground": dict(LegalGround.choices),
        "gender": {**dict(Gender.choices), "unknown": _("Unknown")},
        "benefit": dict(Benefit.choices),
    }
    return labels[by]
