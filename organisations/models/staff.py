import uuid
from datetime import date
from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.constraints import dates_in_order
from foundation.models import UUIDModel
from organisations.models.organisation import Organisation, Unit
from organisations.roles import Permission, Role, Standing


def ends_sign_ins(of: str) -> str:
    """Return what a trigger does when what somebody may do has changed: nobody goes on with the rights of before.

    In the database, so that the administration, an import and a correction by hand all end them in their transaction.
    """
    return f"DELETE FROM organisations_signin WHERE staff_member_id = OLD.{of}; RETURN NULL;"


class StaffMemberManager(BaseUserManager["StaffMember"]):
    def get_by_natural_key(self, username: str | None) -> "StaffMember":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, *, name: str, password: str | None = None, **extra: Any) -> "StaffMember":
        """Make an account. Without a password nobody can sign in with it until one is set."""
        member = self.model(email=email.lower(), name=name, **extra)
        member.set_password(password)
        member.save()
        return member


class StaffMember(AbstractBaseUser):
    """Somebody who works with Draad and signs in with an e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-mail address"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    is_active = models.BooleanField(_("May sign in"), default=True)
    joined_at = models.DateTimeField(_("Since"), auto_now_add=True)
    # Somebody else set the password and knows it: before anything else its owner chooses another.
    must_choose_password = models.BooleanField(default=False, db_default=False)

    objects: ClassVar[StaffMemberManager] = StaffMemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="staff_email_lower_case",
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="account_ends_sign_ins",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("is_active", "password", "email"),
                func=ends_sign_ins("id"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][:1] + words[-1][:1]).upper() if len(words) > 1 else self.name[:2].upper()

    @property
    def standing(self) -> Standing:
        """The roles this person has today, read once per request (one query)."""
        if not hasattr(self, "_standing"):
            rows = Membership.objects.on(today()).filter(staff_member=self).select_related("organisation", "unit")
            self._standing = Standing(tuple(rows.order_by("starts_on")) if self.is_active else ())
        return self._standing

    @property
    def is_staff(self) -> bool:
        """Whether the admin (configuration) opens for this person: asked by Django's admin."""
        return self.standing.may(Permission.CONFIGURE)

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002 - asked by Django's admin
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002
        return self.is_active and self.is_staff


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        """Those that hold on ``day``."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Membership(UUIDModel):
    """That somebody has a role at a provider (in a unit) or at a municipality, from a day until a day."""

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("Staff member")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("Organisation")
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("Unit")
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a staff member")
        verbose_name_plural = _("roles of a staff member")
        constraints = [
            dates_in_order(
                "starts_on",
                "ends_on",
                name="membership_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.UniqueConstraint(
                fields=["staff_member", "organisation", "unit", "role", "starts_on"],
                nulls_distinct=False,
                name="membership_once",
                violation_error_message=_("This person has this role here already from that day."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=[Role.COACH, Role.UNIT_MANAGER]) | Q(unit__isnull=True),
                name="membership_unit_for_unit_roles",
                violation_error_message=_("Only a coach or unit manager works in a unit. Leave the unit empty."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="changed_role_ends_sign_ins",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                func=ends_sign_ins("staff_member_id"),
            ),
            pgtrigger.Trigger(
                name="lost_role_ends_sign_ins",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func=ends_sign_ins("staff_member_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}: {self.get_role_display()}"
