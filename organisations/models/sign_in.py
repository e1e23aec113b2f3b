"""Who is signed in where, and since when."""

from typing import Any, ClassVar, Self

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.clock import now
from organisations.models.staff import StaffMember
from organisations.roles import Permission


class SignInQuerySet(models.QuerySet["SignIn"]):
    def running(self) -> Self:
        """Those that somebody can go on with."""
        return self.filter(expire_date__gt=now())

    def visible_to(self, member: StaffMember, permission: Permission) -> Self:  # noqa: ARG002 - everybody has own ones
        """The devices on which somebody is signed in now, the one that was seen last first."""
        return self.running().filter(staff_member=member).order_by("-seen_at", "session_key")


class SignIn(AbstractBaseSession):
    """That somebody is signed in on a device, from a moment until they go, are away too long or lose a role.

    What the site keeps between two pages stands in it too. The key stays in the cookie: here it is known by its
    SHA-256 only, so that who reads the database cannot go on as somebody else.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    # Nobody yet while somebody is signing in.
    staff_member = models.ForeignKey(StaffMember, null=True, on_delete=models.CASCADE, related_name="sign_ins")
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    device = models.CharField(max_length=80, blank=True)

    objects: ClassVar[Any] = SignInQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        constraints = [
            # A key as it stands in the cookie can never be written here, whatever the code does.
            models.CheckConstraint(condition=Q(session_key__regex="^[0-9a-f]{64}$"), name="sign_in_key_is_hashed"),
        ]

    def __str__(self) -> str:
        return f"{self.device} since {self.signed_in_at}"
