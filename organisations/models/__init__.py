from organisations.models.organisation import Organisation, OrganisationKind, Unit
from organisations.models.staff import Membership, StaffMember
from organisations.roles import Role

__all__ = ["Membership", "Organisation", "OrganisationKind", "Role", "StaffMember", "Unit"]
