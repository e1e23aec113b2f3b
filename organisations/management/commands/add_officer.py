from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.actions import add_officer
from organisations.models import Organisation, OrganisationKind


class Command(BaseCommand):
    """For a municipality that several providers work for: none of them lets somebody read the reports of the others."""

    help = "Let somebody read the reports of a municipality. The password comes from manage.py changepassword."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="of the officer, who may have an account already")
        parser.add_argument("name", help="of the officer")
        parser.add_argument("--municipality", required=True, help="its code, four digits: 0307")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, code=options["municipality"])
        if (municipality := rows.first()) is None:
            raise CommandError("There is no municipality with this code.")
        member = add_officer(email=options["email"], name=options["name"], municipality=municipality)
        self.stdout.write(f"{member} reads the reports of {municipality}.")
