from reporting.models.report import FileFormat, Report, ReportFile, ReportPart, ReportState
from reporting.models.requirement import CombinationConsent, ReportSchedule, Requirement, Rhythm

__all__ = [
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
