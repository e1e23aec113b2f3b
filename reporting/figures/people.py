"""Who took part: participants and trajectories, how they came, went and stayed."""

from django.utils.translation import gettext_lazy as _

from reporting.figures.catalogue import figure
from reporting.figures.counting import (
    WHOLE,
    Cells,
    Question,
    Unit,
    runner_records,
    trajectory_records,
)


@figure(
    "participants",
    Unit.PERSONS,
    label=_("Participants"),
    sentence=_(
        "Everybody with a trajectory that ran in the period. A person counts once, also with several trajectories."
    ),
    rule=_("Distinct participants with a trajectory that runs in the period."),
)
def participants(asked: Question) -> Cells:
    return {WHOLE: runner_records(asked.participants.values())}


@figure(
    "trajectories",
    Unit.TRAJECTORIES,
    label=_("Trajectories"),
    sentence=_(
        "Every trajectory that ran one day or more in the period. A referral that never started does not count."
    ),
    rule=_(
        "Trajectories that run in the period: started on or before its last day, and not ended or ended on or after its"
        " first day."
    ),
)
def trajectories(asked: Question) -> Cells:
    return {WHOLE: trajectory_records(asked.running)}


@figure(
    "stock_start",
    Unit.TRAJECTORIES,
    label=_("Running at the start"),
    sentence=_("Trajectories that were running already when the period began."),
    rule=_("Started before the first day, and not ended or ended on or after the first day."),
)
def stock_start(asked: Question) -> Cells:
    return {WHOLE: trajectory_records(asked.stock_start)}


@figure(
    "inflow",
    Unit.TRAJECTORIES,
    label=_("Started"),
    sentence=_("Trajectories that started in the period."),
    rule=_("Trajectories whose first day lies in the period."),
)
def inflow(asked: Question) -> Cells:
    return {WHOLE: trajectory_records(asked.inflow)}


@figure(
    "outflow",
    Unit.TRAJECTORIES,
    label=_("Stopped or completed"),
    sentence=_("Trajectories that ended in the period, for whatever reason."),
    rule=_("Trajectories whose last day lies in the period."),
)
def outflow(asked: Question) -> Cells:
    return {WHOLE: trajectory_records(asked.outflow)}


@figure(
    "stock_end",
    Unit.TRAJECTORIES,
    label=_("Running at the end"),
    sentence=_("Trajectories that were still running when the period was over."),
    rule=_(
        "Started on or before the last day, and not ended or ended after the last day. Always running at the start plus"
        " started minus ended."
    ),
)
def stock_end(asked: Question) -> Cells:
    if len(asked.stock_end) != len(asked.stock_start) + len(asked.inflow) - len(asked.outflow):
        raise ArithmeticError("what was running, came and went does not add up to what is running")
    return {WHOLE: trajectory_records(asked.stock_end)}


@figure(
    "leavers",
    Unit.PERSONS,
    label=_("People who left"),
    sentence=_("Participants for whom no trajectory was running any more when the period was over."),
    rule=_("Of the participants, those without a trajectory in the same selection that is running at the end."),
)
def leavers(asked: Question) -> Cells:
    staying = {row.participant_id for row in asked.stock_end}
    return {WHOLE: runner_records(own for key, own in asked.participants.items() if key not in staying)}


@figure(
    "stayers",
    Unit.PERSONS,
    label=_("People who stayed"),
    sentence=_("Participants for whom a trajectory was still running when the period was over."),
    rule=_("Of the participants, those with a trajectory in the same selection that is running at the end."),
)
def stayers(asked: Question) -> Cells:
    staying = {row.participant_id for row in asked.stock_end}
    return {WHOLE: runner_records(own for key, own in asked.participants.items() if key in staying)}
