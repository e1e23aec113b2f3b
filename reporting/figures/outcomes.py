"""What came of it: outcomes, and how and where trajectories ended."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from reporting.facts.rows import OutcomeRow
from reporting.figures.catalogue import figure
from reporting.figures.counting import (
    UNRECORDED,
    WHOLE,
    Cells,
    Question,
    Record,
    Unit,
    grouped,
    person_records,
    trajectory_records,
)
from reporting.figures.shapes import per_cell
from trajectories.models import OutcomeKind

PAID_WORK, INSIGHT = OutcomeKind.PAID_WORK, OutcomeKind.HELP_QUESTION_INSIGHT


def people_with(asked: Question, wanted: Callable[[OutcomeRow], bool]) -> list[Record]:
    """One record for each person with such an outcome dated in the period, on a trajectory in scope."""
    return person_records(row for row in asked.dated(asked.facts.outcomes) if wanted(row))


@figure(
    "paid_work",
    Unit.PERSONS,
    label=_("To paid work"),
    sentence=_("People who went straight to paid work: with the outcome paid work, dated in the period."),
    rule=_(
        "Distinct participants with an outcome of kind paid work dated in the period. The trajectory need not run in"
        " the period: a job found after the end counts when it was found."
    ),
)
def paid_work(asked: Question) -> Cells:
    return {WHOLE: people_with(asked, lambda row: row.kind == PAID_WORK)}


@figure(
    "help_question_insight",
    Unit.PERSONS,
    label=_("Insight into the help question"),
    sentence=_("People for whom the trajectory made clear which help is needed, and for whom that help followed."),
    rule=_("Distinct participants with an outcome of kind insight into the help question dated in the period."),
)
def help_question_insight(asked: Question) -> Cells:
    return {WHOLE: people_with(asked, lambda row: row.kind == INSIGHT)}


@figure(
    "both_outcomes",
    Unit.PERSONS,
    label=_("Both paid work and insight"),
    sentence=_("People who found paid work and also got insight into their help question. They count in both."),
    rule=_("Distinct participants who count in paid work and in insight into the help question."),
)
def both_outcomes(asked: Question) -> Cells:
    insight = {record.id for record in people_with(asked, lambda row: row.kind == INSIGHT)}
    work = people_with(asked, lambda row: row.kind == PAID_WORK)
    return {WHOLE: [record for record in work if record.id in insight]}


@figure(
    "other_route",
    Unit.PERSONS,
    label=_("Found another route"),
    sentence=_(
        "People with another outcome than paid work or insight: volunteering, education, care, help with debts."
    ),
    rule=_(
        "Distinct participants with an outcome dated in the period of any kind but paid work and insight into the help"
        " question."
    ),
)
def other_route(asked: Question) -> Cells:
    return {WHOLE: people_with(asked, lambda row: row.kind not in {PAID_WORK, INSIGHT})}


@figure(
    "outcomes_by_kind",
    Unit.PERSONS,
    label=_("Outcomes by kind"),
    sentence=_("People with each kind of outcome. People who found more than one route count in every row."),
    rule=_("Per kind: distinct participants with an outcome of that kind dated in the period."),
    shape=per_cell,
)
def outcomes_by_kind(asked: Question) -> Cells:
    of_kind = grouped(asked.dated(asked.facts.outcomes), lambda row: row.kind)
    return {kind: person_records(found) for kind, found in of_kind.items()}


@figure(
    "ended_by_destination",
    Unit.TRAJECTORIES,
    label=_("Ended, by destination"),
    sentence=_("Where people went when their trajectory ended."),
    rule=_("Trajectories whose last day lies in the period, by destination. Destination and reason are two lists."),
    shape=per_cell,
)
def ended_by_destination(asked: Question) -> Cells:
    by_code = grouped(asked.outflow, lambda row: row.destination or UNRECORDED)
    return {code: trajectory_records(found) for code, found in by_code.items()}


@figure(
    "ended_by_reason",
    Unit.TRAJECTORIES,
    label=_("Ended, by reason"),
    sentence=_("Why trajectories stopped."),
    rule=_("Trajectories whose last day lies in the period, by reason of ending."),
    shape=per_cell,
)
def ended_by_reason(asked: Question) -> Cells:
    by_code = grouped(asked.outflow, lambda row: row.end_reason or UNRECORDED)
    return {code: trajectory_records(found) for code, found in by_code.items()}


@figure(
    "dropout",
    Unit.TRAJECTORIES,
    label=_("Ended early"),
    sentence=_("Trajectories that stopped early without a result."),
    rule=_("Trajectories whose last day lies in the period, with a reason of ending that is marked as dropout."),
)
def dropout(asked: Question) -> Cells:
    return {WHOLE: trajectory_records(row for row in asked.outflow if row.is_dropout)}
