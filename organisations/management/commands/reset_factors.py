from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations import factors
from organisations.models import StaffMember


class Command(BaseCommand):
    """For who lost the second step and has no functional manager who may help: a functional manager, an officer."""

    help = "Take the second steps of an account away; they are set up anew at the next sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="of the account")
        parser.add_argument("--reason", required=True, help="how you know that it is them; it stays in the log")

    def handle(self, *args: Any, **options: Any) -> None:
        member = StaffMember.objects.filter(email=options["email"].lower()).first()
        if member is None:
            raise CommandError("There is no such account.")
        factors.reset_factors(by=None, member=member, reason=options["reason"])
        self.stdout.write(f"{member} sets up a new second step at the next sign-in.")
