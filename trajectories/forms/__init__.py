from trajectories.forms.moves import (
    AftercareForm,
    CancelForm,
    ChangeCoachForm,
    ExtendForm,
    MoveForm,
    StartForm,
    TrajectoryForm,
    TrialForm,
    VoidForm,
    suggested_extension,
)
from trajectories.forms.provisions import (
    AddProvisionForm,
    ChangeProvisionForm,
    EndProvisionForm,
    RecordPositionForm,
)

__all__ = [
    "AddProvisionForm",
    "AftercareForm",
    "CancelForm",
    "ChangeCoachForm",
    "ChangeProvisionForm",
    "EndProvisionForm",
    "ExtendForm",
    "MoveForm",
    "RecordPositionForm",
    "StartForm",
    "TrajectoryForm",
    "TrialForm",
    "VoidForm",
    "suggested_extension",
]
