from organisations.models.account_event import AccountChange, AccountEvent
from organisations.models.folder_import import FolderImport, FolderImportState
from organisations.models.identity import GroupRole, Identity, IdentityProvider
from organisations.models.organisation import Organisation, OrganisationKind, Unit
from organisations.models.second_factor import FactorKind, RecoveryCode, SecondFactor, StepGuesses
from organisations.models.sign_in import SignIn, SignInQuerySet
from organisations.models.staff import Membership, StaffMember
from organisations.roles import Role

__all__ = [
    "AccountChange",
    "AccountEvent",
    "FactorKind",
    "FolderImport",
    "FolderImportState",
    "GroupRole",
    "Identity",
    "IdentityProvider",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "SignIn",
    "SignInQuerySet",
    "StaffMember",
    "StepGuesses",
    "Unit",
]
