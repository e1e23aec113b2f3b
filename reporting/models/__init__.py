from reporting.models.report import BEING_MADE, FileFormat, Report, ReportFile, ReportPart, ReportState
from reporting.models.requirement import CombinationConsent, ReportSchedule, Requirement, Rhythm

__all__ = [
    "BEING_MADE",
    "CombinationConsent",
    "FileFormat",
    "Report",
    "ReportFile",
    "ReportPart",
    "ReportSchedule",
    "ReportState",
    "Requirement",
    "Rhythm",
]
