"""Figures: what is counted, exactly. Nothing else in the product counts.

A figure is a pure function of facts (``reporting.facts``), a period and a reference date. It finds the records behind
every number (``Figure.cells``), and its value follows from those records alone, so a number and the list it opens are
the same thing.

    from reporting.facts import Scope, load, PlainFacts
    from reporting.figures import CATALOGUE, compute, count, key_figures

    figures = compute(Scope(agreements=frozenset({agreement.pk})), Period.year(2021), reference_date)
    figures["participants"].value              # 55
    figures["participants"].records            # [Record(id, participant_id, trajectory_id, day, amount), ...]
    figures["ended_by_destination"].value      # {"WERK": 12, "unrecorded": 3}
    figures["ended_by_destination"].cell("WERK")       # the 12 records; .people("WERK"): the distinct persons
    figures["ladder"].cell("matrix.1.3")       # persons from step 1 to step 3; "up", "same", "down", "no_second"
    figures["lead_time"].value["median"]       # from the days (Record.amount) of the records in its cell "n"
    figures["participants"].definition         # Definition: label, unit, sentence, rule, version (lazily translated)

    compute(scope, period, reference_date, ids=("participants", "inflow"))    # only these, and only what they read
    facts = load(scope, Period(first, last), reference_date)                  # one load for several periods
    this_year, last_year = count(facts, period, today), count(facts, period.year_before(), today)

``ReferenceTooEarly`` (a ValueError) when the reference date lies before the period. A period that is not over is
counted up to the reference date. ``DEFINITIONS_VERSION`` names the rules of the whole catalogue: a report says it.

Cells by figure: a plain number has one cell, "" (the default). Splits have the code as cell ("unrecorded" for a blank
one). Composed figures have the path in the value: ``182.employed``, ``by_kind.phone``, ``n``, ``first.not``,
``ended_without_reason.wrong``, ``who5.total.better``, ``counts.2021-01-27``. Targets: ``<agreement id>.<figure>``.
"""

from collections.abc import Iterable
from datetime import date

from foundation.periods import Period
from reporting.facts import Facts, Scope, load
from reporting.figures import contacts, course, measurements, outcomes, people, places, quality, splits, targets, work
from reporting.figures.catalogue import CATALOGUE, count_one
from reporting.figures.counting import (
    UNRECORDED,
    WHOLE,
    Definition,
    Figure,
    Question,
    Record,
    ReferenceTooEarly,
    Unit,
)
from reporting.figures.splits import SPLITS, split

__all__ = [
    "CATALOGUE",
    "DEFINITIONS_VERSION",
    "SPLITS",
    "UNRECORDED",
    "WHOLE",
    "Definition",
    "Figure",
    "Question",
    "Record",
    "ReferenceTooEarly",
    "Unit",
    "compute",
    "count",
    "count_one",
    "split",
]

SUBJECTS = (people, outcomes, course, contacts, measurements, places, work, splits, targets, quality)
"""The modules that fill the catalogue, in the order in which it is listed."""

_ORDER = [module.__name__ for module in SUBJECTS]
for _key in sorted(CATALOGUE, key=lambda key: _ORDER.index(CATALOGUE[key].find.__module__)):
    CATALOGUE[_key] = CATALOGUE.pop(_key)

DEFINITIONS_VERSION = "1"


def count(facts: Facts, period: Period, reference_date: date, ids: Iterable[str] | None = None) -> dict[str, Figure]:
    """Count figures over facts: all of them, or those named by ``ids`` (KeyError for an unknown one).

    Figures that do not exist for a coach are left out where the facts are one coach's.
    """
    asked = Question(facts, period, reference_date)
    wanted = CATALOGUE if ids is None else ids
    return {key: count_one(asked, key) for key in wanted if not (facts.coach and CATALOGUE[key].needs_no_coach)}


def compute(scope: Scope, period: Period, reference_date: date, ids: Iterable[str] | None = None) -> dict[str, Figure]:
    """Read the facts of a scope from the database and count figures over them."""
    return count(load(scope, period, reference_date), period, reference_date, ids)
