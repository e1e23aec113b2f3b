from guidance.models.assessment import Assessment, Instrument, InstrumentVersion, Moment, ProgrammeInstrument, Score
from guidance.models.attendance import Group, GroupDay, HalfDay, HalfDayAttendance, HalfDayStatus
from guidance.models.document import Document, DocumentFormat, DocumentKind, DocumentState
from guidance.models.goal import ActionPoint, Goal, GoalRating, GoalState, GoalStep, Rater
from guidance.models.session import AttendanceKind, Session, SessionKind

__all__ = [
    "ActionPoint",
    "Assessment",
    "AttendanceKind",
    "Document",
    "DocumentFormat",
    "DocumentKind",
    "DocumentState",
    "Goal",
    "GoalRating",
    "GoalState",
    "GoalStep",
    "Group",
    "GroupDay",
    "HalfDay",
    "HalfDayAttendance",
    "HalfDayStatus",
    "Instrument",
    "InstrumentVersion",
    "Moment",
    "ProgrammeInstrument",
    "Rater",
    "Score",
    "Session",
    "SessionKind",
]
