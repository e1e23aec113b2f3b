from participants.models.accounting import Disclosure, LogReview, LogReviewItem, ProcessingActivity, Verdict
from participants.models.asking import (
    ExportKind,
    PersonExport,
    PersonRequest,
    RequestKind,
    RequestState,
    Restriction,
    RestrictionGround,
    Statement,
)
from participants.models.erased import ErasedFile, ErasureGround
from participants.models.papers import Paper
from participants.models.participant import Benefit, Gender, Participant, ParticipantUnit, TargetGroup, TargetGroupFlag
from participants.models.retention import (
    DestructionItem,
    DestructionList,
    ItemOutcome,
    LegalHold,
    ListState,
    Process,
    RetentionClass,
)
from participants.models.shielded import AccessKind, AccessReason, FileReader, Shield, ShieldKind
from participants.models.support import LifeDomain, NetworkContact, SupportNeed

__all__ = [
    "AccessKind",
    "AccessReason",
    "Benefit",
    "DestructionItem",
    "DestructionList",
    "Disclosure",
    "ErasedFile",
    "ErasureGround",
    "ExportKind",
    "FileReader",
    "Gender",
    "ItemOutcome",
    "LegalHold",
    "LifeDomain",
    "ListState",
    "LogReview",
    "LogReviewItem",
    "NetworkContact",
    "Paper",
    "Participant",
    "ParticipantUnit",
    "PersonExport",
    "PersonRequest",
    "Process",
    "ProcessingActivity",
    "RequestKind",
    "RequestState",
    "Restriction",
    "RestrictionGround",
    "RetentionClass",
    "Shield",
    "ShieldKind",
    "Statement",
    "SupportNeed",
    "TargetGroup",
    "TargetGroupFlag",
    "Verdict",
]
