from reporting.models.frozen import FrozenTable
from reporting.models.life import FEWEST_STORIES, MOST_STORIES, ReportEvent, ReportStep, ReportText, TextKind
from reporting.models.report import BEING_MADE, FOR_PAYERS, FileFormat, Report, ReportFile, ReportPart, ReportState
from reporting.models.requirement import (
    CombinationConsent,
    Profile,
    ReportSchedule,
    Requirement,
    Rhythm,
    Template,
    Tranche,
)
from reporting.models.signal import AnswerKind, SignalAnswer
from reporting.models.statistic import LaterEnds, StatisticDelivery, StatisticSetting
from reporting.models.view import FigureNote, SavedView

__all__ = [
    "BEING_MADE",
    "FEWEST_STORIES",
    "FOR_PAYERS",
    "MOST_STORIES",
    "AnswerKind",
    "CombinationConsent",
    "FigureNote",
    "FileFormat",
    "FrozenTable",
    "LaterEnds",
    "Profile",
    "Report",
    "ReportEvent",
    "ReportFile",
    "ReportPart",
    "ReportSchedule",
    "ReportState",
    "ReportStep",
    "ReportText",
    "Requirement",
    "Rhythm",
    "SavedView",
    "SignalAnswer",
    "StatisticDelivery",
    "StatisticSetting",
    "Template",
    "TextKind",
    "Tranche",
]
