from trajectories.models.codes import Destination, DestinationCategory, EndReason, OutcomeLabel
from trajectories.models.offer import Agreement, Aim, LegalGround, Programme, ProgrammeKind
from trajectories.models.outcome import Certificate, ContractForm, Outcome, OutcomeKind, Provision
from trajectories.models.place import Placement, Slot
from trajectories.models.referral import Decision, Referral
from trajectories.models.trajectory import EventKind, State, Trajectory, TrajectoryCoach, TrajectoryEvent

__all__ = [
    "Agreement",
    "Aim",
    "Certificate",
    "ContractForm",
    "Decision",
    "Destination",
    "DestinationCategory",
    "EndReason",
    "EventKind",
    "LegalGround",
    "Outcome",
    "OutcomeKind",
    "OutcomeLabel",
    "Placement",
    "Programme",
    "ProgrammeKind",
    "Provision",
    "Referral",
    "Slot",
    "State",
    "Trajectory",
    "TrajectoryCoach",
    "TrajectoryEvent",
]
