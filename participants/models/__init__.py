from participants.models.participant import Benefit, Gender, Participant, ParticipantUnit, TargetGroup, TargetGroupFlag
from participants.models.support import LifeDomain, NetworkContact, SupportNeed

__all__ = [
    "Benefit",
    "Gender",
    "LifeDomain",
    "NetworkContact",
    "Participant",
    "ParticipantUnit",
    "SupportNeed",
    "TargetGroup",
    "TargetGroupFlag",
]
