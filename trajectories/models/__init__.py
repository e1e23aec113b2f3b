from trajectories.models.codes import Destination, DestinationCategory, EndReason, OutcomeLabel
from trajectories.models.offer import Agreement, Aim, LegalGround, Programme, ProgrammeKind
from trajectories.models.outcome import Certificate, ContractForm, Outcome, OutcomeKind
from trajectories.models.place import Placement, Slot
from trajectories.models.provision import LabourPosition, Provision, ProvisionAim, ProvisionEnd, WorkCapacity
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
    "LabourPosition",
    "LegalGround",
    "Outcome",
    "OutcomeKind",
    "OutcomeLabel",
    "Placement",
    "Programme",
    "ProgrammeKind",
    "Provision",
    "ProvisionAim",
    "ProvisionEnd",
    "Referral",
    "Slot",
    "State",
    "Trajectory",
    "TrajectoryCoach",
    "TrajectoryEvent",
    "WorkCapacity",
]
