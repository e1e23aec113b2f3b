"""Who it is that an organisation vouches for, and which roles follow from their groups."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from foundation.clock import today
from organisations import factors
from organisations.models import (
    AccountChange,
    GroupRole,
    Identity,
    IdentityProvider,
    Membership,
    OrganisationKind,
    StaffMember,
)
from organisations.openid.believing import Claims
from organisations.openid.speaking import NotBelieved
from organisations.roles import Role

Roles = set[tuple[str, UUID | None]]


def receive(*, by: IdentityProvider, claims: Claims) -> StaffMember:
    """Somebody comes in through their organisation: known by subject, or new with an address that nobody has.

    An address that has an account is never joined to it: whoever gets a predecessor's address would get their files.
    The roles at the organisation become those of the groups. Without a known group there is no way in; that the roles
    of who was known end, stays written.
    """
    roles = roles_of(by, claims.groups)
    member = _known_or_new(by=by, claims=claims, roles=roles)
    if not roles:
        raise NotBelieved("no known group any more")
    return member


@transaction.atomic
def _known_or_new(*, by: IdentityProvider, claims: Claims, roles: Roles) -> StaffMember:
    known = Identity.objects.select_for_update().filter(issuer=by.issuer, subject=claims.subject).first()
    if known and known.identity_provider_id != by.pk:
        raise NotBelieved("this subject came in through another organisation")
    if known is None and not roles:
        raise NotBelieved("no known group")
    member = known.staff_member if known else _new(by, claims)
    if not member.is_active:
        raise NotBelieved("the account is closed")
    _set_roles(by, member, roles)
    return member


@transaction.atomic
def bind_identity(*, by: IdentityProvider, member: StaffMember, subject: str) -> Identity:
    """Whoever runs the site says that an account of before belongs to a subject at the identity provider."""
    identity = Identity.objects.create(identity_provider=by, issuer=by.issuer, subject=subject, staff_member=member)
    factors.tell(member=member, by=None, change=AccountChange.IDENTITY_BOUND)
    return identity


def roles_of(provider: IdentityProvider, groups: frozenset[str]) -> Roles:
    """Return the roles and units of these groups, as far as the organisation can give them.

    A municipality gives its officers their role and nothing else; a provider gives no roles of a municipality.
    """
    is_municipality = provider.organisation.kind == OrganisationKind.MUNICIPALITY
    known = GroupRole.objects.filter(identity_provider=provider, group__in=groups).select_related("unit")
    return {
        (each.role, each.unit_id)
        for each in known
        if (each.role == Role.MUNICIPAL_OFFICER) == is_municipality
        and (each.unit is None or each.unit.provider_id == provider.organisation_id)
    }


def _new(provider: IdentityProvider, claims: Claims) -> StaffMember:
    try:
        validate_email(claims.email)
    except ValidationError:
        raise NotBelieved("it holds no address") from None
    if claims.email.rpartition("@")[2] not in provider.email_domains:
        raise NotBelieved("the address is of another organisation")
    if StaffMember.objects.filter(email=claims.email).exists():
        raise NotBelieved("the address has an account already; bind it with manage.py bind_identity")
    member = StaffMember.objects.create_user(claims.email, name=claims.name or claims.email)
    bind_identity(by=provider, member=member, subject=claims.subject)
    return member


def _set_roles(provider: IdentityProvider, member: StaffMember, roles: Roles) -> None:
    """Make the roles of today those of the groups; what somebody has at another organisation stays."""
    here = Membership.objects.on(today()).filter(staff_member=member, organisation=provider.organisation)
    held = {(each.role, each.unit_id): each for each in here}
    for gone in held.keys() - roles:
        _end(held[gone])
    for role, unit_id in roles - held.keys():
        _begin(member, provider, role, unit_id)


def _begin(member: StaffMember, provider: IdentityProvider, role: str, unit_id: UUID | None) -> None:
    """A role of today that ended today goes on."""
    row: dict[str, Any] = {"role": role, "unit_id": unit_id, "starts_on": today()}
    Membership.objects.update_or_create(
        staff_member=member, organisation=provider.organisation, **row, defaults={"ends_on": None}
    )


def _end(membership: Membership) -> None:
    """The last day was yesterday. What began today is taken back."""
    if membership.starts_on == today():
        membership.delete()
        return
    membership.ends_on = today() - timedelta(days=1)
    membership.save(update_fields=["ends_on"])
