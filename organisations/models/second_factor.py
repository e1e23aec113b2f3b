"""What somebody has beside a password: an app that makes codes, passkeys, and codes for when those are lost."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.clock import now
from foundation.encryption import SealedTextField
from foundation.models import UUIDModel
from organisations.models.staff import StaffMember
from organisations.roles import Permission


class FactorKind(models.TextChoices):
    """By what somebody shows for the second time who they are."""

    APP = "app", _("App with codes")
    PASSKEY = "passkey", _("Passkey")


class SecondFactorQuerySet(models.QuerySet["SecondFactor"]):
    def usable(self) -> Self:
        """Those that were tried once, and so can be signed in with."""
        return self.filter(confirmed_at__isnull=False)

    def visible_to(self, member: StaffMember, permission: Permission) -> Self:  # noqa: ARG002 - everybody has own ones
        """One's own, the oldest first."""
        return self.filter(staff_member=member).order_by("added_at", "id")


class SecondFactor(UUIDModel):
    """An app that makes codes, or a passkey, of one member of staff.

    The secret of an app is sealed with a key of its owner. Of a passkey only the public half is here. ``last_step`` is
    the half minute of the last code that was used: no code of then or before counts again. ``uses`` is how often a
    passkey says it was used; a copy of it falls behind.
    """

    staff_member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=10, choices=FactorKind)
    name = models.CharField(_("Name"), max_length=60)
    secret = SealedTextField(file="staff_member_id")
    credential_id = models.BinaryField(null=True, unique=True)
    credential = models.BinaryField(null=True)
    uses = models.PositiveBigIntegerField(db_default=0)
    last_step = models.BigIntegerField(db_default=0)
    added_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[SecondFactorQuerySet] = SecondFactorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("second step")
        verbose_name_plural = _("second steps")
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member"],
                condition=Q(kind=FactorKind.APP, confirmed_at__isnull=True),
                name="second_factor_one_app_begun",
            ),
            models.CheckConstraint(
                condition=Q(kind=FactorKind.APP, secret__isnull=False, credential_id__isnull=True)
                | Q(kind=FactorKind.PASSKEY, secret__isnull=True, credential_id__isnull=False),
                name="second_factor_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(UUIDModel):
    """A code on paper that counts once as the second step. ``hashed`` is ``one_time_codes.slow_hash`` of it."""

    staff_member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="recovery_codes")
    hashed = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")

    def __str__(self) -> str:
        return f"a code of {self.staff_member_id}"


class StepGuesses(models.Model):
    """How often somebody typed a wrong code since the last right one, and until when they wait for it.

    Who gets here knows the password, so this counts for the account, wherever somebody is. The row is locked while a
    code is looked at: codes that are sent at the same moment are looked at one after the other.
    """

    staff_member = models.OneToOneField(StaffMember, primary_key=True, on_delete=models.CASCADE, related_name="guesses")
    failures = models.PositiveIntegerField(db_default=0, default=0)
    wait_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.failures} wrong codes of {self.staff_member_id}"

    @property
    def waits(self) -> datetime | None:
        """The moment until which nothing is looked at, when that is still to come."""
        return self.wait_until if self.wait_until and self.wait_until > now() else None
