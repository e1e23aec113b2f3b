from organisations.models.folder_import import FolderImport, FolderImportState
from organisations.models.organisation import Organisation, OrganisationKind, Unit
from organisations.models.sign_in import SignIn, SignInQuerySet
from organisations.models.staff import Membership, StaffMember
from organisations.roles import Role

__all__ = [
    "FolderImport",
    "FolderImportState",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Role",
    "SignIn",
    "SignInQuerySet",
    "StaffMember",
    "Unit",
]
