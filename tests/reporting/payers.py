"""What the payers of a random unit agreed and demand: targets, more figures, split-outs, or a report in short."""

from datetime import date
from decimal import Decimal
from random import Random

from reporting.composing.demanded import SPLIT_BY, SPLIT_OUT
from reporting.facts import PlainFacts
from reporting.facts.rows import TargetRow
from reporting.freezing.demands import CHAPTERS, DEMANDED, SPLIT
from reporting.freezing.facts import FrozenFacts
from reporting.freezing.tables import PartRow, Word
from reporting.models import Template

WITH_TARGET = ("participants", "inflow", "outflow", "paid_work", "help_question_insight", "relapses")
MORE = ("leavers", "other_route", "by_municipality")
STARTS = (date(2023, 6, 1), date(2023, 6, 1), date(2024, 1, 1), date(2025, 1, 1))
ENDS = (None, None, date(2025, 12, 31), date(2026, 6, 30))


def with_payers(chance: Random, facts: PlainFacts) -> FrozenFacts:
    """Return the files as they are frozen with a report: with what was agreed, and what is demanded."""
    agreements = [
        row._replace(starts_on=chance.choice(STARTS), ends_on=chance.choice(ENDS)) for row in facts.agreements
    ]
    targets = [
        TargetRow(row.id, figure, Decimal(chance.randint(1, 40)), None, None)
        for row in agreements
        if chance.random() < 0.6
        for figure in chance.sample(WITH_TARGET, chance.randint(1, 3))
    ]
    kept = {name: value for name, value in vars(facts).items() if name not in ("agreements", "targets")}
    return FrozenFacts(
        **kept,
        agreements=agreements,
        targets=targets,
        parts=[PartRow(row.id, str(row.id)) for row in agreements],
        words=[*demanded(chance)],
    )


def demanded(chance: Random) -> list[Word]:
    """Return what the payers demand beyond the tables that every report has, as it is frozen."""
    words = [Word(DEMANDED, figure, "") for figure in chance.sample(MORE, chance.choice((0, 0, 1, 2)))]
    for _ in range(chance.choice((0, 0, 1, 2))):
        words.append(Word(SPLIT, f"{chance.choice(SPLIT_OUT)}.{chance.choice(SPLIT_BY)}", ""))
    if chance.random() < 0.1:
        words += [
            Word(CHAPTERS, Template.SHORT.value, ""),
            Word(DEMANDED, chance.choice(("gender", "outcomes_by_kind", "ended_by_reason")), ""),
        ]
    return words
