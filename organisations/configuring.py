"""The administration: what a functional manager keeps, of the own provider only. No file of a person."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from organisations.models import Membership, Organisation, OrganisationKind, StaffMember
from organisations.roles import Permission


def own_providers(request: HttpRequest) -> set[Any]:
    """Return the ids of the providers that this functional manager keeps."""
    user = request.user
    return set(user.standing.providers(Permission.CONFIGURE)) if isinstance(user, StaffMember) else set()


def choosable(model: type[models.Model], request: HttpRequest) -> QuerySet[Any]:
    """Return the rows of ``model`` that may be chosen: one's own provider's, and municipalities."""
    own = own_providers(request)
    rows = model._default_manager.all()
    if model is Organisation:
        shared = Q(kind=OrganisationKind.MUNICIPALITY)
        return rows.filter(shared | Q(pk__in=own) | Q(provider__in=own))
    if model is StaffMember:
        return rows.filter(memberships__organisation__in=own).distinct()
    names = {field.name for field in model._meta.get_fields()}
    if "provider" in names:
        return rows.filter(provider__in=own)
    return rows.filter(agreement__provider__in=own) if "agreement" in names else rows


def of_others(request: HttpRequest) -> QuerySet[Organisation]:
    """Return other providers, and municipalities that one of those works for too: their reports are not ours to open.

    An officer of such a municipality is made and helped by whoever runs the site (``add_officer``).
    """
    others = Organisation.objects.filter(kind=OrganisationKind.PROVIDER).exclude(pk__in=own_providers(request))
    return Organisation.objects.filter(Q(pk__in=others) | Q(paid_agreements__provider__in=others))


def account_of_own_provider(request: HttpRequest, pk: object) -> StaffMember:
    """Return the account of somebody who works for one's own providers and nowhere else, and who is not oneself.

    Raises Http404. Who also works for another provider, or for a municipality, is helped by whoever runs the site:
    no functional manager opens a way into what another organisation sees.
    """
    own = own_providers(request)
    works_here = StaffMember.objects.filter(memberships__organisation__in=own)
    elsewhere = Membership.objects.exclude(organisation__in=own).values("staff_member")
    found = get_object_or_404(works_here.exclude(pk__in=elsewhere).distinct(), pk=pk)
    if found == request.user:
        raise Http404
    return found


class OwnProviderAdmin(admin.ModelAdmin[Any]):
    """Shows and offers the rows of one's own provider. ``provider_path`` leads from a row to its provider."""

    provider_path = "provider"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(**{f"{self.provider_path}__in": own_providers(request)})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", choosable(db_field.remote_field.model, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", choosable(db_field.remote_field.model, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
