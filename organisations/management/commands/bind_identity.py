from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.models import Identity, IdentityProvider, StaffMember
from organisations.openid import people


class Command(BaseCommand):
    """Says that an account of before belongs to somebody at an identity provider. Nothing guesses this."""

    help = "Bind an account to the subject (sub) that an identity provider knows somebody by."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="of the identity provider")
        parser.add_argument("email", help="of the account")
        parser.add_argument("subject", help="sub, as the identity provider's administrator sees it")

    def handle(self, *args: Any, **options: Any) -> None:
        provider = IdentityProvider.objects.filter(slug=options["slug"]).first()
        member = StaffMember.objects.filter(email=options["email"].lower()).first()
        if provider is None or member is None:
            raise CommandError("There is no such identity provider or no such account.")
        known = Identity.objects.filter(issuer=provider.issuer, subject=options["subject"]).exists()
        if known or Identity.objects.filter(identity_provider=provider, staff_member=member).exists():
            raise CommandError("This account or this subject is bound already.")
        people.bind_identity(by=provider, member=member, subject=options["subject"])
        self.stdout.write(f"{member} comes in through {provider.organisation}.")
