"""From codes, as people write them, to the scope that is counted."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from organisations.models import Organisation, OrganisationKind, Unit
from reporting.facts import Scope
from trajectories.models import Agreement, Programme


class UnknownCode(ValueError):
    """A code or name that nobody has, or that several providers have. The message says which and what to do."""


def scope_of_codes(
    *,
    agreements: Collection[str] = (),
    municipalities: Collection[str] = (),
    programmes: Collection[str] = (),
    units: Collection[str] = (),
    provider: str = "",
) -> Scope:
    """Return the scope of these codes, within one provider if it is named. Raises UnknownCode."""
    own = provider_named(provider) if provider else None
    within = {"provider": own} if own else {}
    payers = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, code__in=municipalities)
    return Scope(
        agreements=ids_of(_("agreement"), Agreement, agreements, within),
        municipalities=all_found(_("municipality"), municipalities, list(payers.values_list("code", "id"))),
        programmes=ids_of(_("programme"), Programme, programmes, within),
        units=ids_of(_("unit"), Unit, units, within),
        provider=own,
    )


def provider_named(name: str) -> UUID:
    """The id of the provider of this name, or of this code."""
    providers = Organisation.objects.filter(kind=OrganisationKind.PROVIDER)
    found = providers.filter(name=name).first() or providers.filter(code=name).first()
    if found is None:
        raise UnknownCode(_("There is no provider called “%(name)s”.") % {"name": name})
    return found.pk


def ids_of(what: str, model: type[Model], codes: Collection[str], within: Mapping[str, Any]) -> frozenset[UUID]:
    """The ids of the rows with these codes; each code must be one provider's."""
    rows = model._default_manager.filter(code__in=codes, **within).values_list("code", "id") if codes else []
    found = list(rows)
    known = [code for code, _id in found]
    for code in sorted(codes):
        if known.count(code) > 1:
            message = _("Several providers use the %(what)s code “%(code)s”. Name one of them with --provider.")
            raise UnknownCode(message % {"what": what, "code": code})
    return all_found(what, codes, found)


def all_found(what: str, codes: Collection[str], found: list[tuple[str, UUID]]) -> frozenset[UUID]:
    missing = sorted(set(codes) - {code for code, _id in found})
    if missing:
        raise UnknownCode(
            _("There is no %(what)s with the code %(codes)s.")
            % {"what": what, "codes": ", ".join(f"“{code}”" for code in missing)}
        )
    return frozenset(key for _code, key in found)
