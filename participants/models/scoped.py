from typing import Self

from django.db import models

from organisations.models import StaffMember
from organisations.roles import Permission


class ProviderScoped(models.QuerySet):  # type: ignore[type-arg]  # for several models
    """Rows of a provider that who has a right there may see, whatever unit works with the person."""

    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Those of the providers where a role gives this right."""
        return self.filter(provider__in=member.standing.providers(permission))
