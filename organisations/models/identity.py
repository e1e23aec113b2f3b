"""Organisations that sign their own people in, and who is who there."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.encryption import SealedTextField
from foundation.models import UUIDModel
from organisations.models.organisation import Organisation, Unit
from organisations.models.staff import Membership, StaffMember
from organisations.roles import Role


class IdentityProviderQuerySet(models.QuerySet["IdentityProvider"]):
    def active(self) -> Self:
        """Those that people sign in through now."""
        return self.filter(is_active=True)

    def of(self, member: StaffMember) -> Self:
        """Those through which this person signs in: known there, or with a role at the organisation today."""
        held = Membership.objects.on(today()).filter(staff_member=member).values("organisation")
        known = Q(identities__staff_member=member)
        return self.active().filter(known | Q(organisation__in=held)).distinct()


class IdentityProvider(UUIDModel):
    """The OpenID Connect server of one organisation. While it is active, nobody of there has a password here.

    It says who somebody is (``sub``, for ever bound to ``issuer``), that they did a second step (``acr`` or ``amr``),
    and in which groups they are. Whoever runs the site connects it, with a command: who may write here lets people in.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="identity_provider")
    slug = models.SlugField(max_length=40, unique=True)
    issuer = models.URLField(max_length=300, unique=True)
    client_id = models.CharField(max_length=200)
    client_secret = SealedTextField(file="id")
    # One of these must be in what the server says; what is asked of it is the first list.
    acr_values = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    amr_values = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    scope = models.CharField(max_length=200, default="openid email profile")
    groups_claim = models.CharField(max_length=100, default="groups")
    # Only addresses of these domains may come in as new accounts.
    email_domains = ArrayField(models.CharField(max_length=200), default=list)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[IdentityProviderQuerySet] = IdentityProviderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("identity provider")
        verbose_name_plural = _("identity providers")
        constraints = [
            models.CheckConstraint(
                condition=Q(acr_values__len__gt=0) | Q(amr_values__len__gt=0),
                name="identity_provider_demands_second_step",
            ),
            models.CheckConstraint(condition=Q(email_domains__len__gt=0), name="identity_provider_has_domains"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} at {self.issuer}"


class GroupRole(UUIDModel):
    """That who is in a group there has a role here, in a unit or in the whole organisation."""

    identity_provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="group_roles")
    group = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("role of a group")
        verbose_name_plural = _("roles of groups")
        constraints = [
            models.UniqueConstraint(
                fields=["identity_provider", "group", "role", "unit"], nulls_distinct=False, name="group_role_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=[Role.COACH, Role.UNIT_MANAGER], unit__isnull=False)
                | (~Q(role__in=[Role.COACH, Role.UNIT_MANAGER]) & Q(unit__isnull=True)),
                name="group_role_unit_for_unit_roles",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.role}"


class Identity(UUIDModel):
    """Who somebody is at an identity provider. An e-mail address says nothing: addresses are given to others."""

    identity_provider = models.ForeignKey(IdentityProvider, on_delete=models.PROTECT, related_name="identities")
    # As it was when somebody came in first: another server at the same place in the settings knows nobody.
    issuer = models.URLField(max_length=300)
    subject = models.CharField(max_length=255)
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="identities")
    bound_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_subject_once"),
            models.UniqueConstraint(fields=["identity_provider", "staff_member"], name="identity_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.issuer}"
