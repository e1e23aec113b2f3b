"""Charts drawn on the server: a dataclass per kind, a table behind each, one drawing for the screen and for paper."""

from foundation.charts.bars import Bar, BarChart
from foundation.charts.bullets import Bullet, BulletChart
from foundation.charts.caseload import CaseloadChart, Load
from foundation.charts.columns import ColumnChart, Month
from foundation.charts.diverging import DivergingChart, Divided
from foundation.charts.episodes import Course, EpisodeChart
from foundation.charts.figure import Chart, Fig, TargetBar
from foundation.charts.ladder import LadderChart
from foundation.charts.pairs import PairChart
from foundation.charts.progress import Progress, ProgressChart
from foundation.charts.ranks import Rank, RankChart
from foundation.charts.shares import ShareChart
from foundation.charts.stacks import Stack, StackChart
from foundation.charts.steps import StepChart
from foundation.charts.strips import Band, Strip, StripChart
from foundation.charts.tables import Cell, DataTable, Row, Value

__all__ = [
    "Band",
    "Bar",
    "BarChart",
    "Bullet",
    "BulletChart",
    "CaseloadChart",
    "Cell",
    "Chart",
    "ColumnChart",
    "Course",
    "DataTable",
    "DivergingChart",
    "Divided",
    "EpisodeChart",
    "Fig",
    "LadderChart",
    "Load",
    "Month",
    "PairChart",
    "Progress",
    "ProgressChart",
    "Rank",
    "RankChart",
    "Row",
    "ShareChart",
    "Stack",
    "StackChart",
    "StepChart",
    "Strip",
    "StripChart",
    "TargetBar",
    "Value",
]
