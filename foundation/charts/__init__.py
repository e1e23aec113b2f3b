"""Charts drawn on the server: a dataclass per kind, a table behind each, one drawing for the screen and for paper."""

from foundation.charts.bars import Bar, BarChart
from foundation.charts.columns import ColumnChart, Month
from foundation.charts.episodes import Course, EpisodeChart
from foundation.charts.figure import Chart, Fig, TargetBar
from foundation.charts.ladder import LadderChart
from foundation.charts.steps import StepChart
from foundation.charts.tables import Cell, DataTable, Row, Value

__all__ = [
    "Bar",
    "BarChart",
    "Cell",
    "Chart",
    "ColumnChart",
    "Course",
    "DataTable",
    "EpisodeChart",
    "Fig",
    "LadderChart",
    "Month",
    "Row",
    "StepChart",
    "TargetBar",
    "Value",
]
