"""What was changed in how somebody signs in."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import UUIDModel
from organisations.models.staff import StaffMember
from organisations.roles import Permission


class AccountChange(models.TextChoices):
    """What changed, as its owner reads it."""

    FACTOR_ADDED = "factor_added", _("A second step was added")
    FACTOR_REMOVED = "factor_removed", _("A second step was removed")
    FACTORS_RESET = "factors_reset", _("All second steps were removed for you")
    CODES_RENEWED = "codes_renewed", _("New recovery codes were made")
    CODE_USED = "code_used", _("A recovery code was used")
    PASSWORD_CHANGED = "password_changed", _("The password was changed")
    IDENTITY_BOUND = "identity_bound", _("Logging in goes through the organisation from now on")


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:  # noqa: ARG002 - everybody has own ones
        """What happened to one's own account, the last first."""
        return self.filter(staff_member=member).select_related("by").order_by("-happened_at", "-id")


class AccountEvent(UUIDModel):
    """A change in how somebody signs in: what, by whom, why. Rows are only added.

    ``by`` is empty when whoever runs the site did it with a command.
    """

    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="account_events")
    by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=20, choices=AccountChange)
    reason = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountEventQuerySet] = AccountEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        indexes = [models.Index(fields=["staff_member", "happened_at"], name="account_event_of_member")]

    def __str__(self) -> str:
        return f"{self.change} on {self.happened_at}"
