from foundation.models.base import UUIDModel
from foundation.models.file_key import FileKey
from foundation.models.job import Job, JobState, PeriodicRun
from foundation.models.mail import OutgoingMail
from foundation.models.read_event import ReadAction, ReadEvent, ReadLink, ReadOutcome
from foundation.models.read_seal import ReadSeal
from foundation.models.sent_form import SentForm

__all__ = [
    "FileKey",
    "Job",
    "JobState",
    "OutgoingMail",
    "PeriodicRun",
    "ReadAction",
    "ReadEvent",
    "ReadLink",
    "ReadOutcome",
    "ReadSeal",
    "SentForm",
    "UUIDModel",
]
