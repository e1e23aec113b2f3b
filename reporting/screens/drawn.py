"""What the overview draws, for the page of one figure: the same drawing, and the table behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from foundation.charts import (
    BulletChart,
    Chart,
    DataTable,
    DivergingChart,
    ProgressChart,
    StackChart,
)
from reporting.screens.filters import Choices
from reporting.screens.overview import payers_of
from reporting.screens.ten import bullets, coaches, flow, measured, places, quality, relapse, routes, times
from reporting.screens.ten.block import Block, Counted
from reporting.screens.words import Names

Draw = Callable[["Drawing"], Block | None]


@dataclass(frozen=True)
class Drawing:
    """What a drawing is made from: what is counted, the choices, and the words of the codes in the figure."""

    counted: Counted
    choices: Choices
    names: Names

    @property
    def staff(self) -> Names:
        return {str(key): name for key, name in self.choices.coaches.items()}


DRAWINGS: dict[tuple[str, str], Draw] = {
    ("trajectories", ""): lambda it: flow.flow(it.counted),
    ("outcomes_by_kind", ""): lambda it: routes.outcomes(it.counted, it.names),
    ("ended_by_destination", ""): lambda it: routes.destinations(it.counted, it.names),
    ("participants", "coach"): lambda it: coaches.coaches(
        it.counted, it.staff, coaches.agreed(it.counted.asked, it.choices)
    ),
    ("waiting_time", ""): lambda it: times.waiting(it.counted),
    ("lead_time", ""): lambda it: times.durations(it.counted),
    ("running_time", ""): lambda it: times.durations(it.counted),
    ("ladder", ""): lambda it: measured.ladder(it.counted),
    ("loneliness", ""): lambda it: measured.loneliness(it.counted),
    ("instrument_change", ""): lambda it: measured.domains(it.counted),
    ("picked_up_again", ""): lambda it: relapse.relapse(it.counted),
    ("re_entries", ""): lambda it: relapse.returns(it.counted),
    ("occupancy", ""): lambda it: places.places(it.counted, with_each=True),
    ("data_quality", ""): lambda it: quality.quality(it.counted),
    ("targets", ""): lambda it: bullets.targets(it.counted, payers_of(it.counted.asked, it.choices)),
}
"""How a figure, or its split, is drawn on the overview."""

OWN_TABLES = {"ladder", "occupancy"}
"""The drawing of these is a part of the figure; the table holds all of it."""


def table_of(chart: Chart) -> DataTable | None:
    """The table behind a drawing, also where it stands in the drawing itself."""
    if isinstance(chart, StackChart | DivergingChart | ProgressChart | BulletChart):
        return chart.numbers
    return chart.table
