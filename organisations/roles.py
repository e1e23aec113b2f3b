"""The five roles and what each may do. A privacy officer can read this page."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does here."""

    COACH = "coach", _("Job coach")
    UNIT_MANAGER = "unit_manager", _("Unit manager")
    MUNICIPAL_OFFICER = "municipal_officer", _("Municipal officer")
    FUNCTIONAL_MANAGER = "functional_manager", _("Functional manager")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")


class Permission(StrEnum):
    """One right. A view names exactly one."""

    PUBLIC = "public"  # also without signing in: sign-in page, health, stylesheet
    SIGNED_IN = "signed_in"  # everybody with an account: own account, help
    FILE_READ = "file_read"
    TODAY_READ = "today_read"
    PARTICIPANT_EDIT = "participant_edit"
    SESSION_LOG = "session_log"
    TRAJECTORY_MOVE = "trajectory_move"
    FIGURES_READ = "figures_read"
    REPORT_MAKE = "report_make"
    REPORT_SIGN = "report_sign"
    REPORT_READ = "report_read"
    REPORT_DECIDE = "report_decide"  # accept a delivered report, or return it with a question
    SIGNALS_READ = "signals_read"
    STATISTIC_EXPORT = "statistic_export"
    DEFINITIONS_READ = "definitions_read"
    CONFIGURE = "configure"
    LOG_REVIEW = "log_review"
    PRIVACY_HANDLE = "privacy_handle"  # requests of participants, retention, shielded files, the register


P = Permission

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.COACH: frozenset(
        {
            P.FILE_READ,
            P.TODAY_READ,
            P.PARTICIPANT_EDIT,
            P.SESSION_LOG,
            P.TRAJECTORY_MOVE,
            P.SIGNALS_READ,
            P.DEFINITIONS_READ,
        }
    ),
    Role.UNIT_MANAGER: frozenset(
        {
            P.FILE_READ,
            P.PARTICIPANT_EDIT,
            P.TRAJECTORY_MOVE,
            P.FIGURES_READ,
            P.REPORT_MAKE,
            P.REPORT_SIGN,
            P.REPORT_READ,
            P.SIGNALS_READ,
            P.STATISTIC_EXPORT,
            P.DEFINITIONS_READ,
        }
    ),
    Role.MUNICIPAL_OFFICER: frozenset({P.REPORT_READ, P.REPORT_DECIDE, P.DEFINITIONS_READ}),
    Role.FUNCTIONAL_MANAGER: frozenset({P.CONFIGURE, P.DEFINITIONS_READ}),
    Role.PRIVACY_OFFICER: frozenset({P.LOG_REVIEW, P.PRIVACY_HANDLE, P.DEFINITIONS_READ}),
}


class Held(Protocol):
    """A role that somebody holds: a row of ``organisations.Membership``."""

    role: str
    organisation_id: uuid.UUID
    unit_id: uuid.UUID | None


@dataclass(frozen=True)
class Standing:
    """The memberships that somebody has today, and what follows from them."""

    memberships: tuple[Held, ...]

    def may(self, permission: Permission) -> bool:
        """Whether any role gives this right. Public and signed-in need none."""
        return permission in {P.PUBLIC, P.SIGNED_IN} or any(
            permission in ROLE_PERMISSIONS[m.role] for m in self.memberships
        )

    def units(self, permission: Permission) -> set[uuid.UUID]:
        """The ids of the units in which a role gives this right."""
        return {m.unit_id for m in self._giving(permission) if m.unit_id is not None}

    def providers(self, permission: Permission) -> set[uuid.UUID]:
        """The ids of the providers where a role gives this right (not municipalities)."""
        return {m.organisation_id for m in self._giving(permission) if m.role != Role.MUNICIPAL_OFFICER}

    def works_for(self) -> set[uuid.UUID]:
        """The ids of the providers where this person has any role: whose rows a request of theirs can be about."""
        return {m.organisation_id for m in self.memberships if m.role != Role.MUNICIPAL_OFFICER}

    def municipalities(self) -> set[uuid.UUID]:
        """The ids of the municipalities for which this person reads reports."""
        return {m.organisation_id for m in self.memberships if m.role == Role.MUNICIPAL_OFFICER}

    def has_role(self, role: Role) -> bool:
        return any(m.role == role for m in self.memberships)

    @property
    def roles(self) -> list[str]:
        return sorted({m.role for m in self.memberships})

    def _giving(self, permission: Permission) -> list[Held]:
        return [m for m in self.memberships if permission in ROLE_PERMISSIONS[m.role]]
