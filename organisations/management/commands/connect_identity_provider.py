import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations.models import GroupRole, IdentityProvider, Organisation, OrganisationKind, Role, Unit
from organisations.openid.speaking import NotBelieved, discover

FROM_ENVIRONMENT = "DRAAD_CLIENT_SECRET"


class Command(BaseCommand):
    """Lets an organisation sign its own people in. Run again with other values it changes what there is."""

    help = (
        "Connect the OpenID Connect server of an organisation; see docs/running.md. The secret comes from "
        + FROM_ENVIRONMENT
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="code of a municipality (0307) or provider (AMF)")
        parser.add_argument("--slug", help="in the address to come back to: /inloggen/terug/SLUG/")
        parser.add_argument("--issuer")
        parser.add_argument("--client-id")
        parser.add_argument("--domain", action="append", help="of e-mail addresses that may come in; may be repeated")
        parser.add_argument("--acr", action="append", help="level that is demanded; may be repeated")
        parser.add_argument("--amr", action="append", help="method that is demanded; may be repeated")
        parser.add_argument("--group", action="append", help="GROUP=ROLE or GROUP=ROLE:UNIT; may be repeated")
        parser.add_argument("--groups-claim", default="groups")
        parser.add_argument("--scope", default="openid email profile")
        parser.add_argument("--off", action="store_true", help="let people of here use a password of ours again")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        organisation = _organisation(options["organisation"])
        if options["off"]:
            IdentityProvider.objects.filter(organisation=organisation).update(is_active=False)
            self.stdout.write(f"{organisation}: people log in here again, with a password and a second step.")
            return
        provider = _provider(organisation, options)
        provider.group_roles.all().delete()
        for text in options["group"] or []:
            _group(provider, text).save()
        try:
            discover(provider)
        except NotBelieved as reason:
            raise CommandError(f"{provider.issuer}: {reason}. Nothing was changed.") from None
        self.stdout.write(f"{organisation}: connected, with {provider.group_roles.count()} groups.")


def _organisation(code: str) -> Organisation:
    found = Organisation.objects.exclude(kind=OrganisationKind.HOST).filter(code=code).first()
    if found is None:
        raise CommandError(f"There is no municipality or provider with the code {code}.")
    return found


def _provider(organisation: Organisation, options: dict[str, Any]) -> IdentityProvider:
    provider = IdentityProvider.objects.filter(organisation=organisation).first()
    provider = provider or IdentityProvider(organisation=organisation)
    given = {
        "slug": options["slug"],
        "issuer": options["issuer"],
        "client_id": options["client_id"],
        "client_secret": os.environ.get(FROM_ENVIRONMENT),
        "email_domains": [domain.lower() for domain in options["domain"] or []],
        "acr_values": options["acr"],
        "amr_values": options["amr"],
    }
    for name, value in given.items():
        if value:
            setattr(provider, name, value)
    needed = ("slug", "issuer", "client_id", "client_secret", "email_domains")
    if missing := [name for name in needed if not getattr(provider, name)]:
        raise CommandError(f"Still missing: {', '.join(missing)}.")
    if not (provider.acr_values or provider.amr_values):
        raise CommandError("Give --acr or --amr: without it nothing says that somebody did a second step.")
    provider.groups_claim, provider.scope, provider.is_active = options["groups_claim"], options["scope"], True
    provider.save()
    return provider


def _group(provider: IdentityProvider, text: str) -> GroupRole:
    group, _, meaning = text.rpartition("=")
    role, _, unit = meaning.partition(":")
    if not group or role not in Role.values:
        raise CommandError(f"{text}: write GROUP=ROLE or GROUP=ROLE:UNIT, with a role of {', '.join(Role.values)}.")
    found = Unit.objects.filter(provider=provider.organisation, code=unit).first() if unit else None
    if bool(unit) != bool(found) or (role in {Role.COACH, Role.UNIT_MANAGER}) != bool(found):
        raise CommandError(f"{text}: a coach and a unit manager work in a unit of {provider.organisation}.")
    if (role == Role.MUNICIPAL_OFFICER) != (provider.organisation.kind == OrganisationKind.MUNICIPALITY):
        raise CommandError(f"{text}: {provider.organisation} cannot give this role.")
    return GroupRole(identity_provider=provider, group=group, role=role, unit=found)
